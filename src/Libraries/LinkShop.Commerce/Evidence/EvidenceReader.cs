using System.Text.Json;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Protection;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Replacements;
using LinkShop.Commerce.Support;

namespace LinkShop.Commerce.Evidence;

/// <summary>Collects a pack from where each thing is stored.</summary>
internal sealed class EvidenceReader(OrderReader orders, DeliveredReader delivered)
{
    /// <summary>Kind of the history's entry about a pack; packs leave it out, or building one would change the next.</summary>
    public const string Built = "evidence_built";

    private const string Format = "linkshop.evidence/1";

    private const string SelectEvents = """
        select provider, event_id, payment_id, kind, amount, currency, refused, actor, note, occurred_at, received_at
        from payment_events where tenant = @tenant and order_id = @orderId order by received_at, provider, event_id
        """;

    public async Task<EvidencePack?> ReadAsync(ICommerceConnection connection, string orderId, ITenantCipher cipher)
    {
        var rows = await connection.QueryAsync<OrderRow>(OrderRow.ById, new { orderId }).ConfigureAwait(false);
        if (rows.Count == 0)
            return null;
        var view = await orders.ViewAsync(connection, rows, cipher, withSecrets: false).ConfigureAwait(false);
        var goods = await delivered.ReadAsync(connection, rows, cipher).ConfigureAwait(false);
        // people quote keys when they write about them
        string? Clean(string? text) => text is null ? null : SecretMask.In(text, goods.Secrets);
        var events = (await OrderHistory.ReadAsync(connection, rows[0]).ConfigureAwait(false)).Where(e => e.Kind != Built)
            .OrderBy(e => e.At).ThenBy(e => Rank(e.Kind)).ThenBy(e => e.Kind, StringComparer.Ordinal).ThenBy(e => e.Actor, StringComparer.Ordinal).ThenBy(e => e.Note, StringComparer.Ordinal)
            .Select(e => new EvidenceEvent(e.At, e.Kind, e.Actor, Clean(e.Note))).ToArray();
        var refunds = await RefundRows.ReadAsync(connection, RefundRows.OfOrder, new { orderId }).ConfigureAwait(false);
        var messages = await connection.QueryAsync<MessageRow>(MessageRow.OfOrder, new { orderId }).ConfigureAwait(false);
        return new EvidencePack(
            Format,
            new EvidenceOrder(view.OrderId, view.Number, view.State, view.CreatedAt, view.PaidAt, view.FulfilledAt, view.Total, view.Discount, view.Captured, view.Refunded, view.RefundDue),
            new EvidenceBuyer(rows[0].Contact is { } contact ? cipher.Decrypt(contact) : null, rows[0].UserId, view.Culture),
            [.. view.Lines.Select((l, i) => Line(l, rows[i].Version, Clean))],
            await PaymentsAsync(connection, rows[0], Clean).ConfigureAwait(false),
            [.. goods.Deliveries.Units.Select(u => new EvidenceDelivery(u.Line, u.Unit, u.Of, u.Kind, u.Masked, u.At, u.Actor, u.State ?? (u.TakenBack ? KeyState.Revoked : null)))],
            [.. goods.Deliveries.Replacements.Select(r => new EvidenceReplacement(r.Line, r.Unit, r.Old, r.OldDeliveredAt, r.New, r.Reason, Clean(r.Text)!, r.Actor, r.At))],
            AccessOf(events),
            [.. refunds.Select(r => Refund(r, Clean))],
            events,
            [.. messages.Select(m => new EvidenceMessage(m.TicketId, m.Number, m.Author, m.Actor, m.At, Clean(cipher.Decrypt(m.Text))!, m.Pictures))]);
    }

    private static EvidenceLine Line(OrderLineView line, long version, Func<string?, string?> clean)
    {
        using var snapshot = JsonDocument.Parse(line.SnapshotJson);
        return new EvidenceLine(
            line.Line, line.SkuId, line.ProductId, version, line.Title, line.Variant, snapshot.RootElement.Clone(), line.Delivery, line.Quantity,
            line.UnitPrice, line.Surcharge, line.Discount, line.Total, line.Fields.ToDictionary(f => f.Key, f => clean(f.Value)!));
    }

    private static async Task<IReadOnlyList<EvidencePayment>> PaymentsAsync(ICommerceConnection connection, OrderRow order, Func<string?, string?> clean)
    {
        Money In(long minor) => new(minor, order.Currency);
        var told = (await connection.QueryAsync<Told>(SelectEvents, new { orderId = order.Id }).ConfigureAwait(false)).ToLookup(
            e => (e.Provider, e.PaymentId),
            e => new EvidencePaymentEvent(e.EventId, JsonNamingPolicy.SnakeCaseLower.ConvertName(e.Kind), new Money(e.Amount, e.Currency), e.OccurredAt, e.ReceivedAt, e.Refused, e.Actor, clean(e.Note)));
        var payments = (await connection.QueryAsync<PaymentFacts>(PaymentFacts.Select, new { orderId = order.Id }).ConfigureAwait(false))
            .Select(p => new EvidencePayment(p.Provider, p.PaymentId, In(p.Paid), In(p.GivenBack), In(p.RefundDue), p.Key == order.CapturedPayment, DisputeOf(p), p.FirstAt, [.. told[(p.Provider, p.PaymentId)]])).ToList();
        // attempts that failed or were refused left no payment behind
        payments.AddRange(told.Where(t => !payments.Exists(p => (p.Provider, p.PaymentId) == t.Key)).Select(t =>
            new EvidencePayment(t.Key.Provider, t.Key.PaymentId, In(0), In(0), In(0), false, EvidenceDispute.None, t.Min(e => e.ReceivedAt), [.. t])));
        return payments;
    }

    /// <summary>What comes first of what was stored in the same moment.</summary>
    private static int Rank(string kind) => kind == "created" ? 0 : kind.StartsWith("payment_", StringComparison.Ordinal) ? 1 : 2;

    private static EvidenceDispute DisputeOf(PaymentFacts payment) => payment switch
    {
        { OpenDispute: true } => EvidenceDispute.Open,
        { DisputeLost: true } => EvidenceDispute.Lost,
        { DisputeWon: true } => EvidenceDispute.Won,
        _ => EvidenceDispute.None,
    };

    private static EvidenceAccess AccessOf(IReadOnlyList<EvidenceEvent> events)
    {
        var looks = events.Where(e => e.Kind is "viewed" or "downloaded").Select(e => new EvidenceLook(e.Kind, e.At)).ToArray();
        DateTimeOffset? First(string kind) => looks.FirstOrDefault(l => l.Kind == kind)?.At;
        return new EvidenceAccess(First("viewed"), First("downloaded"), looks);
    }

    private static EvidenceRefund Refund(RefundView refund, Func<string?, string?> clean) => new(
        refund.Id, refund.State, refund.Reason, clean(refund.Text)!, refund.Amount, [.. refund.Lines.Select(l => new EvidenceRefundLine(l.Line, new Money(l.Minor, refund.Amount.Currency)))],
        refund.Payer, refund.RevokesKeys, refund.RequestedBy, refund.CreatedAt, refund.AnswerDue, refund.DecidedBy, refund.DecidedAt, clean(refund.Note));

    private sealed record Told(
        string Provider, string EventId, string PaymentId, string Kind, long Amount, string Currency, string? Refused, string? Actor, string? Note, DateTimeOffset OccurredAt, DateTimeOffset ReceivedAt);
}
