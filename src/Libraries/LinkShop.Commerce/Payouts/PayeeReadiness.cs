namespace LinkShop.Commerce.Payouts;

/// <summary>What a payee has to have before anything is paid out: one list for who asks and for the screen that helps them.</summary>
public static class PayeeReadiness
{
    /// <summary>All that is missing, with the field: codes of <see cref="PayoutErrors"/>.</summary>
    /// <param name="payee">The payee; null when nothing is stored of them.</param>
    public static IReadOnlyList<CommerceError> Missing(Payee? payee) => Missing(
        payee?.Profile.Identity is not null, payee?.IdentityVerifiedAt is not null, payee?.Profile.TaxId is not null, payee?.Profile.Destination is not null, payee?.DestinationVerifiedAt is not null);

    /// <summary>The same of a stored row.</summary>
    internal static List<CommerceError> Missing(PayeeRow? payee) => Missing(
        payee?.Identity is not null, payee?.IdentityVerifiedAt is not null, payee?.TaxId is not null, payee?.Destination is not null, payee?.DestinationVerifiedAt is not null);

    private static List<CommerceError> Missing(bool identity, bool identityVerified, bool tax, bool destination, bool destinationVerified)
    {
        var errors = new List<CommerceError>();
        if (!identity)
            errors.Add(new(PayoutErrors.IdentityMissing, "The payee has not said who they are.", "identity"));
        else if (!identityVerified)
            errors.Add(new(PayoutErrors.IdentityUnverified, "Nobody has verified who the payee is.", "identity"));
        if (!tax)
            errors.Add(new(PayoutErrors.TaxProfileMissing, "The payee has no tax id.", "taxId"));
        if (!destination)
            errors.Add(new(PayoutErrors.DestinationMissing, "The payee has not said where to pay to.", "destination"));
        else if (!destinationVerified)
            errors.Add(new(PayoutErrors.DestinationUnverified, "Nobody has verified where to pay to.", "destination"));
        return errors;
    }
}
