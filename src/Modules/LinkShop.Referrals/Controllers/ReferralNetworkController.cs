using System.Globalization;
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

/// <summary>Promoters, and who brought whom: to look at only. Nothing is paid by it.</summary>
[Admin("Referrals/Network/{action}", "ReferralNetwork{action}")]
public sealed class ReferralNetworkController(
    IPromoters promoters, IReferralDesks desks, IReferralReview review, IReferralProgram program, People people, ReferralMessages messages, IAuthorizationService authorization, TenantScope scope, INotifier notifier,
    IHtmlLocalizer<ReferralNetworkController> H) : Controller
{
    private const int PageSize = 50;

    private CancellationToken Gone => HttpContext.RequestAborted;

    private string Actor => OrderGate.UserId(HttpContext)!;

    /// <summary>The list, with the network around one of them.</summary>
    [Admin("Referrals/Network", "ReferralNetworkIndex")]
    public async Task<IActionResult> Index(string? promoter, PromoterState? state, string? before)
    {
        if (!await MayAsync())
            return Forbid();
        var found = await promoters.ListAsync(scope, state, before, PageSize + 1, Gone);
        var list = found.Take(PageSize).ToList();
        var center = promoter ?? (list.Count > 0 ? list[0].Id : null);
        var around = center is null ? null : await desks.NeighbourhoodAsync(scope, center, cancellationToken: Gone);
        var accounts = await people.NamesAsync(list.Select(p => p.Id).Concat((around?.BuysFrom ?? []).SelectMany(b => new[] { b.Seller, b.Buyer })));
        var rules = await program.FindAsync(scope, Gone) ?? new ReferralProgram();
        return View(new NetworkPage(list, state, found.Count > PageSize ? list[^1].Id : null, around, around is null ? null : Graph(around), accounts, rules));
    }

    /// <summary>Switches one promoter off, or on again.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Kill(string? promoter, bool killed, string? reason) =>
        await MayAsync() ? await TellAsync(promoter, await promoters.KillAsync(scope, promoter ?? "", killed, reason ?? "", Actor, Gone), killed ? H["Switched off. The promoter sees why."] : H["Switched on again."]) : Forbid();

    /// <summary>Opens a case by hand.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Open(string? promoter, string? note) =>
        await MayAsync() ? await TellAsync(promoter, await review.OpenAsync(scope, promoter ?? "", null, note ?? "", Actor, Gone), H["The promoter is frozen until the case is decided."]) : Forbid();

    private string Graph(Neighbourhood around)
    {
        var culture = CultureInfo.CurrentUICulture;
        var people = around.Shown;
        var known = people.Select(n => n.Id).ToHashSet(StringComparer.Ordinal);
        string Level(int depth) => string.Format(culture, H["Level {0}"].Value, depth);
        var deepest = people.Max(n => n.Depth);
        return JsonSerializer.Serialize(new
        {
            levels = Enumerable.Range(0, deepest + 1).Select(Level),
            nodes = people.Select(n => new
            {
                id = n.Id, name = n.Name, level = n.Depth, center = n.Id == around.Center.Id, address = Url.Action(nameof(Index), new { promoter = n.Id }),
                tip = $"{Level(n.Depth)} · {n.Sales.Format(culture)} · {string.Format(culture, H["brought {0}"].Value, ReferralWords.Counted(n.Brought, Neighbourhood.MostBrought, culture))}",
            }),
            edges = people.Where(n => n.Parent is not null && known.Contains(n.Parent)).Select(n => new { source = n.Parent, target = n.Id }),
        });
    }

    private async Task<IActionResult> TellAsync<T>(string? promoter, CommerceResult<T> result, LocalizedHtmlString done)
    {
        await (result.Succeeded ? notifier.SuccessAsync(done) : notifier.ErrorAsync(H["{0}", messages.Of(result.Errors[0])]));
        return RedirectToAction(nameof(Index), new { promoter });
    }

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, Permissions.ReviewReferrals);
}
