using LinkShop.Commerce.Data;
using LinkShop.Commerce.Offers;

namespace LinkShop.Commerce.Ordering;

/// <summary>Enforces the limits per buyer and per network address of the variants that have one. Others cost nothing here.</summary>
internal sealed class PurchaseLimiter
{
    // a lock on the buyer, not on rows: the first purchase has no row yet that two at once could queue for
    private const string Lock = "select pg_advisory_xact_lock(hashtextextended(@tenant || ':' || @subject, 1))";

    private const string Sum = "select cast(coalesce(sum(quantity), 0) as bigint) from limited_purchases where tenant = @tenant and sku_id = @sku and subject = @subject and at > @since";

    // an order that is recorded has its place: others were counted with it
    private const string Room = """
        select cast(coalesce(sum(quantity), 0) as bigint) as bought, cast(coalesce(sum(case when order_id = @orderId then 1 else 0 end), 0) as bigint) as own
        from limited_purchases where tenant = @tenant and sku_id = @sku and subject = @subject and (at > @since or order_id = @orderId)
        """;

    private const string Insert = """
        insert into limited_purchases (tenant, sku_id, subject, order_id, quantity, at) values (@tenant, @sku, @subject, @orderId, @quantity, @at) on conflict do nothing
        """;

    /// <summary>Counts the order's lines against their limits and records them.</summary>
    /// <exception cref="RefusedException">A limit is reached.</exception>
    public async Task ClaimAsync(ICommerceConnection connection, OrderDraft draft, IReadOnlyList<PricedLine> lines)
    {
        // in one order for everybody, because locks are taken
        foreach (var line in lines.Where(l => IsLimited(l.Offer.Limits)).OrderBy(l => l.Offer.SkuId, StringComparer.Ordinal))
        {
            var limits = line.Offer.Limits;
            if (limits.MaxPerBuyer is { } perBuyer)
                await ClaimAsync(connection, draft, line, draft.Buyer, perBuyer, CommerceErrors.BuyerLimit).ConfigureAwait(false);
            if (limits.MaxPerAddress is { } perAddress && draft.AddressHash is { } address)
                await ClaimAsync(connection, draft, line, address, perAddress, CommerceErrors.AddressLimit).ConfigureAwait(false);
        }
    }

    /// <summary>Whether a purchase that was forgotten (called off, and then paid after all) is still within its limits; <see cref="Record"/> follows when it is.</summary>
    public static async Task<bool> HasRoomAsync(ICommerceConnection connection, string orderId, Offer offer, int quantity, byte[] buyer, byte[]? address, DateTimeOffset now) =>
        (offer.Limits.MaxPerBuyer is not { } perBuyer || await HasRoomAsync(connection, orderId, offer, quantity, buyer, perBuyer, now).ConfigureAwait(false))
        && (offer.Limits.MaxPerAddress is not { } perAddress || address is null || await HasRoomAsync(connection, orderId, offer, quantity, address, perAddress, now).ConfigureAwait(false));

    /// <summary>Records a purchase that is valid again (paid late).</summary>
    public static void Record(ICommerceConnection connection, string orderId, Offer offer, int quantity, byte[] buyer, byte[]? address, DateTimeOffset at)
    {
        if (offer.Limits.MaxPerBuyer is not null)
            connection.Defer(Insert, new { sku = offer.SkuId, subject = buyer, orderId, quantity, at });
        if (offer.Limits.MaxPerAddress is not null && address is not null)
            connection.Defer(Insert, new { sku = offer.SkuId, subject = address, orderId, quantity, at });
    }

    /// <summary>Forgets the purchases of an order that was called off.</summary>
    public static void Forget(ICommerceConnection connection, string orderId) =>
        connection.Defer("delete from limited_purchases where tenant = @tenant and order_id = @orderId", new { orderId });

    public static bool IsLimited(PurchaseLimits limits) => limits.MaxPerBuyer is not null || limits.MaxPerAddress is not null;

    private static async Task<bool> HasRoomAsync(ICommerceConnection connection, string orderId, Offer offer, int quantity, byte[] subject, int most, DateTimeOffset now)
    {
        if (connection.Dialect == CommerceDialect.Postgres)
            connection.Defer(Lock, new { subject = Convert.ToBase64String(subject) });
        var since = now.AddMinutes(-offer.Limits.WindowMinutes);
        var (bought, own) = await connection.QuerySingleOrDefaultAsync<(long, long)>(Room, new { sku = offer.SkuId, subject, orderId, since }).ConfigureAwait(false);
        return own > 0 || bought + quantity <= most;
    }

    private static async Task ClaimAsync(ICommerceConnection connection, OrderDraft draft, PricedLine line, byte[] subject, int most, string code)
    {
        if (connection.Dialect == CommerceDialect.Postgres)
            connection.Defer(Lock, new { subject = Convert.ToBase64String(subject) });
        var since = draft.Now.AddMinutes(-line.Offer.Limits.WindowMinutes);
        var bought = await connection.QuerySingleOrDefaultAsync<long>(Sum, new { sku = line.Offer.SkuId, subject, since }).ConfigureAwait(false);
        if (bought + line.Quantity > most)
        {
            throw new RefusedException([new(code, $"At most {most} within {line.Offer.Limits.WindowMinutes} minutes; {bought} bought or reserved already.", $"lines[{line.Line - 1}].quantity")
            {
                Facts = [most, bought],
            }]);
        }

        connection.Defer(Insert, new { sku = line.Offer.SkuId, subject, orderId = draft.OrderId, quantity = line.Quantity, at = draft.Now });
    }
}
