using System.Text.Json;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Replacements;
using LinkShop.Commerce.Support;

namespace LinkShop.Commerce.Evidence;

/// <summary>The whole pack. The names and order of the members are those of the file: add at the end, never rename. No delivered secret is in it, also not in what people wrote.</summary>
public sealed record EvidencePack(
    string Format,
    EvidenceOrder Order,
    EvidenceBuyer Buyer,
    IReadOnlyList<EvidenceLine> Agreed,
    IReadOnlyList<EvidencePayment> Payments,
    IReadOnlyList<EvidenceDelivery> Deliveries,
    IReadOnlyList<EvidenceReplacement> Replacements,
    EvidenceAccess Access,
    IReadOnlyList<EvidenceRefund> Refunds,
    IReadOnlyList<EvidenceEvent> Events,
    IReadOnlyList<EvidenceMessage> Messages);

/// <summary>Which order, how it stands, and what it came to.</summary>
public sealed record EvidenceOrder(
    string Id, string Number, OrderState State, DateTimeOffset CreatedAt, DateTimeOffset? PaidAt, DateTimeOffset? FulfilledAt, Money Total, Money Discount, Money Captured, Money Refunded, Money RefundDue);

/// <summary>Who bought: the contact that was left, in full, the account if there was one, and the language.</summary>
public sealed record EvidenceBuyer(string? Contact, string? Account, string Language);

/// <summary>What was agreed of a line: the product as it was when ordered, with everything its snapshot has (names, description, terms), and the buyer's answers; secret ones masked.</summary>
public sealed record EvidenceLine(
    int Line, string SkuId, string ProductId, long OfferVersion, string Title, string Variant, JsonElement Snapshot, DeliveryKind Delivery, int Quantity,
    Money UnitPrice, Money Surcharge, Money Discount, Money Total, IReadOnlyDictionary<string, string> BuyerFields);

/// <summary>How a payment's dispute stands.</summary>
public enum EvidenceDispute
{
    /// <summary>There is none.</summary>
    None,
    /// <summary>The payer disputes it.</summary>
    Open,
    /// <summary>It ended in the shop's favour.</summary>
    Won,
    /// <summary>It ended in the payer's favour.</summary>
    Lost,
}

/// <summary>A payment with all that its provider told about it.</summary>
public sealed record EvidencePayment(
    string Provider, string PaymentId, Money Paid, Money Refunded, Money RefundDue, bool UsedForThisOrder, EvidenceDispute Dispute, DateTimeOffset FirstAt, IReadOnlyList<EvidencePaymentEvent> Events);

/// <summary>One thing that a provider told, or that staff recorded.</summary>
public sealed record EvidencePaymentEvent(string EventId, string Kind, Money Amount, DateTimeOffset OccurredAt, DateTimeOffset ReceivedAt, string? Refused, string? Actor, string? Note);

/// <summary>One thing that was delivered, masked; its state is its key's, and of goods without one <see cref="KeyState.Revoked"/> when they were taken back.</summary>
public sealed record EvidenceDelivery(int Line, int Unit, int Of, DeliveryKind Kind, string What, DateTimeOffset At, string? Actor, KeyState? State);

/// <summary>A key that was replaced, and when the buyer had got it.</summary>
public sealed record EvidenceReplacement(int Line, int Unit, string Old, DateTimeOffset OldDeliveredAt, string New, ReplacementReason Reason, string Text, string Actor, DateTimeOffset At);

/// <summary>When the buyer looked at what was delivered; looks within an hour are one entry.</summary>
public sealed record EvidenceAccess(DateTimeOffset? FirstViewedAt, DateTimeOffset? FirstDownloadedAt, IReadOnlyList<EvidenceLook> Entries);

/// <summary>One look: <c>viewed</c> or <c>downloaded</c>.</summary>
public sealed record EvidenceLook(string Kind, DateTimeOffset At);

/// <summary>A refund that was asked for or given, with its answer.</summary>
public sealed record EvidenceRefund(
    string Id, RefundState State, RefundReason Reason, string Text, Money Amount, IReadOnlyList<EvidenceRefundLine> Lines, RefundPayer Payer, bool RevokesKeys,
    string RequestedBy, DateTimeOffset RequestedAt, DateTimeOffset? AnswerDue, string? DecidedBy, DateTimeOffset? DecidedAt, string? Answer);

/// <summary>An amount of a line.</summary>
public sealed record EvidenceRefundLine(int Line, Money Amount);

/// <summary>An entry of the order's history.</summary>
public sealed record EvidenceEvent(DateTimeOffset At, string Kind, string? Actor, string? Note);

/// <summary>What buyer and shop wrote to each other about the order; keys masked.</summary>
public sealed record EvidenceMessage(string TicketId, int Number, TicketAuthor Author, string? Actor, DateTimeOffset At, string Text, int Pictures);
