namespace LinkShop.Commerce.Payouts;

/// <summary>Where a payout is. See <see cref="PayoutTransitions"/>.</summary>
public enum PayoutState
{
    /// <summary>Asked for; the amount is held. Stays so with the first of two approvals.</summary>
    Requested,
    /// <summary>Approved by as many as it takes, and not sent yet.</summary>
    Approved,
    /// <summary>The provider was asked, or is about to be; what came of it isn't known yet.</summary>
    Sending,
    /// <summary>The money has left.</summary>
    Paid,
    /// <summary>The provider could not pay; the money is the owner's again.</summary>
    Failed,
    /// <summary>Refused by staff; the money is the owner's again.</summary>
    Rejected,
    /// <summary>Called off by the owner; the money is the owner's again.</summary>
    Cancelled,
}
