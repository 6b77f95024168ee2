using LinkShop.Commerce;
using LinkShop.Commerce.Reconciliation;
using Microsoft.AspNetCore.Http;

namespace LinkShop.Finance.ViewModels;

/// <summary>The files compared so far, and the form for the next.</summary>
/// <param name="Providers">Names of the payment providers there are.</param>
/// <param name="Errors">What is wrong in the lines of a file that was refused.</param>
public sealed record ReconciliationsViewModel(
    IReadOnlyList<ReconciliationSummary> Files, IReadOnlyList<string> Providers, string? Next, SettlementFileForm Form, IReadOnlyList<SettlementFileError> Errors, string? AlreadyImported);

/// <summary>One compared file.</summary>
/// <param name="Costs">What was booked as payment cost in its days, by currency.</param>
/// <param name="MayConfirm">Whether the reader may have payments taken over.</param>
public sealed record ReconciliationViewModel(
    ReconciliationSummary File, ReconciliationItemPage Items, IReadOnlyList<Money> Costs, bool MayConfirm, ReconciliationOutcome? Outcome, ReconciliationItemState? State)
{
    /// <summary>The sums of both sides; of fees, what was booked as payment cost stands for ours, also where the file has none.</summary>
    public IEnumerable<(SettlementType Type, Money Theirs, Money Ours)> Sums => File.Sums
        .Select(s => (s.Type, s.Theirs, s.Type == SettlementType.Fee ? CostIn(s.Theirs.Currency) : s.Ours))
        .Concat(Costs.Where(c => !File.Sums.Any(s => s.Type == SettlementType.Fee && s.Theirs.Currency == c.Currency)).Select(c => (SettlementType.Fee, Money.Zero(c.Currency), c)))
        .OrderBy(s => s.Item2.Currency, StringComparer.Ordinal).ThenBy(s => s.Item1);

    /// <summary>What the reader can do about a difference.</summary>
    public IEnumerable<string> ActionsFor(ReconciliationItem item) => ReconciliationActions.For(item).Where(a => MayConfirm || a != ReconciliationActions.TakenOver);

    private Money CostIn(string currency) => Costs.FirstOrDefault(c => c.Currency == currency) is { Currency: not null } cost ? cost : Money.Zero(currency);
}

/// <summary>What providers paid out to the bank, and what they still hold.</summary>
/// <param name="Providers">Names of those that can have paid out.</param>
/// <param name="Next">Where the next page begins, or null.</param>
/// <param name="AsksWhetherMore">More than the provider holds was to be recorded.</param>
public sealed record ArrivalsViewModel(IReadOnlyList<Holding> Holdings, IReadOnlyList<string> Providers, IReadOnlyList<ArrivalView> Arrivals, string? Next, ArrivalForm Form, bool AsksWhetherMore);

/// <summary>The form of an arrival.</summary>
public sealed class ArrivalForm
{
    public string? Provider { get; set; }

    public string? Currency { get; set; }

    public string? Amount { get; set; }

    public DateOnly? Day { get; set; }

    /// <summary>The bank's.</summary>
    public string? Reference { get; set; }

    /// <summary>Right, although the provider holds less by the books.</summary>
    public bool MoreThanHeld { get; set; }
}

/// <summary>The form of an upload.</summary>
public sealed class SettlementFileForm
{
    public IFormFile? File { get; set; }

    public string? Provider { get; set; }

    /// <summary>Whether the file's days, and its times without an offset, are UTC and not the site's.</summary>
    public bool Utc { get; set; }

    /// <summary>First day that the file covers; both empty for the file's own.</summary>
    public DateOnly? From { get; set; }

    /// <summary>Last day that it covers.</summary>
    public DateOnly? Until { get; set; }
}
