using LinkShop.Commerce.Data;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Placement;

namespace LinkShop.Commerce.Resale;

/// <inheritdoc />
internal sealed class ResaleListings(ICommerceDatabase database, OfferVersions versions, ResaleWindow window, ICommercePlacement places, TimeProvider clock) : IResaleListings
{
    // the one statement that looks into other tenants' rows: a catalogue that they have opened to this shop
    private const string Search = $"""
        select r.tenant as upstream, {ResaleTerms.Columns}, o.version as sku_version, coalesce(p.on_sale, false) as listed from resale_offer r
          join offers o on o.tenant = r.tenant and o.sku_id = r.sku_id left join resale_listing l on l.tenant = @tenant and l.upstream = r.tenant and l.offer_id = r.id
          left join offers p on p.tenant = l.tenant and p.sku_id = l.sku_id
        where r.state = 'Offered' and r.tenant <> @tenant and o.on_sale and not exists (select 1 from resale_halt h where h.tenant = r.tenant)
          and (r.audience = 'Everybody' or exists (select 1 from resale_audience a where a.tenant = r.tenant and a.offer_id = r.id and a.shop = @tenant))
          and (lower(r.title) like @pattern escape '!' or lower(r.variant) like @pattern escape '!' or lower(r.supplier) like @pattern escape '!')
        order by r.title, r.variant, r.tenant, r.id limit @take
        """;

    private const string Columns = """
        select l.id, l.upstream, l.offer_id, l.sku_id, l.accepted_version, o.version as sku_version, o.product_id, coalesce(o.on_sale, false) as on_sale from resale_listing l
          left join offers o on o.tenant = l.tenant and o.sku_id = l.sku_id where l.tenant = @tenant
        """;

    private const string All = Columns + " order by l.created_at desc, l.id";

    private const string ByOffer = Columns + " and l.upstream = @upstream and l.offer_id = @offerId";

    private const string Insert = """
        insert into resale_listing (tenant, id, upstream, offer_id, sku_id, accepted_version, created_by, created_at)
        values (@tenant, @id, @upstream, @offerId, @sku, @version, @actor, @now) on conflict (tenant, upstream, offer_id) do nothing
        """;

    private const string InsertOutlet = """
        insert into resale_outlet (tenant, offer_id, shop, listing, since) values (@tenant, @offerId, @shop, @listing, @now) on conflict (tenant, offer_id, shop) do nothing
        """;

    private const string Accept = "update resale_listing set accepted_version = @version where tenant = @tenant and id = @id and accepted_version < @version";

