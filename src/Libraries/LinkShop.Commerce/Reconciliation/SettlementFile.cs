namespace LinkShop.Commerce.Reconciliation;

/// <summary>A line of a settlement file.</summary>
internal sealed record SettlementLine(int Line, string PaymentId, SettlementType Type, Money Amount, DateTimeOffset At, string? OrderId, string? Reference);

/// <summary>A settlement file without errors.</summary>
/// <param name="Lines">Its lines in the file's order, at least one.</param>
/// <param name="Hash">SHA-256 of its bytes, lower-case hexadecimal.</param>
/// <param name="Clock">Whose days its times are of.</param>
internal sealed record SettlementFile(IReadOnlyList<SettlementLine> Lines, string Hash, SettlementClock Clock)
{
    /// <summary>The file's own times, widened to whole days.</summary>
    public ReconciliationPeriod OwnPeriod()
    {
        var (first, last) = (Lines[0].At, Lines[0].At);
        foreach (var line in Lines)
            (first, last) = (line.At < first ? line.At : first, line.At > last ? line.At : last);
        return Clock.DaysOf(first, last);
    }
}

/// <summary>The errors of a file, in its order.</summary>
internal sealed class SettlementErrors
{
    public const int Most = 1000;
    private readonly List<CommerceError> _all = [];

    public IReadOnlyList<CommerceError> All => _all;

    public bool IsFull => _all.Count >= Most;

    public void Add(int line, string? column, string code, string message)
    {
        if (!IsFull)
            _all.Add(new SettlementFileError(line, column, code, message).ToCommerceError());
    }
}
