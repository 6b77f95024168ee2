using System.Text.Json;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Protection;
using LinkShop.Commerce.Resale;

namespace LinkShop.Commerce.Offers;

/// <summary>The catalogue in the commerce database.</summary>
internal sealed class OfferCatalog(ICommerceDatabase database, OfferVersions versions, ISecretProtector protector, IKeyStock stock, ResaleWindow resale, SupplyNotices notices) : IOfferCatalog
{
    private const int DisplayCap = 1000;

    private const string SelectProduct = "select sku_id, version, on_sale from offers where tenant = @tenant and product_id = @productId order by position, sku_id";

    private const string OnSale = "select sku_id, version, on_sale from offers where tenant = @tenant and on_sale = @yes order by product_id, position, sku_id limit @take";

    private const string InsertVersion = """
        insert into offer_versions (tenant, sku_id, version, document, delivery_text) values (@tenant, @sku, @version, @document, @text)
        """;

    private const string Upsert = """
        insert into offers (tenant, sku_id, product_id, position, version, on_sale, listing) values (@tenant, @sku, @productId, @position, @version, @onSale, @listing)
        on conflict (tenant, sku_id) do update set product_id = excluded.product_id, position = excluded.position, version = excluded.version, on_sale = excluded.on_sale, listing = excluded.listing
        """;

    private const string CountListings = """
        select count(*) from resale_listing where tenant = @tenant and id = @listing and upstream = @upstream and offer_id = @offerId and sku_id = @sku
        """;

    private const string CountOffered = "select count(*) from resale_offer where tenant = @tenant and sku_id = @sku";

    public async Task<CommerceResult<IReadOnlyList<Offer>>> UpsertProductAsync(TenantScope scope, string productId, IReadOnlyList<Offer> offers, CancellationToken cancellationToken = default)
    {
        var errors = OfferValidator.Validate(productId, offers);
        if (errors.Count > 0)
            return CommerceResult<IReadOnlyList<Offer>>.Failure(errors);
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        try
        {
            return CommerceResult<IReadOnlyList<Offer>>.Success(await database.WriteAsync(scope, c => StoreAsync(c, cipher, productId, offers), cancellationToken).ConfigureAwait(false));
        }
        catch (RefusedException refused)
        {
            return CommerceResult<IReadOnlyList<Offer>>.Failure(refused.Errors);
        }
    }

    public async Task<IReadOnlyList<CommerceError>> CheckAsync(TenantScope scope, string productId, IReadOnlyList<Offer> offers, CancellationToken cancellationToken = default)
    {
        var errors = OfferValidator.Validate(productId, offers);
        if (errors.Count > 0)
            return errors;
        try
        {
            await database.ReadAsync(scope, c => StandingAsync(c, productId, offers, ""), cancellationToken).ConfigureAwait(false);
            return [];
        }
        catch (RefusedException refused)
        {
            return refused.Errors;
        }
    }

