using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Ordering;

namespace LinkShop.Commerce.Payments;

/// <summary>An order, its lines, the keys it holds, and what is stored about an event, read under the order's lock in one round trip.</summary>
internal sealed record PaymentLoad(IReadOnlyList<OrderRow> Rows, StoredPaymentEvent? Seen, string? PaymentOwner, IReadOnlyList<PaymentFacts> Payments, IReadOnlyList<ClaimedKey> Held)
{
    private const string Select = $"""
        select {OrderRow.PaymentColumns}, e.order_id as seen_order, e.payment_id as seen_payment, e.kind as seen_kind, e.amount as seen_amount, e.currency as seen_currency, e.refused as seen_refused,
          (select p.order_id from payments p where p.tenant = @tenant and p.provider = @provider and p.payment_id = @paymentId) as payment_owner,
          (select count(*) from payments p where p.tenant = @tenant and p.order_id = @orderId) as payment_count
        from orders o join order_lines l on l.tenant = o.tenant and l.order_id = o.id
          left join payment_events e on e.tenant = @tenant and e.provider = @provider and e.event_id = @eventId
        where o.tenant = @tenant and o.id = @orderId order by l.line
        """;

    public static async Task<PaymentLoad> ReadAsync(ICommerceConnection connection, IKeyStock stock, PaymentEvent e)
    {
        if (connection.Dialect == CommerceDialect.Postgres)
            connection.Defer(OrderRow.Lock, new { orderId = e.OrderId });
        var held = stock.Held(connection, e.OrderId);
        var rows = await connection.QueryAsync<Row>(Select, new { orderId = e.OrderId, provider = e.Provider, paymentId = e.PaymentId, eventId = e.EventId }).ConfigureAwait(false);
        if (rows.Count == 0)
            return new PaymentLoad([], await PaymentEventStore.FindAsync(connection, e).ConfigureAwait(false), null, [], []);
        var first = rows[0];
        var seen = first.SeenOrder is null
            ? null
            : new StoredPaymentEvent(first.SeenOrder, first.SeenPayment!, first.SeenKind!.Value, first.SeenAmount!.Value, first.SeenCurrency!, first.SeenRefused);
        var payments = first.PaymentCount == 0 ? [] : await connection.QueryAsync<PaymentFacts>(PaymentFacts.Select, new { orderId = e.OrderId }).ConfigureAwait(false);
        return new PaymentLoad(rows, seen, first.PaymentOwner, payments, held.Rows);
    }

    private sealed class Row : OrderRow
    {
        public string? SeenOrder { get; init; }
        public string? SeenPayment { get; init; }
        public PaymentEventKind? SeenKind { get; init; }
        public long? SeenAmount { get; init; }
        public string? SeenCurrency { get; init; }
        public string? SeenRefused { get; init; }
        public string? PaymentOwner { get; init; }
        public int PaymentCount { get; init; }
    }
}
