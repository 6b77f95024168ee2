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
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Referrals.Controllers;

/// <summary>A promoter's links and what they can be shared as.</summary>
[Authorize]
[Route("account/promote/links")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class PromoteLinksController(
    IReferralLinks links, IPromoters promoters, LinkPages pages, ICatalogue catalogue, ReferralMessages messages, RequestLimits limits, TenantScope scope) : Controller
{
    private const int MostGoods = 100;
    private const int MostLinks = 50;

    private string UserId => OrderGate.UserId(HttpContext)!;

    private CancellationToken Gone => HttpContext.RequestAborted;

    /// <summary>All links, and the form for another one.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index(LinkForm form) =>
        await promoters.FindAsync(scope, UserId, Gone) is { State: not PromoterState.Left } ? View("Index", await PageAsync(form)) : RedirectToAction(nameof(PromoteController.Index), "Promote");

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
            return RedirectToAction(nameof(Show), new { id = made.Value.Id });
        foreach (var error in made.Errors)
            ModelState.AddModelError(error.Field ?? "", messages.Of(error));
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return View("Index", await PageAsync(form));
    }

    /// <summary>Everything that a link can be shared as.</summary>
    [HttpGet("{id:length(4,32)}")]
    public async Task<IActionResult> Show(string id) =>
        await links.FindAsync(scope, id, Gone) is { } link && link.Promoter == UserId && await pages.ShowAsync(link, Gone) is { } thing
            ? View(new MaterialsPage(link, thing, $"<iframe src=\"{thing.Address}/card\" width=\"340\" height=\"430\" loading=\"lazy\" sandbox=\"allow-popups allow-popups-to-escape-sandbox\" title=\"{System.Net.WebUtility.HtmlEncode(thing.Title)}\"></iframe>"))
            : NotFound();

    /// <summary>Switches a link off or on.</summary>
    [HttpPost("{id:length(4,32)}/switch"), ValidateAntiForgeryToken]
    public async Task<IActionResult> Switch(string id, bool active)
    {
        if (!limits.Allows(LimitedAction.Message, scope.Tenant, HttpContext))
            return StatusCode(StatusCodes.Status429TooManyRequests);
        var switched = await links.SwitchAsync(scope, UserId, id, active, Gone);
        return switched.Succeeded ? RedirectToAction(nameof(Index)) : NotFound();
    }

    // a micro-shop is shared as a shop, a mall as a mall
    private (ReferralTarget, string) TargetOf(LinkForm form) =>
        !string.IsNullOrEmpty(form.Product) ? (ReferralTarget.Product, form.Product)
        : HttpContext.RequestServices.GetService<IShopStyle>() is null ? (ReferralTarget.Mall, "") : (ReferralTarget.Shop, scope.Tenant);

    private async Task<LinksPage> PageAsync(LinkForm form)
    {
        var culture = CultureInfo.CurrentUICulture.Name;
        var goods = (await catalogue.ListAsync(new ProductQuery(PageSize: MostGoods))).Items.Select(c => (c.ProductId, c.TitleIn(culture))).ToList();
        var shown = new List<(ReferralLink, SharedThing?)>();
        var things = new Dictionary<string, SharedThing?>(StringComparer.Ordinal);
        foreach (var link in await links.ListAsync(scope, UserId, MostLinks, Gone))
        {
            // several links share the same goods
            if (!things.TryGetValue(link.TargetId, out var thing))
                things[link.TargetId] = thing = await pages.ShowAsync(link, Gone);
            shown.Add((link, thing));
        }

        var me = await promoters.FindAsync(scope, UserId, Gone);
        return new LinksPage(shown, goods, form, me is { State: PromoterState.Active });
    }
}
