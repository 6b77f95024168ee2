namespace LinkShop.Commerce.Ledger;

/// <summary>What can be said of transfers without looking at the books.</summary>
internal static class LedgerRules
{
    private const int MaxText = 100;

    public static CommerceError? Check(IReadOnlyList<LedgerTransfer> transfers)
    {
        for (var i = 0; i < transfers.Count; i++)
        {
            if (Problem(transfers[i]) is { } problem)
                return new CommerceError(CommerceErrors.Invalid, problem, FieldOf(i));
        }

        return null;
    }

    public static string FieldOf(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"transfers[{index}]");

    private static string? Problem(LedgerTransfer transfer)
    {
        if (!IsText(transfer.Id) || !IsText(transfer.Reason))
            return "A transfer needs an id and a reason of 1 to 100 characters.";
        if (transfer.Amount is { Minor: <= 0 })
            return "An amount must be above zero; to move it back, swap the accounts.";
        if (transfer.Kind is LedgerTransferKind.Post or LedgerTransferKind.Void)
            return IsText(transfer.HoldId) ? null : "The end of a hold needs the hold's id.";
        if (transfer.Amount is not { } amount || !Currencies.IsKnown(amount.Currency))
            return "A transfer needs an amount in an ISO 4217 currency.";
        if (transfer.Debit == transfer.Credit)
            return "A transfer needs two accounts.";
        return transfer.Debit.Owner is { Length: <= MaxText } && transfer.Credit.Owner is { Length: <= MaxText } ? null : "An account's owner has at most 100 characters.";
    }

    private static bool IsText(string? text) => text is { Length: >= 1 and <= MaxText };
}
