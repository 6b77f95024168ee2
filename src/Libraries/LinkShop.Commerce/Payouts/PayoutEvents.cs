namespace LinkShop.Commerce.Payouts;

/// <summary>Names of the outbox events of payouts. Their payload is <see cref="PayoutEvent"/>: ids only.</summary>
public static class PayoutEvents
{
    /// <summary>Somebody asked for a payout: staff should look.</summary>
    public const string Requested = "PayoutRequested";
    /// <summary>The money has left.</summary>
    public const string Paid = "PayoutPaid";
    /// <summary>The provider could not pay; the money is back.</summary>
    public const string Failed = "PayoutFailed";
    /// <summary>Staff refused it; the money is back.</summary>
    public const string Rejected = "PayoutRejected";
}

/// <summary>Payload of the outbox events of payouts.</summary>
/// <param name="PayoutId">The payout.</param>
/// <param name="Owner">Whose money it is.</param>
public sealed record PayoutEvent(string PayoutId, string Owner);