    public Task<IReadOnlyList<ResaleChoice>> SearchAsync(TenantScope scope, string? search, int take = 50, CancellationToken cancellationToken = default)
    {
        var text = (search ?? "").Trim().ToLowerInvariant().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);
        return database.ReadAsync<IReadOnlyList<ResaleChoice>>(
            scope,
            async c =>
            {
                var choices = new List<ResaleChoice>();
                foreach (var row in await c.QueryAsync<ChoiceRow>(Search, new { pattern = $"%{text}%", take = Math.Clamp(take, 1, 200) }).ConfigureAwait(false))
                {
                    if (!places.PlaceOf(row.Upstream).IsStopped && c.TryFor(row.Upstream) is { } supplier)
                        choices.Add(await ChoiceAsync(supplier, row, row.Listed).ConfigureAwait(false));
                }

                return choices;
            },
            cancellationToken);
    }

    public async Task<ResaleChoice?> FindAsync(TenantScope scope, string upstream, string offerId, CancellationToken cancellationToken = default) =>
        upstream == scope.Tenant ? null : await database.ReadAsync(scope, c => FindAsync(c, upstream, offerId), cancellationToken).ConfigureAwait(false);

    public async Task<CommerceResult<ResaleListing>> AddAsync(TenantScope scope, ListingDraft draft, string actor, CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrEmpty(draft.Upstream) || string.IsNullOrEmpty(draft.OfferId) || draft.Upstream == scope.Tenant)
            return NotFound;
        try
        {
            return await database.WriteAsync(scope, c => AddAsync(c, draft, actor), cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedException refused)
        {
            return CommerceResult<ResaleListing>.Failure(refused.Errors);
        }
    }

    public Task<IReadOnlyList<ResaleListing>> ListAsync(TenantScope scope, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, async c => await ViewAsync(c, await c.QueryAsync<Row>(All).ConfigureAwait(false)).ConfigureAwait(false), cancellationToken);

    public Task<bool> AcceptAsync(TenantScope scope, string id, int version, string actor, CancellationToken cancellationToken = default) =>
        database.WriteAsync(scope, async c =>
        {
            var accepted = await c.ExecuteAsync(Accept, new { id, version }).ConfigureAwait(false) == 1;
            if (accepted)
                SupplierNotices.Settle(c, SupplierNoticeKind.Changed, id, actor, clock.GetUtcNow());
            return accepted;
        }, cancellationToken);

    public Task<IReadOnlyList<SupplyView>> SuppliesAsync(TenantScope scope, string orderId, CancellationToken cancellationToken = default) => database.ReadAsync<IReadOnlyList<SupplyView>>(scope, async c =>
    {
        var currency = await c.QuerySingleOrDefaultAsync<string>("select currency from orders where tenant = @tenant and id = @orderId", new { orderId }).ConfigureAwait(false);
        if (currency is null)
            return [];
        var views = new List<SupplyView>();
        foreach (var line in (await SupplyLine.OfOrderAsync(c, orderId).ConfigureAwait(false)).OrderBy(l => l.Line))
            views.Add(new SupplyView(line.Line, await line.SupplierAsync(c).ConfigureAwait(false), OrderNumber.Of(line.SupplyOrder), new Money(line.Cost, currency), line.Refunds));
        return views;
    }, cancellationToken);

    // an offer's version never changes and is kept in memory
    private async Task<ResaleChoice> ChoiceAsync(ICommerceConnection supplier, ResaleTerms terms, bool listed) =>
        new(supplier.Tenant!, terms.View() with { SnapshotJson = (await versions.GetAsync(supplier, terms.SkuId, terms.SkuVersion).ConfigureAwait(false)).Offer.SnapshotJson }, listed);

    private async Task<ResaleChoice?> FindAsync(ICommerceConnection shop, string upstream, string offerId)
    {
        if (shop.TryFor(upstream) is not { } supplier)
            return null;
        var terms = await ResaleTerms.FindAsync(places, supplier, shop.Tenant!, offerId, keep: false).ConfigureAwait(false);
        var listed = await shop.QueryAsync<Row>(ByOffer, new { upstream, offerId }).ConfigureAwait(false);
        return terms is { State: ResaleState.Offered, Open: true, OnSale: true } ? await ChoiceAsync(supplier, terms, listed.Any(l => l.OnSale)).ConfigureAwait(false) : null;
    }

    private async Task<CommerceResult<ResaleListing>> AddAsync(ICommerceConnection shop, ListingDraft draft, string actor)
    {
        var supplier = shop.For(new TenantScope(draft.Upstream));
        if (await ResaleTerms.FindAsync(places, supplier, shop.Tenant!, draft.OfferId, keep: true).ConfigureAwait(false) is not { } terms)
            return NotFound;
        var sold = (await versions.GetAsync(supplier, terms.SkuId, terms.SkuVersion).ConfigureAwait(false)).Offer;
        var price = new Money(draft.PriceMinor, terms.Currency);
        if (terms.ProblemAt(price, sold) is { } problem)
            return Refusal(problem, terms);
        var now = clock.GetUtcNow();
        var id = CommerceId.New(now);
        var alone = new Offer { SkuId = id, ProductId = id, Title = terms.Title, Price = price, Delivery = DeliveryKind.Supplied };
        if ((await window.RestsAsync(shop, [alone]).ConfigureAwait(false))[0] < terms.CostAt(draft.PriceMinor))
            return Refusal(ResaleProblem.BelowCost, terms);
        shop.Defer(Insert, new { id, draft.Upstream, draft.OfferId, sku = "R" + id, terms.Version, actor, now });
        var listed = await ViewAsync(shop, await shop.QueryAsync<Row>(ByOffer, new { draft.Upstream, draft.OfferId }).ConfigureAwait(false)).ConfigureAwait(false);
        supplier.Defer(InsertOutlet, new { draft.OfferId, shop = shop.Tenant, listing = listed[0].Id, now });
        return listed[0];
    }

    private async Task<IReadOnlyList<ResaleListing>> ViewAsync(ICommerceConnection shop, IReadOnlyList<Row> rows)
    {
        var offers = new Dictionary<string, Offer>(StringComparer.Ordinal);
        foreach (var row in rows.Where(r => r.SkuVersion is not null))
        {
            var offer = (await versions.GetAsync(shop, row.SkuId, row.SkuVersion!.Value).ConfigureAwait(false)).Offer;
            if (offer.Supply is not null)
                offers[row.SkuId] = offer;
        }

        var standings = await window.ReadAsync(shop, [.. offers.Values]).ConfigureAwait(false);
        var unpublished = await UnpublishedAsync(shop, rows.Where(r => !offers.ContainsKey(r.SkuId))).ConfigureAwait(false);
        return [.. rows.Select(r =>
        {
            var offer = offers.GetValueOrDefault(r.SkuId);
            var standing = offer is null ? new ResaleStanding(unpublished.GetValueOrDefault(r.Id), ResaleProblem.NotPublished, 0) : standings[r.SkuId];
            return new ResaleListing(
                r.Id, r.Upstream, r.SkuId, offer is null ? null : r.ProductId, offer?.Title ?? standing.Terms?.Title ?? r.SkuId, offer?.Price, standing.Terms?.View(), r.AcceptedVersion, r.OnSale ? standing.Available : 0, r.OnSale ? standing.Problem : standing.Problem ?? ResaleProblem.NotPublished)
            {
                SnapshotJson = offer?.SnapshotJson ?? "{}",
            };
        })];
    }

    private async Task<Dictionary<string, ResaleTerms>> UnpublishedAsync(ICommerceConnection shop, IEnumerable<Row> rows)
    {
        var found = new Dictionary<string, ResaleTerms>(StringComparer.Ordinal);
        foreach (var group in rows.GroupBy(r => r.Upstream).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var terms = await ResaleTerms.ReadAsync(places, shop.For(new TenantScope(group.Key)), shop.Tenant!, [.. group.Select(r => r.OfferId)]).ConfigureAwait(false);
            foreach (var row in group)
            {
                if (terms.FirstOrDefault(t => t.Id == row.OfferId) is { } of)
                    found[row.Id] = of;
            }
        }

        return found;
    }

    private static readonly CommerceError NotFound = new(CommerceErrors.NotFound, "There is no such offer for this shop.");

    private static CommerceError Refusal(ResaleProblem problem, ResaleTerms terms) => problem switch
    {
        ResaleProblem.BelowFloor => new(CommerceErrors.BelowFloor, $"At least {new Money(terms.FloorPrice, terms.Currency)}.", "priceMinor"),
        ResaleProblem.BelowCost => new(CommerceErrors.BelowCost, "The price doesn't cover the supplier's cost and the platform's share.", "priceMinor"),
        _ => NotFound,
    };

    private sealed record Row(string Id, string Upstream, string OfferId, string SkuId, int AcceptedVersion, long? SkuVersion, string? ProductId, bool OnSale);

    private sealed class ChoiceRow : ResaleTerms
    {
        public string Upstream { get; init; } = "";
        public bool Listed { get; init; }
    }
}
