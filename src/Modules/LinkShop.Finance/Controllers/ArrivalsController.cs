using LinkShop.Commerce;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Reconciliation;
using LinkShop.Finance.Services;
using LinkShop.Finance.ViewModels;
using LinkShop.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Settings;

namespace LinkShop.Finance.Controllers;

/// <summary>What payment providers paid out to the platform's bank.</summary>
[Admin("Arrivals/{action}/{id?}", "Arrivals{action}")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ArrivalsController(
    IArrivals arrivals, IEnumerable<IPaymentProvider> providers, FinanceMessages messages, FinanceAccess access, ISiteService sites, TenantScope scope, TimeProvider time,
    INotifier notifier, IHtmlLocalizer<ArrivalsController> H) : Controller
{
    private const int PageSize = 50;
    private const string UsualCurrency = "CNY";

    private CancellationToken Gone => HttpContext.RequestAborted;

    /// <summary>What arrived, and what each provider still holds by the books.</summary>
    public async Task<IActionResult> Index(string? after) => await MayAsync() ? await PageAsync(new ArrivalForm(), after) : Forbid();

    /// <summary>Records an arrival.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Record(ArrivalForm form)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        var amount = Money.Parse(form.Amount, form.Currency?.Trim().ToUpperInvariant() ?? "", "amount");
        var result = !amount.Succeeded ? CommerceResult<ArrivalView>.Failure(amount.Errors)
            : form.Day is not { } day ? new CommerceError(CommerceErrors.Required, "The day is missing.", "day")
            : await arrivals.RecordAsync(scope, new ArrivalDraft(form.Provider ?? "", amount.Value, day, form.Reference ?? "", form.MoreThanHeld), User.Identity!.Name!, Gone);
        if (result.Succeeded)
        {
            await notifier.SuccessAsync(H["Recorded."]);
            return RedirectToAction(nameof(Index));
        }

        ModelState.Clear();
        ModelState.AddModelError(result.Errors[0].Field ?? "", messages.Of(result.Errors[0]));
        Response.StatusCode = Problems.StatusOf(result.Errors[0].Code);
        return await PageAsync(form, null, result.Errors[0].Code == CommerceErrors.MoreThanHeld);
    }

    /// <summary>Takes back one that was recorded by mistake.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> TakeBack(string id)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        var result = await arrivals.TakeBackAsync(scope, id ?? "", User.Identity!.Name!, Gone);
        await (result.Succeeded ? notifier.SuccessAsync(H["Taken back."]) : notifier.ErrorAsync(H["{0}", messages.Of(result.Errors[0])]));
        return RedirectToAction(nameof(Index));
    }

    private async Task<IActionResult> PageAsync(ArrivalForm form, string? after, bool more = false)
    {
        var holdings = await arrivals.HoldingsAsync(scope, Gone);
        form.Currency ??= holdings.Count > 0 ? holdings[0].Amount.Currency : UsualCurrency;
        form.Day ??= DateOnly.FromDateTime(LocalTime.In((await sites.GetSiteSettingsAsync()).TimeZoneId, time.GetUtcNow()).DateTime);
        var known = holdings.Where(h => !h.IsBank).Select(h => h.Provider).Concat(providers.Where(p => !p.IsInternal).Select(p => p.Name)).Distinct().Order(StringComparer.Ordinal).ToList();
        var page = await arrivals.ListAsync(scope, after, PageSize + 1, Gone);
        return View("Index", new ArrivalsViewModel(holdings, known, [.. page.Take(PageSize)], page.Count > PageSize ? page[PageSize - 1].Id : null, form, more));
    }

    private Task<bool> MayAsync() => access.MayAsync(User, Permissions.ManageReconciliation);
}
