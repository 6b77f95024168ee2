using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using LinkShop.Http;
using LinkShop.Referrals.Services;
using LinkShop.Referrals.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;

namespace LinkShop.Referrals.Controllers;

/// <summary>What promotion costs and brings.</summary>
[Admin("Referrals/Report/{action}", "ReferralReport{action}")]
public sealed class ReferralReportController(
    IReferralDesks desks, IReferralPlans plans, IReferralProgram program, IReferralReview review, IReferralRecords records, PromoterPages pages, IAuthorizationService authorization, TenantScope scope,
    TimeProvider time) : Controller
{
    private const string DayForm = "yyyy-MM-dd";
    private const int MostDays = 366;

    private CancellationToken Gone => HttpContext.RequestAborted;

    /// <summary>By plan and campaign.</summary>
    [Admin("Referrals/Report", "ReferralReportIndex")]
    public async Task<IActionResult> Index(string? from, string? until)
    {
        if (!await MayAsync())
            return Forbid();
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var last = Day(until) ?? today;
        var first = Day(from) ?? last.AddDays(-29);
        if (first > last || last.DayNumber - first.DayNumber > MostDays)
            first = last.AddDays(-29);
        var names = (await plans.ListAsync(scope, Gone)).ToDictionary(p => p.Plan.Id, p => p.Plan.NameIn(CultureInfo.CurrentUICulture), StringComparer.Ordinal);
        return View(new ReportPage(await desks.CampaignsAsync(scope, first, last, Gone), names, first, last, await authorization.AuthorizeAsync(User, Permissions.ManageReferralPlans)));
    }

    /// <summary>How well the loop runs, and the alarms.</summary>
    public async Task<IActionResult> Health(int days = 30)
    {
        if (!await MayAsync())
            return Forbid();
        days = Math.Clamp(days, 7, 365);
        var rules = await program.FindAsync(scope, Gone) ?? new ReferralProgram();
        return View(new HealthPage(
            await desks.HealthAsync(scope, days, Gone), days, rules.Currency, await review.AlarmsAsync(scope, Gone), await authorization.AuthorizeAsync(User, Permissions.ReviewReferrals)));
    }

    /// <summary>An order's commissions, each with how it came about.</summary>
    public async Task<IActionResult> Order(string? id)
    {
        if (!await MayAsync())
            return Forbid();
        if (!CommerceId.IsWellFormed(id ?? ""))
            return NotFound();
        var traces = new List<TracePage>();
        foreach (var commission in await records.OfOrderAsync(scope, id!, Gone))
        {
            if (await pages.TraceAsync(id!, commission.Line, commission.Level, null, Gone) is { } trace)
                traces.Add(trace);
        }

        return View(new OrderPage(id!, await records.AttributionAsync(scope, id!, Gone), traces));
    }

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && LocalTime.IsUsual(day) ? day : null;

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, Permissions.ViewReferrals);
}
