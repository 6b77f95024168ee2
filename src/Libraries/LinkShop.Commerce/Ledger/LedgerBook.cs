namespace LinkShop.Commerce.Ledger;

/// <summary>An account's row while a batch is worked out.</summary>
internal sealed class AccountState(long id, bool floored, long balance, long held, long lastAt)
{
    public long Id => id;

    public bool Floored => floored;

    public long LastAt => lastAt;

    public long Balance { get; set; } = balance;

    public long Held { get; set; } = held;

    /// <summary>Whether an amount can be taken.</summary>
    public bool Has(long amount) => !floored || Balance - Held >= amount;
}

/// <summary>A hold that has not ended.</summary>
internal sealed record OpenHold(string Id, long Debit, long Credit, long Amount);

/// <summary>A transfer as it is stored; the balances after it are null when it moves nothing.</summary>
internal sealed record StoredTransfer(
    string Id, LedgerTransferKind Kind, long Debit, long Credit, long Amount, long? DebitAfter, long? CreditAfter, string? HoldId, string Reason, string? Reference, long? ExpiresAt);

/// <summary>Works a batch out in memory, on rows that are locked: who has what after each transfer, or why one is refused. Writes nothing.</summary>
internal sealed class LedgerBook(Dictionary<long, AccountState> accounts, Dictionary<string, OpenHold> holds, Dictionary<string, StoredTransfer> existing)
{
    private readonly Dictionary<string, LedgerTransfer> _seen = new(StringComparer.Ordinal);

    public List<StoredTransfer> New { get; } = [];

    /// <summary>Holds that begin in this batch and are open after it.</summary>
    public Dictionary<string, StoredTransfer> NewHolds { get; } = new(StringComparer.Ordinal);

    /// <summary>Holds that were open before this batch and aren't after it.</summary>
    public List<string> EndedHolds { get; } = [];

    /// <summary>Takes a transfer up.</summary>
    /// <param name="transfer">The transfer.</param>
    /// <param name="debit">Row of its debit account; none for the end of a hold.</param>
    /// <param name="credit">Row of its credit account; none for the end of a hold.</param>
    /// <returns>Why it is refused, or null.</returns>
    public (string Code, string Message)? Apply(LedgerTransfer transfer, long debit, long credit)
    {
        if (_seen.TryGetValue(transfer.Id, out var same))
            return same == transfer ? null : Conflict(transfer);
        _seen.Add(transfer.Id, transfer);
        if (existing.TryGetValue(transfer.Id, out var known))
            return IsSame(known, transfer, debit, credit) ? null : Conflict(transfer);
        return transfer.Kind is LedgerTransferKind.Post or LedgerTransferKind.Void ? End(transfer) : Begin(transfer, debit, credit);
    }

    private (string, string)? Begin(LedgerTransfer transfer, long debitId, long creditId)
    {
        var (debit, credit) = (accounts[debitId], accounts[creditId]);
        var amount = transfer.Amount!.Value.Minor;
        if (!debit.Has(amount))
            return (CommerceErrors.InsufficientFunds, $"{transfer.Debit} has less than {transfer.Amount} to give.");
        if (transfer.Kind == LedgerTransferKind.Single)
        {
            Move(debit, credit, amount);
            New.Add(Store(transfer, debit, credit, amount, moved: true));
            return null;
        }

        debit.Held = checked(debit.Held + amount);
        var stored = Store(transfer, debit, credit, amount, moved: false);
        New.Add(stored);
        NewHolds.Add(transfer.Id, stored);
        holds[transfer.Id] = new OpenHold(transfer.Id, debitId, creditId, amount);
        return null;
    }

    private (string, string)? End(LedgerTransfer transfer)
    {
        if (!holds.Remove(transfer.HoldId!, out var hold))
            return (CommerceErrors.HoldEnded, $"The hold '{transfer.HoldId}' has ended, or there never was one.");
        var (debit, credit) = (accounts[hold.Debit], accounts[hold.Credit]);
        var amount = transfer.Kind == LedgerTransferKind.Post ? transfer.Amount?.Minor ?? hold.Amount : hold.Amount;
        if (amount > hold.Amount)
            return (CommerceErrors.InsufficientFunds, $"The hold '{transfer.HoldId}' is for less than {transfer.Amount}.");
        debit.Held -= hold.Amount;
        var moved = transfer.Kind == LedgerTransferKind.Post;
        if (moved)
            Move(debit, credit, amount);
        New.Add(Store(transfer, debit, credit, amount, moved));
        if (!NewHolds.Remove(hold.Id))
            EndedHolds.Add(hold.Id);
        return null;
    }

    private static void Move(AccountState debit, AccountState credit, long amount)
    {
        debit.Balance = checked(debit.Balance - amount);
        credit.Balance = checked(credit.Balance + amount);
    }

    private static StoredTransfer Store(LedgerTransfer transfer, AccountState debit, AccountState credit, long amount, bool moved) => new(
        transfer.Id, transfer.Kind, debit.Id, credit.Id, amount, moved ? debit.Balance : null, moved ? credit.Balance : null,
        transfer.HoldId, transfer.Reason, transfer.Reference, transfer.ExpiresAt?.ToUnixTimeMilliseconds());

    private static bool IsSame(StoredTransfer known, LedgerTransfer transfer, long debit, long credit) =>
        known.Kind == transfer.Kind && known.HoldId == transfer.HoldId && known.Reason == transfer.Reason && known.Reference == transfer.Reference
        && (transfer.Amount is not { } amount || amount.Minor == known.Amount)
        && (transfer.HoldId is not null || (known.Debit == debit && known.Credit == credit));

    private static (string, string) Conflict(LedgerTransfer transfer) => (CommerceErrors.TransferConflict, $"The transfer '{transfer.Id}' was written before with another content.");
}
