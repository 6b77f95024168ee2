using LinkShop.Commerce.Data;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Outbox;

namespace LinkShop.Commerce.Resale;

/// <inheritdoc />
internal sealed class ResaleOffers(ICommerceDatabase database, OfferVersions versions, IOutbox outbox, TimeProvider clock) : IResaleOffers
{
    private const string Select = $"select {ResaleTerms.Columns}, o.version as sku_version from resale_offer r join offers o on o.tenant = r.tenant and o.sku_id = r.sku_id where r.tenant = @tenant";

    private const string Own = "select sku_id, version, on_sale from offers where tenant = @tenant and listing = '' and on_sale order by product_id, position limit 1000";

    private const string BySku = Select + " and r.sku_id = @sku";

    private const string ById = Select + " and r.id = @id";

    private const string Upsert = """
        insert into resale_offer (tenant, id, sku_id, title, variant, supplier, currency, floor_price, suggested_price, cost, rate, refunds, audience, state, version, note, changed_by, changed_at)
        values (@tenant, @id, @sku, @title, @variant, @supplier, @currency, @floor, @suggested, @cost, @rate, @refunds, @audience, 'Offered', 1, '', @actor, @now)
        on conflict (tenant, sku_id) do update set title = excluded.title, variant = excluded.variant, supplier = excluded.supplier, currency = excluded.currency, floor_price = excluded.floor_price,
          suggested_price = excluded.suggested_price, cost = excluded.cost, rate = excluded.rate, refunds = excluded.refunds, audience = excluded.audience, state = excluded.state,
          version = resale_offer.version + 1, note = '', changed_by = excluded.changed_by, changed_at = excluded.changed_at
        """;

    private const string Stop = """
        update resale_offer set state = 'Stopped', note = @note, version = version + 1, changed_by = @actor, changed_at = @now where tenant = @tenant and id = @id and state = 'Offered'
        """;

    private const string SelectShops = "select offer_id, shop from resale_audience where tenant = @tenant order by shop";

    private const string SelectShopsOf = "select shop from resale_audience where tenant = @tenant and offer_id = @id order by shop";

    private const string Outlets = "select shop, listing from resale_outlet where tenant = @tenant and offer_id = @id order by shop";

    // what shops paid for is in the supply orders, which are few against all others
    private const string Sales = """
        select u.offer_id, u.shop, u.since, r.currency, coalesce(s.units, 0) as units, coalesce(s.earned, 0) as earned
        from resale_outlet u join resale_offer r on r.tenant = u.tenant and r.id = u.offer_id left join
          (select o.supply_shop, l.sku_id, o.currency, cast(sum(case when o.captured > 0 then l.quantity else 0 end) as bigint) as units, cast(sum(o.captured) as bigint) as earned
           from orders o join order_lines l on l.tenant = o.tenant and l.order_id = o.id where o.tenant = @tenant and o.supply_shop is not null group by o.supply_shop, l.sku_id, o.currency) s
          on s.supply_shop = u.shop and s.sku_id = r.sku_id and s.currency = r.currency
        where u.tenant = @tenant and (@offerId is null or u.offer_id = @offerId) order by u.offer_id, u.shop
        """;

    public Task<IReadOnlyList<ResaleOffer>> ListAsync(TenantScope scope, CancellationToken cancellationToken = default) => database.ReadAsync<IReadOnlyList<ResaleOffer>>(scope, async c =>
    {
        var shops = (await c.QueryAsync<(string Offer, string Shop)>(SelectShops).ConfigureAwait(false)).ToLookup(s => s.Offer, s => s.Shop);
        var offers = new List<ResaleOffer>();
        foreach (var row in await c.QueryAsync<ResaleTerms>(Select + " order by r.title, r.variant, r.id").ConfigureAwait(false))
            offers.Add(row.View([.. shops[row.Id]]) with { SnapshotJson = (await versions.GetAsync(c, row.SkuId, row.SkuVersion).ConfigureAwait(false)).Offer.SnapshotJson });
        return offers;
    }, cancellationToken);

    public Task<IReadOnlyList<Offer>> CandidatesAsync(TenantScope scope, CancellationToken cancellationToken = default) => database.ReadAsync<IReadOnlyList<Offer>>(scope, async c =>
    {
        var offers = new List<Offer>();
        foreach (var row in await c.QueryAsync<OfferCatalog.CurrentRow>(Own).ConfigureAwait(false))
            offers.Add((await versions.GetAsync(c, row.SkuId, row.Version).ConfigureAwait(false)).Offer);
        return [.. offers.Where(ResaleTerms.IsResellable).OrderBy(o => o.Title, StringComparer.CurrentCulture).ThenBy(o => o.Price.Minor)];
    }, cancellationToken);

    public Task<IReadOnlyList<ResaleOutlet>> OutletsAsync(TenantScope scope, string? offerId = null, CancellationToken cancellationToken = default) => database.ReadAsync<IReadOnlyList<ResaleOutlet>>(
        scope,
        async c => [.. (await c.QueryAsync<SalesRow>(Sales, new { offerId }).ConfigureAwait(false)).Select(r => new ResaleOutlet(r.OfferId, r.Shop, r.Since, r.Units, new Money(r.Earned, r.Currency)))],
        cancellationToken);

