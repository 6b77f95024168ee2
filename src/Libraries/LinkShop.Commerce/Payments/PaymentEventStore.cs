using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Payments;

/// <summary>A stored event as far as it is compared.</summary>
internal sealed record StoredPaymentEvent(string OrderId, string PaymentId, PaymentEventKind Kind, long Amount, string Currency, string? Refused)
{
    public bool IsSame(PaymentEvent e) =>
        OrderId == e.OrderId && PaymentId == e.PaymentId && Kind == e.Kind && Amount == e.Amount.Minor && Currency == e.Amount.Currency;
}

/// <summary>Keeps every event once, the refused ones too.</summary>
internal static class PaymentEventStore
{
    private const string Select = "select order_id, payment_id, kind, amount, currency, refused from payment_events where tenant = @tenant and provider = @provider and event_id = @eventId";

    private const string InsertNew = """
        insert into payment_events (tenant, provider, event_id, order_id, payment_id, kind, amount, currency, refused, actor, note, occurred_at, received_at)
        values (@tenant, @provider, @eventId, @orderId, @paymentId, @kind, @amount, @currency, @refused, @actor, @note, @occurredAt, @receivedAt)
        """;

    // two at once about an unknown order have no order's lock to queue for; a refused event has no effect that could double
    private const string InsertRefused = InsertNew + " on conflict do nothing";

    public static Task<StoredPaymentEvent?> FindAsync(ICommerceConnection connection, PaymentEvent e) =>
        connection.QuerySingleOrDefaultAsync<StoredPaymentEvent>(Select, new { provider = e.Provider, eventId = e.EventId });

    public static void Add(ICommerceConnection connection, PaymentEvent e, DateTimeOffset now, string? refused, string? actor = null, string? note = null) =>
        connection.Defer(refused is null ? InsertNew : InsertRefused, new
        {
            provider = e.Provider,
            eventId = e.EventId,
            orderId = e.OrderId,
            paymentId = e.PaymentId,
            kind = e.Kind,
            amount = e.Amount.Minor,
            currency = e.Amount.Currency,
            refused,
            actor,
            note,
            occurredAt = e.OccurredAt,
            receivedAt = now,
        });
}
