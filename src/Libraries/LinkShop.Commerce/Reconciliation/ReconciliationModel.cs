namespace LinkShop.Commerce.Reconciliation;

/// <summary>What a line of a settlement file is about.</summary>
public enum SettlementType
{
    /// <summary>A payment by a buyer.</summary>
    Payment,
    /// <summary>An amount given back; a payment may have several.</summary>
    Refund,
    /// <summary>What the provider charges; added up for information, compared to nothing.</summary>
    Fee,
    /// <summary>A payment that a lost dispute took back.</summary>
    Chargeback,
}

/// <summary>How a line of a settlement file and our events compare.</summary>
public enum ReconciliationOutcome
{
    /// <summary>Both have it with one amount.</summary>
    Matched,
    /// <summary>The file has it; we don't, or an earlier file has settled it (<see cref="ReconciliationItem.SettledBefore"/>).</summary>
    MissingHere,
    /// <summary>We have it in the period; the file doesn't.</summary>
    MissingThere,
    /// <summary>Both have it, with different amounts or currencies.</summary>
    AmountDiffers,
    /// <summary>The file has it more than once; this is a repetition.</summary>
    DuplicateInFile,
}

/// <summary>Whether somebody has dealt with an item.</summary>
public enum ReconciliationItemState
{
    /// <summary>Waits for a person.</summary>
    Open,
    /// <summary>Dealt with, see its action.</summary>
    Resolved,
}

/// <summary>A stretch of time.</summary>
/// <param name="From">Its first moment.</param>
/// <param name="Until">The first moment after it.</param>
public readonly record struct ReconciliationPeriod(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Whether a moment lies in it.</summary>
    /// <param name="moment">The moment.</param>
    public bool Contains(DateTimeOffset moment) => moment >= From && moment < Until;
}

/// <summary>What comes with a settlement file.</summary>
/// <param name="Provider">Name of the payment provider, 1 to 64 characters.</param>
/// <param name="FileName">The file's name for people, 1 to 200 characters.</param>
/// <param name="Actor">Who uploads it, 1 to 128 characters.</param>
/// <param name="Period">What the file covers; null to take the file's own times, widened to whole days.</param>
/// <param name="Zone">Where the file's days and its times without an offset are; null when its days are UTC and its times have an offset.</param>
public sealed record ReconciliationRequest(string Provider, string FileName, string Actor, ReconciliationPeriod? Period = null, TimeZoneInfo? Zone = null);

/// <summary>What one kind of movement comes to on both sides.</summary>
/// <param name="Type">The kind.</param>
/// <param name="Theirs">Sum of the file's lines, repetitions included.</param>
/// <param name="Ours">Sum of our events; zero for fees.</param>
public sealed record ReconciliationSum(SettlementType Type, Money Theirs, Money Ours);

/// <summary>One compared file.</summary>
public sealed record ReconciliationSummary
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }
    /// <summary>Name of the payment provider.</summary>
    public required string Provider { get; init; }
    /// <summary>The file's name.</summary>
    public required string FileName { get; init; }
    /// <summary>SHA-256 of the file's bytes, lower-case hexadecimal.</summary>
    public required string FileHash { get; init; }
    /// <summary>What it covers.</summary>
    public required ReconciliationPeriod Period { get; init; }
    /// <summary>Who uploaded it.</summary>
    public required string CreatedBy { get; init; }
    /// <summary>When it was compared.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>Lines of the file without the header: the fees and each outcome but <see cref="MissingThere"/> together.</summary>
    public required int Lines { get; init; }
    /// <summary>Lines that are fees.</summary>
    public required int Fees { get; init; }
    /// <summary>Lines that agree with us.</summary>
    public required int Matched { get; init; }
    /// <summary>Lines that we don't have.</summary>
    public required int MissingHere { get; init; }
    /// <summary>Events of ours that the file doesn't have.</summary>
    public required int MissingThere { get; init; }
    /// <summary>Lines whose amount or currency isn't ours.</summary>
    public required int AmountDiffers { get; init; }
    /// <summary>Lines that repeat another one.</summary>
    public required int DuplicateInFile { get; init; }
    /// <summary>Of the matched and differing ones, those that happened outside the period with us.</summary>
    public required int Carried { get; init; }
    /// <summary>Items nobody has dealt with.</summary>
    public required int OpenItems { get; init; }
    /// <summary>Sums by kind and currency.</summary>
    public required IReadOnlyList<ReconciliationSum> Sums { get; init; }
}
