using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payments;

namespace LinkShop.Commerce.Ordering;

/// <summary>An order's history, put together from where each thing is stored anyway.</summary>
internal static class OrderHistory
{
    private const string Insert = "insert into order_log (tenant, order_id, id, at, kind, actor, note) values (@tenant, @orderId, @id, @at, @kind, @actor, @note)";

    private const string Select = $"""
        select at, kind, actor, note, cast(null as bigint) as amount, cast(null as text) as currency, cast(null as text) as payment from order_log where tenant = @tenant and order_id = @orderId
        union all
        select received_at, case when refused is not null then 'payment_refused' when event_id like '{PaymentEventStore.FromBank}%' then 'payment_refunded_from_bank' else kind end, coalesce(actor, provider), case when refused is null then note else refused end, amount, currency, provider || ':' || payment_id
        from payment_events where tenant = @tenant and order_id = @orderId
        union all
        select created_at, 'refund_requested', cast(null as text), text, coalesce(asked, amount), @currency, cast(null as text) from refund where tenant = @tenant and order_id = @orderId and requested_by = 'buyer'
        union all
        select decided_at, case when state = 'Approved' then 'refund_approved' when decided_by = 'buyer' and note is null then 'refund_withdrawn' else 'refund_declined' end, case when decided_by <> 'buyer' or note is not null then decided_by end, coalesce(note, case when requested_by = 'buyer' then null else text end), amount, @currency, cast(null as text)
        from refund where tenant = @tenant and order_id = @orderId and decided_at is not null
        union all
        select max(at), 'delivered', max(actor), cast(null as text), cast(null as bigint), cast(null as text), cast(null as text) from deliveries where tenant = @tenant and order_id = @orderId group by line
        """;

    public static void Add(ICommerceConnection connection, string orderId, string kind, string? actor, string? note, DateTimeOffset now) =>
        connection.Defer(Insert, new { orderId, id = CommerceId.New(now), at = now, kind, actor, note });

    public static async Task<IReadOnlyList<OrderEventView>> ReadAsync(ICommerceConnection connection, OrderRow order)
    {
        var events = new List<OrderEventView> { new(order.CreatedAt, "created", null, null) };
        var paid = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in (await connection.QueryAsync<Row>(Select, new { orderId = order.Id, order.Currency }).ConfigureAwait(false)).OrderBy(r => r.At))
        {
            // told again under another event id it is no second payment
            if (row is not { Kind: "Paid", Payment: { } payment } || paid.Add(payment))
                events.Add(new OrderEventView(row.At, Kind(row.Kind), row.Actor, row.Note, row.Amount is { } amount ? new Money(amount, row.Currency ?? order.Currency) : null));
        }

        if (order.State == OrderState.Expired)
            events.Add(new OrderEventView(order.ReservedUntil, "expired", null, null));
        return [.. events.OrderBy(e => e.At)];
    }

    private static string Kind(string stored) => stored switch
    {
        "Paid" => "payment_paid",
        "Failed" => "payment_failed",
        "Refunded" => "payment_refunded",
        "Disputed" => "payment_disputed",
        "DisputeWon" => "dispute_won",
        "DisputeLost" => "dispute_lost",
        _ => stored,
    };

    private sealed record Row(DateTimeOffset At, string Kind, string? Actor, string? Note, long? Amount, string? Currency, string? Payment);
}
