using LinkShop.Commerce.Data;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.Ordering;

/// <summary>Short rows of orders for lists.</summary>
internal sealed class OrderLists(OfferVersions versions, OrderReader reader)
{
    /// <summary>Ends with <c>where o.tenant = @tenant</c>: conditions follow.</summary>
    public const string Select = """
        select o.id, o.state, o.currency, o.total, o.created_at, o.fulfilled_at, o.password_hash, l.sku_id, l.version,
          (select cast(sum(q.quantity) as bigint) from order_lines q where q.tenant = o.tenant and q.order_id = o.id) as units
        from orders o join order_lines l on l.tenant = o.tenant and l.order_id = o.id and l.line = 1 where o.tenant = @tenant
        """;

    /// <summary>The latest one of a variant, of a user or among ids, whose goods are kept for a payment.</summary>
    public static string Unpaid(ICommerceConnection connection) => $"""
        {Select} and o.state = 'AwaitingPayment' and o.reserved_until > @now and (o.id {connection.In("ids")} or (o.user_id = @userId and o.user_id <> ''))
          and exists (select 1 from order_lines w where w.tenant = o.tenant and w.order_id = o.id and w.sku_id = @skuId)
        order by o.id desc limit 1
        """;

    public async Task<IReadOnlyList<OrderSummary>> SummariesAsync(ICommerceConnection connection, IEnumerable<Row> rows, ITenantCipher cipher)
    {
        var list = new List<OrderSummary>();
        foreach (var row in rows)
        {
            var offer = (await versions.GetAsync(connection, row.SkuId, row.Version).ConfigureAwait(false)).Offer;
            list.Add(new OrderSummary(row.Id, OrderNumber.Of(row.Id), OrderSecrets.Token(cipher, row.Id), reader.EffectiveState(row.State, row.FulfilledAt), offer.Title, row.Units, new Money(row.Total, row.Currency), row.CreatedAt, offer.SnapshotJson));
        }

        return list;
    }

    internal sealed record Row(string Id, OrderState State, string Currency, long Total, DateTimeOffset CreatedAt, DateTimeOffset? FulfilledAt, byte[]? PasswordHash, string SkuId, long Version, int Units);
}
