using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;

namespace LinkShop.Commerce.Refunds;

/// <summary>Goods without a key of their own (a text, a shared key, what was delivered by hand, what a supplier delivered) that refunds took back: they are the buyer's no more, as a revoked key is.</summary>
internal static class TakenGoods
{
    // what is delivered after the decision isn't what it was about
    private const string Taken = """
        select distinct l.line from refund r join refund_line l on l.tenant = r.tenant and l.refund_id = r.id
          join deliveries d on d.tenant = r.tenant and d.order_id = r.order_id and d.line = l.line and d.key_id is null and d.at <= r.decided_at
        where r.tenant = @tenant and r.order_id = @orderId and r.state = 'Approved' and r.revokes
        """;

    /// <summary>The lines of which that is so.</summary>
    public static async ValueTask<IReadOnlyList<int>> LinesAsync(ICommerceConnection connection, OrderRow order) =>
        order.RefundApproved == 0 ? [] : await connection.QueryAsync<int>(Taken, new { orderId = order.Id }).ConfigureAwait(false);
}
