using System.Globalization;
using LinkShop.Catalogue;
using LinkShop.Commerce;
using LinkShop.Commerce.Referrals;
using LinkShop.Http;
using LinkShop.Referrals.Services;
using LinkShop.Referrals.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Settings;

namespace LinkShop.Referrals.Controllers;

/// <summary>A promoter's links and what they can be shared as.</summary>
[Authorize]
[Route("account/promote/links")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class PromoteLinksController(
    IReferralLinks links, IPromoters promoters, LinkPages pages, ICatalogue catalogue, ReferralMessages messages, RequestLimits limits, ISiteService sites, TenantScope scope, INotifier notifier,
    IHtmlLocalizer<PromoteLinksController> H) : Controller
{
    private const int MostGoods = 100;
    private const int MostLinks = 200;

    private string UserId => OrderGate.UserId(HttpContext)!;

    private CancellationToken Gone => HttpContext.RequestAborted;

    /// <summary>All links, and the form for another one.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index(LinkForm form) =>
        await promoters.FindAsync(scope, UserId, Gone) is { State: not PromoterState.Left } me ? View("Index", await PageAsync(form, me)) : RedirectToAction(nameof(PromoteController.Join), "Promote", new { product = form.Product });

    /// <summary>Makes a link.</summary>
    [HttpPost(""), ValidateAntiForgeryToken]
    public async Task<IActionResult> Create(LinkForm form)
    {
        if (!limits.Allows(LimitedAction.Message, scope.Tenant, HttpContext))
            return StatusCode(StatusCodes.Status429TooManyRequests);
        var (target, id) = TargetOf(form);
        var draft = new ReferralLinkDraft(target, id, form.Channel?.Trim() ?? "", form.Campaign?.Trim() ?? "", string.IsNullOrWhiteSpace(form.Code) ? null : form.Code.Trim());
        var made = await links.CreateAsync(scope, UserId, draft, Gone);
        if (made.Succeeded)
            return await MadeAsync(made.Value, draft.Code);
        foreach (var error in made.Errors)
            ModelState.AddModelError(error.Field ?? "", messages.Of(error));
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Index", await PageAsync(form, await promoters.FindAsync(scope, UserId, Gone)));
    }

    /// <summary>Everything that a link can be shared as; of one that is switched off nothing works.</summary>
    [HttpGet("{id:length(4,32)}")]
    public async Task<IActionResult> Show(string id)
    {
        if (await links.FindAsync(scope, id, Gone) is not { } link || link.Promoter != UserId)
            return NotFound();
        if (!link.Active)
        {
            await notifier.WarningAsync(H["This link is switched off. Switch it on again to share it."]);
            return RedirectToAction(nameof(Index));
        }

        return await pages.ShowAsync(link, Gone) is { } thing
            ? View(new MaterialsPage(link, thing, $"<iframe src=\"{thing.Address}/card\" width=\"340\" height=\"430\" loading=\"lazy\" sandbox=\"allow-popups allow-popups-to-escape-sandbox\" title=\"{System.Net.WebUtility.HtmlEncode(thing.Title)}\"></iframe>"))
            : NotFound();
    }

    /// <summary>Switches a link off or on.</summary>
    [HttpPost("{id:length(4,32)}/switch"), ValidateAntiForgeryToken]
    public async Task<IActionResult> Switch(string id, bool active)
    {
        if (!limits.Allows(LimitedAction.Message, scope.Tenant, HttpContext))
            return StatusCode(StatusCodes.Status429TooManyRequests);
        var switched = await links.SwitchAsync(scope, UserId, id, active, Gone);
        return switched.Succeeded ? RedirectToAction(nameof(Index)) : NotFound();
    }

    // for the same goods, channel and campaign there is one link, with the code that it was made with
    private async Task<IActionResult> MadeAsync(ReferralLink link, string? code)
    {
        if (code is not null && link.Code != code)
            await notifier.WarningAsync(H["You have a link for this already, with the code {0}. For another code choose another channel or campaign.", link.Code ?? "–"]);
        return RedirectToAction(nameof(Show), new { id = link.Id });
    }

    // a micro-shop is shared as a shop, a mall as a mall
    private (ReferralTarget, string) TargetOf(LinkForm form) =>
        !string.IsNullOrEmpty(form.Product) ? (ReferralTarget.Product, form.Product)
        : HttpContext.RequestServices.GetService<IShopStyle>() is null ? (ReferralTarget.Mall, "") : (ReferralTarget.Shop, scope.Tenant);

    private async Task<LinksPage> PageAsync(LinkForm form, Promoter? me)
    {
        var culture = CultureInfo.CurrentUICulture.Name;
        // what has nothing on sale can't be shared: its links lead nowhere
        var goods = (await catalogue.ListAsync(new ProductQuery(PageSize: MostGoods))).Items.Where(g => g.Skus.Count > 0).ToList();
        // asked for on its page, and further down the list than the form shows
        if (form.Product is { Length: > 0 } wanted && goods.TrueForAll(g => g.ProductId != wanted))
            goods.InsertRange(0, (await catalogue.FindAsync([wanted])).Where(g => g.Skus.Count > 0));
        var mine = await links.ListAsync(scope, UserId, MostLinks, Gone);
        var others = mine.Where(l => l.Target == ReferralTarget.Product).Select(l => l.TargetId).Except(goods.Select(g => g.ProductId)).ToList();
        var titles = goods.Concat((await catalogue.FindAsync(others)).Where(g => g.Skus.Count > 0)).ToDictionary(g => g.ProductId, g => g.TitleIn(culture), StringComparer.Ordinal);
        var shop = (await sites.GetSiteSettingsAsync()).SiteName;
        return new LinksPage(
            [.. mine.Select(l => (l, l.Target == ReferralTarget.Product ? titles.GetValueOrDefault(l.TargetId) : shop))], [.. goods.Select(g => (g.ProductId, g.TitleIn(culture)))], form, me);
    }
}
