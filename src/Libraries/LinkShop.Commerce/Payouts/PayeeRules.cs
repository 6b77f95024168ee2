namespace LinkShop.Commerce.Payouts;

/// <summary>Checks and trims what is entered about a payee.</summary>
internal sealed class PayeeRules(PayoutProviders providers)
{
    private const int MaxText = 100;

    /// <summary>An id of a person or account of ours: at most as long as the ledger takes.</summary>
    public static bool IsActor(string? actor) => !string.IsNullOrWhiteSpace(actor) && actor.Length <= MaxText;

    public static PayeeProfile Trim(PayeeProfile profile) => profile with
    {
        Name = profile.Name?.Trim() ?? "",
        Identity = profile.Identity is { } identity ? new PayeeIdentity(identity.LegalName?.Trim() ?? "", Typed.Plain(identity.IdNumber).Trim()) : null,
        TaxId = string.IsNullOrWhiteSpace(profile.TaxId) ? null : Typed.Plain(profile.TaxId).Trim(),
        TaxCountry = string.IsNullOrWhiteSpace(profile.TaxCountry) ? null : Typed.Plain(profile.TaxCountry).Trim().ToUpperInvariant(),
        Destination = profile.Destination is { } to
            ? to with { Account = Typed.Plain(to.Account).Trim(), AccountName = to.AccountName?.Trim() ?? "", Bank = string.IsNullOrWhiteSpace(to.Bank) ? null : to.Bank.Trim() }
            : null,
    };

    public List<CommerceError> Check(PayeeProfile profile, string actor)
    {
        var errors = new List<CommerceError>();
        if (profile.Owner is not { Length: <= MaxText })
            errors.Add(new CommerceError(CommerceErrors.Invalid, "An owner has at most 100 characters.", "owner"));
        if (!IsActor(actor))
            errors.Add(new CommerceError(CommerceErrors.Required, "It takes somebody who enters it.", "actor"));
        Text(errors, profile.Name, "name");
        if (profile.Identity is { } identity)
        {
            Text(errors, identity.LegalName, "identity.legalName");
            Text(errors, identity.IdNumber, "identity.idNumber");
        }

        CheckTax(errors, profile);
        if (profile.Destination is { } destination)
            CheckDestination(errors, destination);
        return errors;
    }

    private static void CheckTax(List<CommerceError> errors, PayeeProfile profile)
    {
        if (profile.TaxId is not null)
            Text(errors, profile.TaxId, "taxId");
        else if (profile.TaxCountry is not null)
            errors.Add(new CommerceError(CommerceErrors.Required, "A country needs a tax id.", "taxId"));
        if (profile.TaxId is not null && profile.TaxCountry is not { Length: 2 })
            errors.Add(new CommerceError(profile.TaxCountry is null ? CommerceErrors.Required : CommerceErrors.Invalid, "A tax id needs its country's two letters.", "taxCountry"));
        else if (profile.TaxCountry is { } country && !country.All(char.IsAsciiLetterUpper))
            errors.Add(new CommerceError(CommerceErrors.Invalid, "A country has two letters.", "taxCountry"));
    }

    private void CheckDestination(List<CommerceError> errors, PayoutDestination destination)
    {
        Text(errors, destination.Account, "destination.account");
        Text(errors, destination.AccountName, "destination.accountName");
        if (destination.Kind == PayoutDestinationKind.Bank)
            Text(errors, destination.Bank, "destination.bank");
        else if (destination.Bank is not null)
            errors.Add(new CommerceError(CommerceErrors.Invalid, "Only an account at a bank has a bank.", "destination.bank"));
        if (destination.Provider is null || providers.Find(destination.Provider) is not { } provider)
            errors.Add(new CommerceError(CommerceErrors.Invalid, "There is no such provider.", "destination.provider"));
        else if (!provider.DestinationKinds.Contains(destination.Kind))
            errors.Add(new CommerceError(CommerceErrors.Invalid, "The provider can't pay there.", "destination.kind"));
    }

    private static void Text(List<CommerceError> errors, string? text, string field)
    {
        if (string.IsNullOrEmpty(text))
            errors.Add(new CommerceError(CommerceErrors.Required, "It is missing.", field));
        else if (text.Length > MaxText)
            errors.Add(new CommerceError(CommerceErrors.TooLong, "At most 100 characters.", field));
        else if (text.Any(char.IsControl))
            errors.Add(new CommerceError(CommerceErrors.Invalid, "It has characters that can't be written.", field));
    }
}