    public async Task<CommerceResult<ResaleOffer>> SaveAsync(TenantScope scope, ResaleDraft draft, string actor, CancellationToken cancellationToken = default)
    {
        var errors = ResaleRules.Check(draft, scope);
        if (errors.Count > 0)
            return CommerceResult<ResaleOffer>.Failure(errors);
        return await database.WriteAsync(scope, c => SaveAsync(c, draft, actor), cancellationToken).ConfigureAwait(false);
    }

    public async Task<CommerceResult<ResaleOffer>> StopAsync(TenantScope scope, string id, string note, string actor, CancellationToken cancellationToken = default)
    {
        if (note is not { Length: <= 500 })
            return new CommerceError(CommerceErrors.TooLong, "At most 500 characters.", "note");
        return await database.WriteAsync<CommerceResult<ResaleOffer>>(scope, async c =>
        {
            var stopped = await c.ExecuteAsync(Stop, new { id, note = note.Trim(), actor, now = clock.GetUtcNow() }).ConfigureAwait(false) == 1;
            if (await c.QuerySingleOrDefaultAsync<ResaleTerms>(ById, new { id }).ConfigureAwait(false) is not { } row)
                return new CommerceError(CommerceErrors.NotFound, "There is no such offer.");
            if (stopped)
                await TellAsync(c, row).ConfigureAwait(false);
            return row.View();
        }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<CommerceResult<ResaleOffer>> SaveAsync(ICommerceConnection connection, ResaleDraft draft, string actor)
    {
        if (await SupplyHalts.FindAsync(connection).ConfigureAwait(false) == SupplyHalt.Plan)
            return new CommerceError(CommerceErrors.SupplyOff, "The shop's plan doesn't include supplying others.");
        var now = clock.GetUtcNow();
        var current = await connection.QuerySingleOrDefaultAsync<OfferCatalog.CurrentRow>(
            $"select sku_id, version, on_sale from offers where tenant = @tenant and sku_id = @sku{connection.ForUpdate()}", new { sku = draft.SkuId }).ConfigureAwait(false);
        if (current is null)
            return new CommerceError(CommerceErrors.NotFound, "There is no such variant.", "skuId");
        var offer = (await versions.GetAsync(connection, draft.SkuId, current.Version).ConfigureAwait(false)).Offer;
        if (!ResaleTerms.IsResellable(offer))
            return new CommerceError(CommerceErrors.NotResellable, "Only own goods that are delivered by themselves and ask buyers nothing can be resold.", "skuId");
        var before = await connection.QuerySingleOrDefaultAsync<ResaleTerms>(BySku, new { sku = draft.SkuId }).ConfigureAwait(false);
        var shops = draft.Audience == ResaleAudience.Everybody ? [] : draft.Shops.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        // saving what holds already is no news
        if (before is not null && Same(before, offer, draft) && shops.SequenceEqual(await connection.QueryAsync<string>(SelectShopsOf, new { before.Id }).ConfigureAwait(false), StringComparer.Ordinal))
            return before.View(shops);
        connection.Defer(Upsert, new
        {
            id = before?.Id ?? CommerceId.New(now), sku = draft.SkuId, title = offer.Title, variant = offer.Variant, supplier = draft.Supplier.Trim(), currency = offer.Price.Currency,
            floor = draft.FloorMinor, suggested = draft.SuggestedMinor, cost = draft.CostMinor, rate = draft.RateBasisPoints, refunds = draft.Refunds, audience = draft.Audience, actor, now,
        });
        var saved = (await connection.QuerySingleOrDefaultAsync<ResaleTerms>(BySku, new { sku = draft.SkuId }).ConfigureAwait(false))!;
        connection.Defer("delete from resale_audience where tenant = @tenant and offer_id = @id", new { saved.Id });
        foreach (var shop in shops)
            connection.Defer("insert into resale_audience (tenant, offer_id, shop) values (@tenant, @id, @shop)", new { saved.Id, shop });
        if (before is not null)
            await TellAsync(connection, saved).ConfigureAwait(false);
        return saved.View(shops);
    }

    private static bool Same(ResaleTerms known, Offer offer, ResaleDraft draft) =>
        known.State == ResaleState.Offered && (known.Title, known.Variant, known.Currency, known.Supplier) == (offer.Title, offer.Variant, offer.Price.Currency, draft.Supplier.Trim())
        && (known.FloorPrice, known.SuggestedPrice, known.Cost, known.Rate) == (draft.FloorMinor, draft.SuggestedMinor, draft.CostMinor, draft.RateBasisPoints)
        && (known.Refunds, known.Audience) == (draft.Refunds, draft.Audience);

    private async Task TellAsync(ICommerceConnection connection, ResaleTerms offer)
    {
        foreach (var (shop, listing) in await connection.QueryAsync<(string Shop, string Listing)>(Outlets, new { id = offer.Id }).ConfigureAwait(false))
            SupplierNotices.Add(connection.For(new TenantScope(shop)), SupplierNoticeKind.Changed, ResaleNotice.Of(listing, offer.Title, offer.Variant, offer.Supplier), outbox, clock.GetUtcNow());
    }

    private sealed record SalesRow(string OfferId, string Shop, DateTimeOffset Since, string Currency, long Units, long Earned);
}
