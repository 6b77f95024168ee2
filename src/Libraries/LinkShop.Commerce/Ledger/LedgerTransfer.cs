namespace LinkShop.Commerce.Ledger;

/// <summary>What a transfer does.</summary>
public enum LedgerTransferKind
{
    /// <summary>Moves an amount.</summary>
    Single,

    /// <summary>Keeps an amount of the debit account until it is posted, voided or timed out.</summary>
    Hold,

    /// <summary>Ends a hold by moving all or a part of it; the rest is free again.</summary>
    Post,

    /// <summary>Ends a hold and moves nothing.</summary>
    Void,
}

/// <summary>One entry to write: made by the functions below.</summary>
public sealed record LedgerTransfer
{
    private LedgerTransfer()
    {
    }

    /// <summary>Made by the caller and unique for the tenant, 1 to 100 characters. The same id with the same content is the same transfer, however often it is sent.</summary>
    public required string Id { get; init; }

    /// <summary>What it does.</summary>
    public required LedgerTransferKind Kind { get; init; }

    /// <summary>Where the amount comes from; not given for the end of a hold.</summary>
    public LedgerAccount Debit { get; init; }

    /// <summary>Where it goes; not given for the end of a hold.</summary>
    public LedgerAccount Credit { get; init; }

    /// <summary>How much, above zero. Null for a void, and for a post of the whole hold.</summary>
    public Money? Amount { get; init; }

    /// <summary>The hold that this ends.</summary>
    public string? HoldId { get; init; }

    /// <summary>Why, as a stable snake_case code of 1 to 100 characters, for example <c>commission</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>What it is about, for example an order's id.</summary>
    public string? Reference { get; init; }

    /// <summary>When a hold ends by itself; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Moves an amount.</summary>
    public static LedgerTransfer Move(string id, LedgerAccount debit, LedgerAccount credit, Money amount, string reason, string? reference = null) =>
        new() { Id = id, Kind = LedgerTransferKind.Single, Debit = debit, Credit = credit, Amount = amount, Reason = reason, Reference = reference };

    /// <summary>Keeps an amount for a later move.</summary>
    public static LedgerTransfer Hold(string id, LedgerAccount debit, LedgerAccount credit, Money amount, string reason, string? reference = null, DateTimeOffset? expiresAt = null) =>
        new() { Id = id, Kind = LedgerTransferKind.Hold, Debit = debit, Credit = credit, Amount = amount, Reason = reason, Reference = reference, ExpiresAt = expiresAt };

    /// <summary>Moves what was held, or a part of it.</summary>
    public static LedgerTransfer Post(string id, string holdId, string reason, Money? amount = null, string? reference = null) =>
        new() { Id = id, Kind = LedgerTransferKind.Post, HoldId = holdId, Amount = amount, Reason = reason, Reference = reference };

    /// <summary>Frees what was held.</summary>
    public static LedgerTransfer Void(string id, string holdId, string reason, string? reference = null) =>
        new() { Id = id, Kind = LedgerTransferKind.Void, HoldId = holdId, Reason = reason, Reference = reference };
}
