using LinkShop.Commerce.Payments;

namespace LinkShop.Commerce.Reconciliation;

/// <summary>An event of ours as far as a settlement file can have it.</summary>
internal sealed record OurEvent(string EventId, string OrderId, string PaymentId, PaymentEventKind Kind, long Amount, string Currency, DateTimeOffset OccurredAt)
{
    public Money Money => new(Amount, Currency);

    public SettlementType Type => Kind switch
    {
        PaymentEventKind.Paid => SettlementType.Payment,
        PaymentEventKind.Refunded => SettlementType.Refund,
        PaymentEventKind.DisputeLost => SettlementType.Chargeback,
        _ => throw new InvalidOperationException($"A settlement file doesn't have {Kind}."),
    };
}

/// <summary>An event that an open line may be about although it isn't among those of the period.</summary>
/// <param name="Event">The event.</param>
/// <param name="Missed">An earlier file should have had it and hadn't.</param>
/// <param name="Settled">An earlier file had it.</param>
internal sealed record OutsideEvent(OurEvent Event, bool Missed, bool Settled);