    public async Task<Offer?> GetAsync(TenantScope scope, string skuId, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(scope, async c => await CurrentAsync(c, skuId).ConfigureAwait(false), cancellationToken).ConfigureAwait(false) is ({ } version, var onSale)
            ? version.Offer with { OnSale = onSale }
            : null;

    public Task<IReadOnlyList<Offer>> GetProductAsync(TenantScope scope, string productId, CancellationToken cancellationToken = default) =>
        ListAsync(scope, SelectProduct, new { productId }, cancellationToken);

    public Task<IReadOnlyList<Offer>> OnSaleAsync(TenantScope scope, int take, CancellationToken cancellationToken = default) =>
        ListAsync(scope, OnSale, new { yes = true, take = Math.Clamp(take, 1, 1000) }, cancellationToken);

    private Task<IReadOnlyList<Offer>> ListAsync(TenantScope scope, string sql, object values, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Offer>>(scope, async c =>
        {
            var offers = new List<Offer>();
            foreach (var row in await c.QueryAsync<CurrentRow>(sql, values).ConfigureAwait(false))
                offers.Add((await versions.GetAsync(c, row.SkuId, row.Version).ConfigureAwait(false)).Offer with { OnSale = row.OnSale });
            return offers;
        }, cancellationToken);

    public Task<IReadOnlyDictionary<string, int?>> GetAvailableAsync(TenantScope scope, IReadOnlyCollection<string> skuIds, CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyDictionary<string, int?>>(scope, async c =>
        {
            var available = new Dictionary<string, int?>(StringComparer.Ordinal);
            var rows = await c.QueryAsync<CurrentRow>($"select sku_id, version, on_sale from offers where tenant = @tenant and sku_id {c.In("skuIds")}", new { skuIds = skuIds.ToArray() }).ConfigureAwait(false);
            var pools = new Dictionary<string, long>(StringComparer.Ordinal);
            var supplied = new List<Offer>();
            foreach (var row in rows)
            {
                var offer = (await versions.GetAsync(c, row.SkuId, row.Version).ConfigureAwait(false)).Offer;
                if (offer.Supply is not null)
                    supplied.Add(offer);
                else if (offer is { Delivery: DeliveryKind.CardKey, PoolId: { } pool })
                    pools[row.SkuId] = pool;
                else
                    available[row.SkuId] = null;
            }

            var counts = pools.Count == 0 ? null : await stock.CountAvailableAsync(c, [.. pools.Values.Distinct()], DisplayCap).ConfigureAwait(false);
            foreach (var (sku, pool) in pools)
                available[sku] = counts!.GetValueOrDefault(pool);
            foreach (var (sku, standing) in await resale.ReadAsync(c, supplied).ConfigureAwait(false))
                available[sku] = standing.Available;
            return available;
        }, cancellationToken);

    public async Task<string?> GetDeliveryTextAsync(TenantScope scope, string skuId, CancellationToken cancellationToken = default)
    {
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        var current = await database.ReadAsync(scope, async c => await CurrentAsync(c, skuId).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return current.Version?.DeliveryText is { } text ? cipher.Decrypt(text) : null;
    }

    private async ValueTask<(OfferVersion? Version, bool OnSale)> CurrentAsync(ICommerceConnection connection, string sku)
    {
        var row = await connection.QuerySingleOrDefaultAsync<CurrentRow>("select sku_id, version, on_sale from offers where tenant = @tenant and sku_id = @sku", new { sku }).ConfigureAwait(false);
        return row is null ? (null, false) : (await versions.GetAsync(connection, sku, row.Version).ConfigureAwait(false), row.OnSale);
    }

    private async Task<IReadOnlyList<Offer>> StoreAsync(ICommerceConnection connection, ITenantCipher cipher, string productId, IReadOnlyList<Offer> offers)
    {
        var known = await StandingAsync(connection, productId, offers, connection.ForUpdate()).ConfigureAwait(false);
        var stored = new List<Offer>(offers.Count);
        var turned = new List<(string Sku, bool OnSale)>();
        for (var i = 0; i < offers.Count; i++)
        {
            known.Remove(offers[i].SkuId, out var before);
            if (before is not null && before.OnSale != offers[i].OnSale)
                turned.Add((offers[i].SkuId, offers[i].OnSale));
            stored.Add(await StoreOneAsync(connection, cipher, offers[i], i, before).ConfigureAwait(false));
        }

        foreach (var gone in known.Values.Where(r => r.OnSale))
        {
            connection.Defer("update offers set on_sale = @off where tenant = @tenant and sku_id = @sku", new { off = false, sku = gone.SkuId });
            turned.Add((gone.SkuId, false));
        }

        foreach (var (sku, onSale) in turned.OrderBy(t => t.Sku, StringComparer.Ordinal))
            await notices.OnSaleAsync(connection, sku, onSale).ConfigureAwait(false);
        return stored;
    }

    /// <summary>What is stored under these ids and of this product. Another product's id is free once that product doesn't sell it and no shop was promised it.</summary>
    private static async Task<Dictionary<string, StoredRow>> StandingAsync(ICommerceConnection connection, string productId, IReadOnlyList<Offer> offers, string forUpdate)
    {
        var skus = offers.Select(o => o.SkuId).ToArray();
        var rows = await connection.QueryAsync<StoredRow>(
            $"select sku_id, version, on_sale, product_id from offers where tenant = @tenant and (product_id = @productId or sku_id {connection.In("skus")}) order by sku_id{forUpdate}",
            new { productId, skus }).ConfigureAwait(false);
        var known = rows.ToDictionary(r => r.SkuId, StringComparer.Ordinal);
        await RequireListingsAsync(connection, offers).ConfigureAwait(false);
        for (var i = 0; i < offers.Count; i++)
        {
            if (known.TryGetValue(offers[i].SkuId, out var before) && before.ProductId != productId
                && (before.OnSale || await connection.QuerySingleOrDefaultAsync<long>(CountOffered, new { sku = before.SkuId }).ConfigureAwait(false) > 0))
                throw new RefusedException([new CommerceError(CommerceErrors.Conflict, "Another product has a variant with this id.", $"offers[{i}].skuId")]);
        }

        return known;
    }

    /// <summary>What is sold for a supplier was listed before, and as this variant; and what is offered to shops stays own goods.</summary>
    private static async Task RequireListingsAsync(ICommerceConnection connection, IReadOnlyList<Offer> offers)
    {
        for (var i = 0; i < offers.Count; i++)
        {
            if (offers[i].Supply is { } supply)
            {
                if (await connection.QuerySingleOrDefaultAsync<long>(CountListings, new { supply.Listing, supply.Upstream, supply.OfferId, sku = offers[i].SkuId }).ConfigureAwait(false) == 0)
                    throw new RefusedException(CommerceErrors.NotFound, "There is no such listing of a supplier's goods.", $"offers[{i}].supply");
                if (await connection.QuerySingleOrDefaultAsync<long>(CountOffered, new { sku = offers[i].SkuId }).ConfigureAwait(false) > 0)
                    throw new RefusedException(CommerceErrors.NotResellable, "What is offered to shops can't be bought from a supplier.", $"offers[{i}].supply");
            }
        }
    }

    private async Task<Offer> StoreOneAsync(ICommerceConnection connection, ITenantCipher cipher, Offer offer, int position, StoredRow? before)
    {
        var old = before is null ? null : await versions.GetAsync(connection, offer.SkuId, before.Version).ConfigureAwait(false);
        // what another product delivered under this id is not this one's
        var kept = before?.ProductId == offer.ProductId ? old?.DeliveryText : null;
        var text = offer.DeliveryText is null ? kept : cipher.Encrypt(offer.DeliveryText);
        if (offer.Delivery != DeliveryKind.Text)
            text = null;
        else if (text is null)
            throw new RefusedException([new CommerceError(CommerceErrors.Required, "The text to deliver is missing.", $"offers[{position}].deliveryText")]);
        var document = JsonSerializer.Serialize(offer, OfferJson.Default.Offer);
        var sameText = offer.DeliveryText is null || (old?.DeliveryText is { } stored && cipher.Decrypt(stored) == offer.DeliveryText);
        var unchanged = old is not null && sameText && (old.DeliveryText is null) == (text is null) && JsonSerializer.Serialize(old.Offer, OfferJson.Default.Offer) == document;
        var version = before is null ? 1 : unchanged ? before.Version : before.Version + 1;
        if (!unchanged)
            connection.Defer(InsertVersion, new { sku = offer.SkuId, version, document, text });
        connection.Defer(Upsert, new { sku = offer.SkuId, productId = offer.ProductId, position, version, onSale = offer.OnSale, listing = offer.Supply?.Listing ?? "" });
        return offer with { Version = version, DeliveryText = null };
    }

    internal sealed record CurrentRow(string SkuId, long Version, bool OnSale);

    private sealed record StoredRow(string SkuId, long Version, bool OnSale, string ProductId);
}
