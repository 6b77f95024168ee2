using System.Globalization;
using LinkShop.Catalogue;
using LinkShop.Commerce;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Referrals;
using LinkShop.Referrals.Services;
using LinkShop.Referrals.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Cache;
using OrchardCore.Settings;

namespace LinkShop.Referrals.Controllers;

/// <summary>What is paid for which sales. The linter's reasons stand at the field that they are about.</summary>
[Admin("Referrals/Plans/{action}", "ReferralPlans{action}")]
public sealed class ReferralPlansController(
    IReferralPlans plans, IReferralProgram program, ICatalogue catalogue, IOfferCatalog offers, ISiteService sites, People people, ReferralMessages messages, IAuthorizationService authorization, TenantScope scope, ISignal signal, INotifier notifier,
    IHtmlLocalizer<ReferralPlansController> H) : Controller
{
    private CancellationToken Gone => HttpContext.RequestAborted;

    /// <summary>All of them.</summary>
    [Admin("Referrals/Plans", "ReferralPlansIndex")]
    public async Task<IActionResult> Index() =>
        await MayAsync() ? View(new PlansPage(await plans.ListAsync(scope, Gone), await program.FindAsync(scope, Gone))) : Forbid();

    /// <summary>The form, for a new plan or a known one.</summary>
    public async Task<IActionResult> Edit(string? id)
    {
        if (!await MayAsync())
            return Forbid();
        var stored = string.IsNullOrEmpty(id) ? null : await plans.FindAsync(scope, id, Gone);
        if (stored is null && !string.IsNullOrEmpty(id))
            return NotFound();
        if (await program.FindAsync(scope, Gone) is not { } rules)
            return RedirectToAction(nameof(Index));
        var form = stored is not null
            ? PlanForm.Of(stored.Plan, await people.NamesAsync(stored.Plan.Promoters.Concat(stored.Plan.Rates.SelectMany(r => r.Promoters))), await ZoneAsync())
            : new PlanForm { Id = "plan-" + CommerceId.New(TimeProvider.System)[^8..].ToLowerInvariant(), Currency = rules.Currency, MarginPercent = "30", Rates = [new() { Id = H["All goods"].Value, Percent = "5" }] };
        return View(await PageAsync(form, stored, rules));
    }

    /// <summary>Stores a new version; orders that were made keep theirs.</summary>
    [HttpPost, ActionName("Edit"), ValidateAntiForgeryToken]
    public async Task<IActionResult> EditPost(PlanForm form)
    {
        if (!await MayAsync())
            return Forbid();
        if (await program.FindAsync(scope, Gone) is not { } rules)
            return RedirectToAction(nameof(Index));
        var stored = form.Version > 0 ? await plans.FindAsync(scope, form.Id ?? "", Gone) : null;
        ModelState.Clear();
        // a mistake names its rate by number
        form.Rates.RemoveAll(r => r.IsEmpty);
        var ofRates = new List<IReadOnlyList<string>>();
        foreach (var rate in form.Rates)
            ofRates.Add(await PromotersAsync(PlanForm.Names(rate.Promoters), stored?.Plan.Rates.SelectMany(r => r.Promoters), $"rates[{ofRates.Count}].promoters"));
        var plan = form.Read(stored?.Plan, rules, await PromotersAsync(form.PromoterNames(), stored?.Plan.Promoters, "promoters"), ofRates, await ZoneAsync(), ModelState, FormWords());
        await CheckVariantsAsync(plan, stored?.Plan);
        // what the platform gives up of its commission isn't a shop's to give
        if (plan.Funding == RewardFunding.Platform && !await authorization.AuthorizeAsync(User, Permissions.ManageReferralRules))
            ModelState.AddModelError("funding", H["Only the platform can pay rewards out of its own commission."].Value);
        var unread = ModelState.Keys.ToHashSet(StringComparer.Ordinal);
        foreach (var refusal in (await plans.LintAsync(scope, plan, Gone)).Where(r => !IsAbout(r, unread)))
            ModelState.AddModelError(refusal.Path, Words(refusal));
        if (ModelState.IsValid)
        {
            var saved = await plans.SaveAsync(scope, plan, User.Identity!.Name!, Gone);
            if (saved.Succeeded)
            {
                await signal.SignalTokenAsync(Promotion.Changed);
                await notifier.SuccessAsync(H["Saved as version {0}. Orders that were made before keep theirs.", saved.Value.Plan.Version]);
                return RedirectToAction(nameof(Index));
            }

            foreach (var error in saved.Errors)
                ModelState.AddModelError(error.Code == ReferralErrors.Unlawful ? (error.Field ?? "").Split(':', 2)[^1] : error.Field ?? "", messages.Of(error));
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Edit", await PageAsync(form, stored, rules));
    }

    /// <summary>Puts a plan into force, pauses or ends it.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Move(string? id, ReferralPlanState state, string? reason)
    {
        if (!await MayAsync())
            return Forbid();
        var moved = await plans.MoveAsync(scope, id ?? "", state, reason ?? "", User.Identity!.Name!, Gone);
        await signal.SignalTokenAsync(Promotion.Changed);
        await (moved.Succeeded ? notifier.SuccessAsync(H["Done. It holds for the next order."]) : notifier.ErrorAsync(H["{0}", messages.Of(moved.Errors[0])]));
        return RedirectToAction(nameof(Index));
    }

    private PlanWords FormWords() => new(
        (typed, least, most) => string.Format(CultureInfo.CurrentCulture, H["“{0}” isn't a percentage from {1} to {2}, with at most two decimals."].Value, typed, least, most),
        (typed, currency) => string.Format(CultureInfo.CurrentCulture, H["“{0}” isn't an amount in {1}: a number, with a point before its decimals."].Value, typed, currency),
        typed => string.Format(CultureInfo.CurrentCulture, H["“{0}” isn't a day and time that there is here."].Value, typed));

    // what couldn't be read is no number that the linter could judge, neither by itself nor in the sum of all
    private static bool IsAbout(ReferralRefusal refusal, HashSet<string> unread) =>
        unread.Count > 0 && (refusal.Code is "full_rebate" or "payout_not_below_margin" || unread.Contains(refusal.Path));

    private static string Words(ReferralRefusal refusal) => refusal.Value.Length == 0 ? ReferralMessages.Reason(refusal.Code) : $"{ReferralMessages.Reason(refusal.Code)} ({refusal.Value})";

    // who isn't an account any more is shown by id, and stays in the plan by it
    private async Task<IReadOnlyList<string>> PromotersAsync(IEnumerable<string> names, IEnumerable<string>? stored, string field)
    {
        var ids = new List<string>();
        foreach (var name in names)
        {
            if (await people.IdAsync(name) is { } id)
                ids.Add(id);
            else if (stored?.Contains(name, StringComparer.Ordinal) == true)
                ids.Add(name);
            else
                ModelState.AddModelError(field, string.Format(CultureInfo.CurrentCulture, H["There is no account “{0}”."].Value, name));
        }

        return [.. ids.Distinct(StringComparer.Ordinal)];
    }

    // a mistyped code would be a rate that nobody ever gets; one that was stored may have gone off sale since
    private async Task CheckVariantsAsync(ReferralPlan plan, ReferralPlan? stored)
    {
        for (var i = 0; i < plan.Rates.Count; i++)
        {
            if (plan.Rates[i].SkuId is { } sku && stored?.Rates.Any(r => r.SkuId == sku) != true && await offers.GetAsync(scope, sku, Gone) is null)
                ModelState.AddModelError($"rates[{i}].sku", string.Format(CultureInfo.CurrentCulture, H["There is no variant with the code “{0}”."].Value, sku));
        }
    }

    private async Task<PlanPage> PageAsync(PlanForm form, ReferralPlanView? stored, ReferralProgram rules)
    {
        do
            form.Rates.Add(new RateForm());
        while (form.Rates.Count < PlanForm.Rows);
        var culture = CultureInfo.CurrentUICulture.Name;
        return new PlanPage(
            form, stored, rules, [.. (await catalogue.CategoriesAsync()).Select(c => (c.Id, c.TitleIn(culture)))],
            [.. (await program.ApprovalsAsync(scope, Gone)).Where(a => a.RevokedAt is null && a.Jurisdiction == rules.Jurisdiction)]);
    }

    private async Task<string?> ZoneAsync() => (await sites.GetSiteSettingsAsync()).TimeZoneId;

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, Permissions.ManageReferralPlans);
}
