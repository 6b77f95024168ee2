namespace LinkShop.Commerce.Payments;

/// <summary>What a provider tells about a payment.</summary>
public enum PaymentEventKind
{
    /// <summary>The money is there.</summary>
    Paid,
    /// <summary>An attempt failed; nothing was paid by it.</summary>
    Failed,
    /// <summary>An amount was given back.</summary>
    Refunded,
    /// <summary>The payer disputes the payment, or a part of it; the order is frozen.</summary>
    Disputed,
    /// <summary>The dispute ended for the merchant; the money stays.</summary>
    DisputeWon,
    /// <summary>The dispute ended for the payer; the amount is gone. One event for each loss.</summary>
    DisputeLost,
}

/// <summary>One verified message of a provider about one payment. Its signature was checked before this object is made.</summary>
public sealed record PaymentEvent
{
    /// <summary>Name of the provider (<see cref="IPaymentProvider.Name"/>).</summary>
    public required string Provider { get; init; }

    /// <summary>The provider's id of the message; repeated callbacks repeat it. 1 to 128 characters.</summary>
    public required string EventId { get; init; }

    /// <summary>The provider's id of the payment (transaction); two payments of one order have two. 1 to 128 characters.</summary>
    public required string PaymentId { get; init; }

    /// <summary>The order the payment was started for.</summary>
    public required string OrderId { get; init; }

    /// <summary>What happened.</summary>
    public required PaymentEventKind Kind { get; init; }

    /// <summary>The amount paid, given back, or disputed or lost by this event; for the other kinds the payment's amount.</summary>
    public required Money Amount { get; init; }

    /// <summary>When it happened at the provider: a dispute that began after the last one had ended is another one.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Of a refund that we asked for: our id of it (<see cref="RefundRequest.RefundId"/>), where the provider tells it, as most do. Without it, it is taken for the answer to our question when it has
    /// that amount, unless one of that amount was taken over out of a settlement file or recorded by staff. Kept nowhere.</summary>
    public string? RefundId { get; init; }

    /// <summary>The payer's account at the provider, where it tells it: who pays for the sale they promoted earns nothing by it. Kept nowhere.</summary>
    public string? Payer { get; init; }
}

/// <summary>What became of a payment event.</summary>
public enum PaymentOutcomeKind
{
    /// <summary>Stored and acted on.</summary>
    Applied,
    /// <summary>Was stored before; nothing changed. The provider gets the answer of the first time.</summary>
    Duplicate,
    /// <summary>Stored, but nothing may be delivered for it; see the error. Repeating it changes nothing.</summary>
    Refused,
}

/// <summary>The answer to a payment event.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="State">The order's state afterwards; null when the order is unknown.</param>
/// <param name="Error">Why it was refused (<c>amount_mismatch</c>, <c>currency_mismatch</c>, <c>unknown_order</c>, <c>event_conflict</c>), or null. Also on a repetition of a refused one.</param>
public sealed record PaymentOutcome(PaymentOutcomeKind Kind, Ordering.OrderState? State, CommerceError? Error)
{
    /// <summary>Whether the provider is to be answered with success: applied now or before.</summary>
    public bool Accepted => Error is null;
}
