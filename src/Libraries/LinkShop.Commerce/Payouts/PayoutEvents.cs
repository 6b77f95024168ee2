namespace LinkShop.Commerce.Payouts;

/// <summary>Names of the outbox events of payouts. Their payload is <see cref="PayoutEvent"/> if nothing else is said: ids only.</summary>
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
    /// <summary>All of a payee that has to be verified is: payouts can be asked for. Its payload is <see cref="PayeeEvent"/>.</summary>
    public const string PayeeVerified = "PayeeVerified";
}

/// <summary>Payload of the outbox events of payouts.</summary>
/// <param name="PayoutId">The payout.</param>
/// <param name="Owner">Whose money it is.</param>
public sealed record PayoutEvent(string PayoutId, string Owner);

/// <summary>Payload of the outbox event of a payee.</summary>
/// <param name="Owner">Whose payee it is: a user's id, empty for the shop itself.</param>
public sealed record PayeeEvent(string Owner);
