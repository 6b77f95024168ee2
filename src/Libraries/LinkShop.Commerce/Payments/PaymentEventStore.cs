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

    // what was taken over, or recorded by staff who gave it back at the provider's desk, has no id of the provider's; its own message, when it comes after all, brings it
    private const string Recognise = $"""
        update payment_events set event_id = @eventId where tenant = @tenant and provider = @provider and event_id =
          (select min(e.event_id) from payment_events e where e.tenant = @tenant and e.order_id = @orderId and e.provider = @provider and e.payment_id = @paymentId and e.kind = @kind and e.amount = @amount
           and e.refused is null and (e.event_id like '{TakenOver}%' or e.event_id like '{ByHand}%'))
        """;

    private const string ToldSince = $"""
        select count(*) from payment_events where tenant = @tenant and order_id = @orderId and provider = @provider and payment_id = @paymentId and kind = @kind and amount = @amount
          and refused is null and received_at >= @since and event_id not like '{TakenOver}%' and event_id not like '{FromBank}%'
        """;

    /// <summary>Begin of the ids of events that no provider told: they were taken over out of a settlement file.</summary>
    public const string TakenOver = "reconciliation:";

    /// <summary>Begin of the ids of refunds that staff recorded.</summary>
    public const string ByHand = "by-hand-";

    /// <summary>Begin of the ids of refunds that staff gave back by a bank transfer: no provider ever tells of them, and no settlement file has them.</summary>
    public const string FromBank = "by-bank-";

    public static Task<StoredPaymentEvent?> FindAsync(ICommerceConnection connection, PaymentEvent e) =>
        connection.QuerySingleOrDefaultAsync<StoredPaymentEvent>(Select, new { provider = e.Provider, eventId = e.EventId });

    /// <summary>Whether it is such an event.</summary>
    public static bool IsTakenOver(PaymentEvent e) => e.EventId.StartsWith(TakenOver, StringComparison.Ordinal);

    /// <summary>Whether the event's id is one of those that are given here: told from outside, it would pass for what staff did. In any case of letters, as SQLite compares so.</summary>
    public static bool IsOurs(PaymentEvent e) => Begins(e, TakenOver) || Begins(e, ByHand) || Begins(e, FromBank);

    private static bool Begins(PaymentEvent e, string begin) => e.EventId?.StartsWith(begin, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Whether the money left the bank.</summary>
    public static bool IsFromBank(PaymentEvent e) => e.EventId.StartsWith(FromBank, StringComparison.Ordinal);

    /// <summary>Whether the event is one that was taken over, or recorded by staff, before it was told; from now on it has its own id.</summary>
    public static async Task<bool> RecogniseAsync(ICommerceConnection connection, PaymentEvent e) =>
        await connection.ExecuteAsync(Recognise, new { e.EventId, e.OrderId, e.Provider, e.PaymentId, e.Kind, amount = e.Amount.Minor }).ConfigureAwait(false) > 0;

    /// <summary>Whether the provider has told of one like it since then.</summary>
    public static async Task<bool> WasToldAsync(ICommerceConnection connection, PaymentEvent e, DateTimeOffset since) =>
        await connection.QuerySingleOrDefaultAsync<long>(ToldSince, new { e.OrderId, e.Provider, e.PaymentId, e.Kind, amount = e.Amount.Minor, since }).ConfigureAwait(false) > 0;

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
