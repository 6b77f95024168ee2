using System.Text.Json;

namespace LinkShop.Commerce.Reconciliation;

/// <summary>How an item can be dealt with. The codes are stored and never change.</summary>
public static class ReconciliationActions
{
    /// <summary>It is recorded as if the provider had told of it: a payment delivers the order, or is given back; a refund or chargeback is gone from the order.</summary>
    public const string TakenOver = "taken_over";
    /// <summary>Staff confirmed the order by hand.</summary>
    public const string BookedByHand = "booked_by_hand";
    /// <summary>The provider was asked about it.</summary>
    public const string AskedProvider = "asked_provider";
    /// <summary>It doesn't belong to this tenant.</summary>
    public const string NotOurs = "not_ours";
    /// <summary>A later file will settle it.</summary>
    public const string ExpectedLater = "expected_later";
    /// <summary>The difference is accepted: it is moved between what the provider holds and the platform's revenue.</summary>
    public const string WrittenOff = "written_off";
    /// <summary>The amount was corrected.</summary>
    public const string Corrected = "corrected";
    /// <summary>The repetition has no consequence.</summary>
    public const string Ignored = "ignored";
    /// <summary>A later file had it: set by the import of that file, never by a person.</summary>
    public const string SettledLater = "settled_later";

    /// <summary>What a person can choose for an outcome, in the order to show it: what moves money never first, where a hasty hand would take it.</summary>
    /// <param name="outcome">The item's outcome.</param>
    /// <returns>The codes; none for <see cref="ReconciliationOutcome.Matched"/>.</returns>
    public static IReadOnlyList<string> For(ReconciliationOutcome outcome) => outcome switch
    {
        ReconciliationOutcome.MissingHere => [BookedByHand, AskedProvider, NotOurs, TakenOver],
        ReconciliationOutcome.MissingThere => [ExpectedLater, AskedProvider, WrittenOff],
        ReconciliationOutcome.AmountDiffers => [AskedProvider, Corrected, WrittenOff],
        ReconciliationOutcome.DuplicateInFile => [AskedProvider, Ignored],
        _ => [],
    };

    /// <summary>What a person can choose for an item: what moves money, only where it can.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The codes, in the order to show them.</returns>
    public static IReadOnlyList<string> For(ReconciliationItem item) =>
        [.. For(item.Outcome).Where(action => action switch { TakenOver => item.CanTakeOver, WrittenOff => item.Excess is not null, _ => true })];

    /// <summary>The stable snake_case name of an outcome: <c>missing_here</c>.</summary>
    /// <param name="outcome">The outcome.</param>
    public static string CodeOf(ReconciliationOutcome outcome) => JsonNamingPolicy.SnakeCaseLower.ConvertName(outcome.ToString());
}
