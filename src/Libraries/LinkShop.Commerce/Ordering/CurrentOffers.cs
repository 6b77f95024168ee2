using LinkShop.Commerce.Data;
using LinkShop.Commerce.Offers;

namespace LinkShop.Commerce.Ordering;

/// <summary>Reads which versions of the wanted offers are current, and how much the buyer holds unpaid, in one statement.</summary>
internal static class CurrentOffers
{
    // counting stops where no limit can reach: UnpaidLimits.Counted
    private const string Held = """
        (select count(*) from (select 1 from order_holds h where h.tenant = @tenant and h.contact_hash = @contactHash limit 1000) c) as by_contact,
        (select count(*) from (select 1 from order_holds h where h.tenant = @tenant and h.address_hash = @addressHash limit 1000) a) as by_address
        """;

    private const string One = $"select sku_id, version, on_sale, {Held} from offers where tenant = @tenant and sku_id = @sku";
    private const string ManySqlite = $"select sku_id, version, on_sale, {Held} from offers where tenant = @tenant and sku_id in (select value from json_each(@skus))";
    private const string ManyPostgres = $"select sku_id, version, on_sale, {Held} from offers where tenant = @tenant and sku_id = any(@skus)";

    public static async Task<(IReadOnlyList<(OfferVersion? Version, bool OnSale)> Offers, int ByContact, int ByAddress)> ReadAsync(ICommerceConnection connection, OfferVersions versions, OrderDraft draft)
    {
        var lines = draft.Request.Lines;
        if (lines.Count == 1)
        {
            var row = await connection.QuerySingleOrDefaultAsync<Row>(One, new { sku = lines[0].SkuId, draft.ContactHash, draft.AddressHash }).ConfigureAwait(false);
            return row is null
                ? ([(null, false)], 0, 0)
                : ([(await versions.GetAsync(connection, row.SkuId, row.Version).ConfigureAwait(false), row.OnSale)], row.ByContact, row.ByAddress);
        }

        var skus = lines.Select(l => l.SkuId).ToArray();
        var rows = await connection.QueryAsync<Row>(connection.Dialect == CommerceDialect.Postgres ? ManyPostgres : ManySqlite, new { skus, draft.ContactHash, draft.AddressHash }).ConfigureAwait(false);
        var offers = new List<(OfferVersion?, bool)>(lines.Count);
        foreach (var line in lines)
        {
            var row = rows.FirstOrDefault(r => r.SkuId == line.SkuId);
            offers.Add(row is null ? (null, false) : (await versions.GetAsync(connection, row.SkuId, row.Version).ConfigureAwait(false), row.OnSale));
        }

        return (offers, rows.Count == 0 ? 0 : rows[0].ByContact, rows.Count == 0 ? 0 : rows[0].ByAddress);
    }

    /// <summary>For a quote: nobody's holds count.</summary>
    public static async Task<IReadOnlyList<(OfferVersion? Version, bool OnSale)>> ReadAsync(ICommerceConnection connection, OfferVersions versions, OrderRequest request)
    {
        var offers = new List<(OfferVersion?, bool)>(request.Lines.Count);
        foreach (var line in request.Lines)
        {
            var row = await connection.QuerySingleOrDefaultAsync<OfferCatalog.CurrentRow>("select sku_id, version, on_sale from offers where tenant = @tenant and sku_id = @sku", new { sku = line.SkuId }).ConfigureAwait(false);
            offers.Add(row is null ? (null, false) : (await versions.GetAsync(connection, row.SkuId, row.Version).ConfigureAwait(false), row.OnSale));
        }

        return offers;
    }

    private sealed record Row(string SkuId, long Version, bool OnSale, int ByContact, int ByAddress);
}
