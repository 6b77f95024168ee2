using System.Text.Json;
using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using LinkShop.Http;
using LinkShop.Referrals.Services;
using LinkShop.Referrals.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;

namespace LinkShop.Referrals.Controllers;

/// <summary>What was held back, decided by people; appeals by others than who decided.</summary>
[Admin("Referrals/Cases/{action}/{id?}", "ReferralCases{action}")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ReferralCasesController(
    IReferralReview review, IPromoters promoters, IReferralRecords records, IReferralProgram program, PromoterPages pages, People people, ReferralMessages messages, IAuthorizationService authorization, TenantScope scope, INotifier notifier,
    IHtmlLocalizer<ReferralCasesController> H) : Controller
{
    private const int PageSize = 50;

    // not a fact by itself: what the amounts are in
    private const string CurrencyFact = "currency";

    // a user id
    private const string OpenedBy = "by";

    private CancellationToken Gone => HttpContext.RequestAborted;

    private string Me => OrderGate.UserId(HttpContext)!;

    /// <summary>The queue.</summary>
    public async Task<IActionResult> Index(ReferralCaseState state = ReferralCaseState.Open, string? after = null)
    {
        if (!await MayAsync())
            return Forbid();
        var found = await review.ListAsync(scope, state, after, PageSize + 1, Gone);
        var cases = found.Take(PageSize).ToList();
        return View(new CasesPage(cases, state, await people.NamesAsync(cases.Select(c => c.Promoter)), found.Count > PageSize ? cases[^1].Id : null));
    }

    /// <summary>One case.</summary>
    public async Task<IActionResult> Detail(string id)
    {
        if (!await MayAsync())
            return Forbid();
        if (await review.FindAsync(scope, id ?? "", Gone) is not { } found)
            return NotFound();
        var commissions = found.OrderId is { } order ? await records.OfOrderAsync(scope, order, Gone) : found.Promoter is { } promoter ? await records.OfPromoterAsync(scope, promoter, take: 20, cancellationToken: Gone) : [];
        var name = found.Promoter is { } of ? (await promoters.FindAsync(scope, of, Gone))?.Name ?? of : null;
        var variant = found.SkuId is { } sku ? (await pages.VariantsAsync([sku], Gone))[sku] : null;
        var accounts = await people.NamesAsync([found.DecidedBy, found.AppealBy, .. Facts(found.Evidence).Where(f => f.Name == OpenedBy).Select(f => f.Value)]);
        var facts = Facts(found.Evidence).Select(f => f.Name == OpenedBy ? (f.Name, Value: accounts[f.Value]) : f).ToList();
        var currency = facts.FirstOrDefault(f => f.Name == CurrencyFact).Value ?? (await program.FindAsync(scope, Gone) ?? new ReferralProgram()).Currency;
        var shown = found with { DecidedBy = Named(found.DecidedBy), AppealBy = Named(found.AppealBy) };
        return View(new CasePage(shown, name, variant, [.. facts.Where(f => f.Name != CurrencyFact)], currency, commissions, found.State == ReferralCaseState.Appealed && found.DecidedBy != ActorOf(found), found.Promoter == Me));

        string? Named(string? id) => id is null ? null : accounts[id];
    }

    /// <summary>Decides.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Decide(string id, bool uphold, string? decision) =>
        await MayAsync() ? await TellAsync(id, await review.DecideAsync(scope, id, uphold, decision ?? "", Me, Gone)) : Forbid();

    /// <summary>Decides an appeal.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> DecideAppeal(string id, bool right, string? decision) =>
        await MayAsync() ? await TellAsync(id, await review.DecideAppealAsync(scope, id, right, decision ?? "", ActorOf(await review.FindAsync(scope, id ?? "", Gone)), Gone)) : Forbid();

    // of who decided a case before user ids were kept only the name is known
    private string ActorOf(ReferralCase? found) => found?.DecidedBy is { } before && before == User.Identity!.Name ? before : Me;

    private async Task<IActionResult> TellAsync(string id, CommerceResult<ReferralCase> result)
    {
        await (result.Succeeded ? notifier.SuccessAsync(result.Value.Promoter is null ? H["Decided."] : H["Decided. The promoter reads your reason."]) : notifier.ErrorAsync(H["{0}", messages.Of(result.Errors[0])]));
        return RedirectToAction(nameof(Detail), new { id });
    }

    private static IReadOnlyList<(string Name, string Value)> Facts(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object ? [.. document.RootElement.EnumerateObject().Select(p => (p.Name, p.Value.ToString()))] : [("", json)];
    }

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, Permissions.ReviewReferrals);
}
