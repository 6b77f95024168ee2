using LinkShop.Commerce.Reconciliation;
using Microsoft.AspNetCore.Http;

namespace LinkShop.Finance.ViewModels;

/// <summary>The files compared so far, and the form for the next.</summary>
/// <param name="Providers">Names of the payment providers there are.</param>
/// <param name="Errors">What is wrong in the lines of a file that was refused.</param>
public sealed record ReconciliationsViewModel(
    IReadOnlyList<ReconciliationSummary> Files, IReadOnlyList<string> Providers, string? Next, SettlementFileForm Form, IReadOnlyList<SettlementFileError> Errors, string? AlreadyImported);

/// <summary>One compared file.</summary>
public sealed record ReconciliationViewModel(ReconciliationSummary File, ReconciliationItemPage Items, ReconciliationOutcome? Outcome, ReconciliationItemState? State);

/// <summary>The form of an upload.</summary>
public sealed class SettlementFileForm
{
    public IFormFile? File { get; set; }

    public string? Provider { get; set; }

    /// <summary>First day that the file covers, of the site's days; both empty for the file's own.</summary>
    public DateOnly? From { get; set; }

    /// <summary>Last day that it covers.</summary>
    public DateOnly? Until { get; set; }
}
