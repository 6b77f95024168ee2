using LinkShop.Commerce.Ledger;

namespace LinkShop.Commerce.Payouts;

/// <summary>Money on its way from an account of the books to its owner's account at a bank.</summary>
public sealed record Payout
{
    /// <summary>Who decides what nobody has to; among the people of a payout, that it went by itself.</summary>
    public const string Worker = "worker";

    /// <summary>Made by the client.</summary>
    public required string Id { get; init; }

    /// <summary>Whose money: a user id; empty for the shop of the house.</summary>
    public required string Owner { get; init; }

    /// <summary>The account it comes from.</summary>
    public required LedgerPurpose Purpose { get; init; }

    /// <summary>What the owner's account gives, the fee included.</summary>
    public required Money Amount { get; init; }

    /// <summary>The part of it that the platform keeps.</summary>
    public required Money Fee { get; init; }

    /// <summary>What arrives.</summary>
    public Money Net => Amount - Fee;

    /// <summary>Name of the provider that pays.</summary>
    public required string Provider { get; init; }

    /// <summary>Where to, as it may be shown: <c>招商银行 ****1234</c>.</summary>
    public required string DestinationMask { get; init; }

    /// <summary>Where it is.</summary>
    public required PayoutState State { get; init; }

    /// <summary>How many people have to approve it: 1 or 2.</summary>
    public required int ApprovalsNeeded { get; init; }

    /// <summary>Who asked for it.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>Who approved it first.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>Who approved it after that, where it takes two.</summary>
    public string? SecondApprovedBy { get; init; }

    /// <summary>Who gave the last approval, rejected it or called it off.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>When it was first given to the provider.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When it became known that the money has left.</summary>
    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>Who told what came of it, for a provider that is done by hand.</summary>
    public string? ConfirmedBy { get; init; }

    /// <summary>The provider's own id of it.</summary>
    public string? ProviderReference { get; init; }

    /// <summary>Why it was rejected or failed.</summary>
    public string? Note { get; init; }

    /// <summary>How often the provider was asked.</summary>
    public int Attempts { get; init; }

    /// <summary>What went wrong at the last attempt.</summary>
    public string? LastError { get; init; }

    /// <summary>How often it was written to a file for the bank.</summary>
    public int Exports { get; init; }

    /// <summary>Who took the last file.</summary>
    public string? ExportedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? ExportedAt { get; init; }
}
