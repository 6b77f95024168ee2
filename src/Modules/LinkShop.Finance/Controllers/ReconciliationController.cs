using System.Text;
using LinkShop.Commerce;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Reconciliation;
using LinkShop.Finance.Services;
using LinkShop.Finance.ViewModels;
using LinkShop.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Settings;

namespace LinkShop.Finance.Controllers;

/// <summary>Settlement files of payment providers against our own events.</summary>
[Admin("Reconciliation/{action}/{id?}", "Reconciliation{action}")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ReconciliationController(
    IReconciliations reconciliations, IEnumerable<IPaymentProvider> providers, FinanceMessages messages, FinanceAccess access, ISiteService sites, TenantScope scope,
    INotifier notifier, IHtmlLocalizer<ReconciliationController> H) : Controller
{
    private const int PageSize = 50;
    // a file may have 50 MB; the rest is for the form around it
    private const int MostBytes = 51 * 1024 * 1024;

    private CancellationToken Gone => HttpContext.RequestAborted;

    /// <summary>The files so far.</summary>
    public async Task<IActionResult> Index(string? after) => await MayAsync() ? View(await ListAsync(new SettlementFileForm(), [], after)) : Forbid();

    /// <summary>Compares a file.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    [RequestSizeLimit(MostBytes), RequestFormLimits(MultipartBodyLengthLimit = MostBytes)]
    public async Task<IActionResult> Import(SettlementFileForm form)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        var result = await CompareAsync(form);
        if (result.Succeeded)
        {
            var file = result.Value;
            await notifier.SuccessAsync(file.OpenItems == 0 ? H["{0} lines compared: everything agrees.", file.Lines] : H["{0} lines compared. Differences to deal with: {1}.", file.Lines, file.OpenItems]);
            return RedirectToAction(nameof(Details), new { id = file.Id });
        }

        var lines = result.Errors.Select(SettlementFileError.Of).OfType<SettlementFileError>().ToList();
        var already = result.Error is { Code: "already_imported" } known ? known.Field : null;
        foreach (var error in result.Errors.Where(e => already is null && SettlementFileError.Of(e) is null))
        {
            ModelState.AddModelError(error.Field ?? "", messages.Of(error));
        }

        Response.StatusCode = already is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict;
        return View("Index", await ListAsync(form, lines, null) with { AlreadyImported = already });
    }

    /// <summary>What a file and we have, and what differs.</summary>
    public async Task<IActionResult> Details(string id, ReconciliationOutcome? outcome, ReconciliationItemState? state, int? after)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        return await reconciliations.GetAsync(scope, id ?? "", Gone) is { } file
            ? View(new ReconciliationViewModel(
                file, await reconciliations.ItemsAsync(scope, file.Id, Filter(outcome, state, after), Gone), await reconciliations.PaymentCostsAsync(scope, file, Gone),
                await access.MayAsync(User, Permissions.ConfirmPayments), outcome, state))
            : NotFound();
    }

    /// <summary>Deals with a difference, and records how.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Resolve(string id, int item, string? chosen, string? note, ReconciliationOutcome? outcome, ReconciliationItemState? state)
    {
        if (!await MayAsync() || (chosen == ReconciliationActions.TakenOver && !await access.MayAsync(User, Permissions.ConfirmPayments)))
        {
            return Forbid();
        }

        var result = await reconciliations.ResolveAsync(scope, id ?? "", item, chosen ?? "", string.IsNullOrWhiteSpace(note) ? null : note.Trim(), User.Identity!.Name!, Gone);
        await (result.Succeeded ? notifier.SuccessAsync(H["Recorded."]) : notifier.ErrorAsync(H["{0}", messages.Of(result.Errors[0])]));
        return RedirectToAction(nameof(Details), new { id, outcome, state });
    }

    /// <summary>The differences as a file.</summary>
    public async Task<IActionResult> Export(string id, ReconciliationOutcome? outcome, ReconciliationItemState? state)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        if (await reconciliations.GetAsync(scope, id ?? "", Gone) is not { } file)
        {
            return NotFound();
        }

        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = $"attachment; filename=differences-{file.Id}.csv";
        var output = new StreamWriter(Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await using (output)
        {
            await reconciliations.ExportItemsAsync(scope, file.Id, output, Filter(outcome, state, null), Gone);
        }

        return new EmptyResult();
    }

    private static ReconciliationItemFilter Filter(ReconciliationOutcome? outcome, ReconciliationItemState? state, int? after) => new()
    {
        Outcome = outcome,
        State = state,
        After = after,
        Take = PageSize,
    };

    private async Task<CommerceResult<ReconciliationSummary>> CompareAsync(SettlementFileForm form)
    {
        if (form.File is not { Length: > 0 } file)
        {
            return new CommerceError(CommerceErrors.Required, "There is no file.", "fileName");
        }

        // a provider at home in China writes days and times of there, without saying so
        var zone = form.Utc ? "UTC" : (await sites.GetSiteSettingsAsync()).TimeZoneId;
        ReconciliationPeriod? period = null;
        if (form.From is not null || form.Until is not null)
        {
            if (form.From is not { } from || form.Until is not { } until || until < from || !LocalTime.IsUsual(from) || !LocalTime.IsUsual(until))
            {
                return new CommerceError(CommerceErrors.Invalid, "A period has a first and a last day.", "period");
            }

            period = new ReconciliationPeriod(LocalTime.Of(zone, from.ToDateTime(TimeOnly.MinValue)), LocalTime.Of(zone, until.AddDays(1).ToDateTime(TimeOnly.MinValue)));
        }

        var content = file.OpenReadStream();
        await using (content)
        {
            var request = new ReconciliationRequest(form.Provider?.Trim() ?? "", Path.GetFileName(file.FileName), User.Identity!.Name!, period, LocalTime.Zone(zone));
            return await reconciliations.ImportAsync(scope, request, content, Gone);
        }
    }

    private async Task<ReconciliationsViewModel> ListAsync(SettlementFileForm form, IReadOnlyList<SettlementFileError> errors, string? after)
    {
        var files = await reconciliations.ListAsync(scope, null, after, PageSize + 1, Gone);
        return new ReconciliationsViewModel([.. files.Take(PageSize)], [.. providers.Where(p => !p.IsInternal).Select(p => p.Name)], files.Count > PageSize ? files[PageSize - 1].Id : null, form, errors, null);
    }

    private Task<bool> MayAsync() => access.MayAsync(User, Permissions.ManageReconciliation);
}
