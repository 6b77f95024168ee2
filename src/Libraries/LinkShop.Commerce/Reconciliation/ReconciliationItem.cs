using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Payments;

namespace LinkShop.Commerce.Reconciliation;

/// <summary>One difference between a settlement file and our events.</summary>
public sealed record ReconciliationItem
{
    /// <summary>Its number within its reconciliation, from 1, in the order of the file.</summary>
    public required int Id { get; init; }
    /// <summary>The reconciliation.</summary>
    public required string ReconciliationId { get; init; }
    /// <summary>Whose file it is in, or should be.</summary>
    public required string Provider { get; init; }
    /// <summary>Number of the file's line as an editor shows it, or null when the file doesn't have it.</summary>
    public required int? Line { get; init; }
    /// <summary>What it is about.</summary>
    public required SettlementType Type { get; init; }
    /// <summary>The provider's id of the payment.</summary>
    public required string PaymentId { get; init; }
    /// <summary>Our order, or the one the file names, or null.</summary>
    public required string? OrderId { get; init; }
    /// <summary>The order's number, as people read it out; null when it is no order of ours.</summary>
    public string? Number => OrderId is { } order && CommerceId.IsWellFormed(order) ? Ordering.OrderNumber.Of(order) : null;
    /// <summary>The provider's id of the line, or null.</summary>
    public required string? Reference { get; init; }
    /// <summary>The file's amount, or null when the file doesn't have it.</summary>
    public required Money? Theirs { get; init; }
    /// <summary>Our amount, or null when it is compared with nothing of ours.</summary>
    public required Money? Ours { get; init; }
    /// <summary>When it happened by the file, or by us when the file doesn't have it.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>We do have it, but the file of another period settled it already: money may have moved twice.</summary>
    public required bool SettledBefore { get; init; }
    /// <summary>How the sides compare; never <see cref="ReconciliationOutcome.Matched"/>.</summary>
    public required ReconciliationOutcome Outcome { get; init; }
    /// <summary>Whether somebody has dealt with it.</summary>
    public required ReconciliationItemState State { get; init; }
    /// <summary>How it was dealt with (<see cref="ReconciliationActions"/>), or null.</summary>
    public required string? Action { get; init; }
    /// <summary>More about that, or null.</summary>
    public required string? Note { get; init; }
    /// <summary>Who dealt with it, or null.</summary>
    public required string? ResolvedBy { get; init; }
    /// <summary>When, or null.</summary>
    public required DateTimeOffset? ResolvedAt { get; init; }
    /// <summary>What was posted when it was dealt with: the payment that was taken over, or what was written off (<see cref="Excess"/>). Null when nothing was.</summary>
    public required Money? Posted { get; init; }

    /// <summary>Whether a payment, refund or chargeback that we lack can be recorded as if the provider had told of it: it is about an order and wasn't in a file before.</summary>
    public bool CanTakeOver => Outcome == ReconciliationOutcome.MissingHere && Number is not null && !SettledBefore && IsOutside && Provider != PaymentFacts.Manual;

    /// <summary>What the provider holds more than our events say, below zero for less: writing it off moves so much. Null when there is nothing to write off, or it is in two currencies.</summary>
    public Money? Excess
    {
        get
        {
            if (Outcome is not (ReconciliationOutcome.MissingThere or ReconciliationOutcome.AmountDiffers) || !IsOutside || Ours is not { } ours)
                return null;
            var theirs = Theirs ?? Money.Zero(ours.Currency);
            return theirs.Currency != ours.Currency ? null : Type == SettlementType.Payment ? theirs - ours : ours - theirs;
        }
    }

    // of payments out of our own books nobody else holds anything
    private bool IsOutside => !CreditAccounts.IsOwn(Provider);
}

/// <summary>Which items to show; all given conditions must hold.</summary>
public sealed record ReconciliationItemFilter
{
    /// <summary>One outcome, or null for all.</summary>
    public ReconciliationOutcome? Outcome { get; init; }
    /// <summary>One state, or null for both.</summary>
    public ReconciliationItemState? State { get; init; }
    /// <summary><see cref="ReconciliationItemPage.Next"/> of the page before, or null for the first page.</summary>
    public int? After { get; init; }
    /// <summary>Items per page, 1 to 500.</summary>
    public int Take { get; init; } = 50;
}

/// <summary>A page of items.</summary>
/// <param name="Items">The items in the order of the file; what the file doesn't have comes last.</param>
/// <param name="Next">Where the next page begins, or null when this is the last.</param>
public sealed record ReconciliationItemPage(IReadOnlyList<ReconciliationItem> Items, int? Next);
