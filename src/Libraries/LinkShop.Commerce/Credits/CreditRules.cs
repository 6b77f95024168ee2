namespace LinkShop.Commerce.Credits;

/// <summary>What can be said of a grant without looking at the books.</summary>
internal static class CreditRules
{
    /// <summary>A slip of the keyboard shouldn't give a fortune.</summary>
    public const long MostMinor = 100_000_000;

    private const int MaxReason = 500;

    public static CommerceError? Check(CreditGrant grant)
    {
        if (!IsId(grant.Id))
            return new(CommerceErrors.Invalid, "An id has 1 to 64 letters, digits, - and _.", "id");
        if (grant.UserId is not { Length: >= 1 and <= 100 })
            return new(CommerceErrors.Required, "Who gets it is missing.", "user");
        if (!Enum.IsDefined(grant.Kind))
            return new(CommerceErrors.Invalid, "There is no such kind of credit.", "kind");
        if (!Currencies.IsKnown(grant.Amount.Currency))
            return new(CommerceErrors.Invalid, "The currency isn't an ISO 4217 currency.", "currency");
        if (grant.Amount.Minor is <= 0 or > MostMinor)
            return new(CommerceErrors.Invalid, $"An amount is above zero and at most {new Money(MostMinor, grant.Amount.Currency)}.", "amount");
        return CheckWords(grant.Reason, grant.Actor);
    }

    public static CommerceError? Check(CreditTakeBack takeBack) =>
        IsId(takeBack.Id) ? CheckWords(takeBack.Reason, takeBack.Actor) : new(CommerceErrors.Invalid, "An id has 1 to 64 letters, digits, - and _.", "id");

    private static CommerceError? CheckWords(string? reason, string? actor)
    {
        if (string.IsNullOrWhiteSpace(reason))
            return new(CommerceErrors.Required, "Why is missing.", "reason");
        if (reason.Length > MaxReason)
            return new(CommerceErrors.TooLong, $"At most {MaxReason} characters.", "reason");
        return string.IsNullOrWhiteSpace(actor) ? new(CommerceErrors.Required, "Who does it is missing.", "actor") : null;
    }

    private static bool IsId(string? id) => id is { Length: >= 1 and <= 64 } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
