namespace LinkShop.Commerce.Payouts;

/// <summary>The codes of <see cref="CommerceError"/> that only payouts use. They are part of the public API and never change.</summary>
public static class PayoutErrors
{
    /// <summary>The payee has not said who they are.</summary>
    public const string IdentityMissing = "identity_missing";
    /// <summary>Nobody has verified who the payee is since it was last changed.</summary>
    public const string IdentityUnverified = "identity_unverified";
    /// <summary>The payee has no tax id.</summary>
    public const string TaxProfileMissing = "tax_profile_missing";
    /// <summary>The payee has not said where to pay to.</summary>
    public const string DestinationMissing = "destination_missing";
    /// <summary>Nobody has verified the destination since it was last changed.</summary>
    public const string DestinationUnverified = "destination_unverified";
    /// <summary>The amount, or what is left of it after the fee, is too small to be paid out.</summary>
    public const string BelowMinimum = "below_minimum";
    /// <summary>This takes another person: not the owner, not who entered or asked for it, not who approved it before.</summary>
    public const string FourEyes = "four_eyes";
    /// <summary>The owner has come to owe; of a payout that was called off for it, its note.</summary>
    public const string OwnerOwes = "owner_owes";
    /// <summary>The owner is a promoter who is looked at or switched off.</summary>
    public const string OwnerStopped = "owner_stopped";
    /// <summary>The shop has another owner; only the note of a payout that was called off for it.</summary>
    public const string OwnerChanged = "owner_changed";
}
