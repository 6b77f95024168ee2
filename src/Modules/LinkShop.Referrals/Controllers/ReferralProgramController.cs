using System.Globalization;
using LinkShop.Commerce;
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
using OrchardCore.Security.Permissions;

namespace LinkShop.Referrals.Controllers;

/// <summary>The rules over all plans, the stop switch, and what counsel allowed.</summary>
[Admin("Referrals/Rules/{action}", "ReferralProgram{action}")]
public sealed class ReferralProgramController(
    IReferralProgram program, ReferralMessages messages, IAuthorizationService authorization, TenantScope scope, ISignal signal, INotifier notifier,
    IHtmlLocalizer<ReferralProgramController> H) : Controller
{
    private const int TierRows = 4;

    private CancellationToken Gone => HttpContext.RequestAborted;

    private string Actor => User.Identity!.Name!;

    /// <summary>The page.</summary>
    [Admin("Referrals/Rules", "ReferralProgramIndex")]
    public async Task<IActionResult> Index() => await MayAsync(Permissions.ReviewReferrals) ? View(await PageAsync(null)) : Forbid();

    /// <summary>Begins with the strictest rules, those for China, where there are none yet.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Start()
    {
        if (!await MayAsync(Permissions.ManageReferralPlans))
            return Forbid();
        var begun = await program.SaveAsync(scope, new ReferralProgram(), Actor, Gone);
        await (begun.Succeeded ? notifier.SuccessAsync(H["Promotion can begin: make a plan."]) : notifier.ErrorAsync(H["{0}", messages.Of(begun.Errors[0])]));
        return RedirectToAction(nameof(ReferralPlansController.Index), "ReferralPlans");
    }

    /// <summary>Stores the rules.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Save(ProgramForm form)
    {
        if (!await MayAsync(Permissions.ManageReferralRules))
            return Forbid();
        ModelState.Clear();
        var rules = Read(form, await program.FindAsync(scope, Gone) ?? new ReferralProgram());
        if (ModelState.IsValid)
        {
            var saved = await program.SaveAsync(scope, rules, Actor, Gone);
            if (saved.Succeeded)
            {
                await notifier.SuccessAsync(H["Saved. Orders that were made before keep their rules."]);
                return RedirectToAction(nameof(Index));
            }

            foreach (var error in saved.Errors)
                ModelState.AddModelError(error.Field ?? "", error.Code == CommerceErrors.Invalid && ReferralWords.Rule(H, error.Field) is { } named ? string.Format(CultureInfo.CurrentCulture, H["{0}: {1}"].Value, named, ReferralWords.RuleRange(H, error.Field) ?? messages.Of(error)) : messages.Of(error));
        }

        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View(nameof(Index), await PageAsync(form));
    }

    /// <summary>The stop switch.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Switch(bool enabled, string? reason) => await MayAsync(Permissions.ReviewReferrals)
        ? await TellAsync(await program.SwitchAsync(scope, enabled, reason ?? "", Actor, Gone), enabled ? H["Promotion goes on."] : H["All promotion is stopped: nobody joins, nothing is attributed, accrued or released."])
        : Forbid();

    /// <summary>Records an approval by counsel.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Approve(string? jurisdiction, string? counsel, string? reference)
    {
        if (!await MayAsync(Permissions.ManageReferralRules))
            return Forbid();
        var approval = new CounselApproval("counsel-" + CommerceId.New(TimeProvider.System).ToLowerInvariant(), jurisdiction?.Trim().ToUpperInvariant() ?? "", counsel?.Trim() ?? "", reference?.Trim() ?? "");
        return await TellAsync(await program.ApproveAsync(scope, approval, Actor, Gone), H["Recorded with your name."]);
    }

    /// <summary>Ends an approval.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Revoke(string? id) =>
        await MayAsync(Permissions.ManageReferralRules) ? await TellAsync(await program.RevokeAsync(scope, id ?? "", Actor, Gone), H["It doesn't hold any more. Plans that stood on it are paused."]) : Forbid();

    private ReferralProgram Read(ProgramForm form, ReferralProgram stored)
    {
        var currency = string.IsNullOrWhiteSpace(form.Currency) ? stored.Currency : form.Currency.Trim().ToUpperInvariant();
        int Points(string? typed, string field)
        {
            if (PlanForm.Points(typed) is { } points)
                return points;
            ModelState.AddModelError(field, string.Format(CultureInfo.CurrentCulture, H["“{0}” isn't a percentage."].Value, typed));
            return 0;
        }

        long Sales(string? typed)
        {
            if (Money.Parse(typed, currency, "tiers", CultureInfo.InvariantCulture) is { Succeeded: true } amount)
                return amount.Value.Minor;
            ModelState.AddModelError("tiers", string.Format(CultureInfo.CurrentCulture, H["“{0}” isn't an amount."].Value, typed));
            return 0;
        }

        return stored with
        {
            Stamp = form.Stamp,
            Jurisdiction = form.Jurisdiction?.Trim().ToUpperInvariant() ?? "",
            Currency = currency,
            CapBasisPoints = Points(form.CapPercent, "capBasisPoints"),
            RefundWindowDays = form.RefundWindowDays,
            DisputeWindowDays = form.DisputeWindowDays,
            Model = form.Model,
            ClickWindowDays = form.ClickWindowDays,
            PromoterBoughtBasisPoints = Points(form.BoughtPercent, "promoterBoughtBasisPoints"),
            VelocityPerHour = form.VelocityPerHour,
            Tiers = [.. form.Tiers.Where(t => !string.IsNullOrWhiteSpace(t.Id)).Select(t => new ReferralTier(t.Id!.Trim(), t.Name?.Trim() ?? "", Sales(t.OwnSales), t.NameEn?.Trim() ?? ""))],
        };
    }

    private async Task<ProgramPage> PageAsync(ProgramForm? typed)
    {
        var stored = await program.FindAsync(scope, Gone);
        var form = typed ?? FormOf(stored ?? new ReferralProgram());
        do
            form.Tiers.Add(new TierForm());
        while (form.Tiers.Count < TierRows);
        return new ProgramPage(form, stored, await program.ApprovalsAsync(scope, Gone), await MayAsync(Permissions.ManageReferralRules), await MayAsync(Permissions.ManageReferralPlans));
    }

    private static ProgramForm FormOf(ReferralProgram rules) => new()
    {
        Stamp = rules.Stamp,
        Jurisdiction = rules.Jurisdiction,
        Currency = rules.Currency,
        CapPercent = PlanForm.Percent(rules.CapBasisPoints),
        RefundWindowDays = rules.RefundWindowDays,
        DisputeWindowDays = rules.DisputeWindowDays,
        Model = rules.Model,
        ClickWindowDays = rules.ClickWindowDays,
        BoughtPercent = PlanForm.Percent(rules.PromoterBoughtBasisPoints),
        VelocityPerHour = rules.VelocityPerHour,
        Tiers = [.. rules.Tiers.Select(t => new TierForm { Id = t.Id, Name = t.Name, NameEn = t.NameEn, OwnSales = new Money(t.OwnSalesMinor, rules.Currency).ToDecimalString() })],
    };

    private async Task<IActionResult> TellAsync<T>(CommerceResult<T> result, LocalizedHtmlString done)
    {
        await signal.SignalTokenAsync(Promotion.Changed);
        await (result.Succeeded ? notifier.SuccessAsync(done) : notifier.ErrorAsync(H["{0}", messages.Of(result.Errors[0])]));
        return RedirectToAction(nameof(Index));
    }

    private Task<bool> MayAsync(Permission permission) => authorization.AuthorizeAsync(User, permission);
}
