using LinkShop.Commerce;
using LinkShop.Commerce.Shops;
using LinkShop.Http;
using LinkShop.Shops.Models;
using LinkShop.Shops.Services;
using LinkShop.Shops.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;
using OrchardCore.Settings;

namespace LinkShop.Shops.Controllers;

/// <summary>The platform looks after its shops.</summary>
[Feature("LinkShop.Shops")]
[Admin("Shops/{action}/{shop?}", "Shops{action}")]
public sealed partial class ShopsAdminController(
    IShops shops, IShopEntries entries, ShopOpening opening, ShopSync sync, ShopLooks looks, ShopDomains domains, ShopAddresses addresses, Visitors visitors, ShopMessages messages, ISiteService sites,
    IAuthorizationService authorization, INotifier notifier, IHtmlLocalizer<ShopsAdminController> H, ILogger<ShopsAdminController> logger) : Controller
{
    private const int PageSize = 50;

    /// <summary>The list.</summary>
    public async Task<IActionResult> Index(string? q, ShopState? state, string? plan, string? owner, long? before)
    {
        if (!await MayAsync(PlatformPermissions.ManageShops))
            return Forbid();
        var ownerId = string.IsNullOrWhiteSpace(owner) ? null : await visitors.FindAsync(owner) is { Succeeded: true } found ? found.Value.UserId : "";
        var query = new ShopQuery(q, state, string.IsNullOrWhiteSpace(plan) ? null : plan, ownerId, before, PageSize);
        var page = await shops.SearchAsync(PlatformTenant.Scope, query, HttpContext.RequestAborted);
        return View(new ShopList(page.Shops, page.Next, q, state, plan, owner));
    }

    /// <summary>One shop.</summary>
    public async Task<IActionResult> Detail(string shop)
    {
        if (!await MayAsync(PlatformPermissions.ManageShops))
            return Forbid();
        if (await shops.FindAsync(PlatformTenant.Scope, shop, HttpContext.RequestAborted) is not { } found)
            return NotFound();
        return await ShowAsync(found);
    }

    /// <summary>The form for a shop of somebody else.</summary>
    public async Task<IActionResult> Create() => await MayAsync(PlatformPermissions.ManageShops) ? View(new CreateForm()) : Forbid();

    /// <summary>Opens it.</summary>
    [HttpPost, ActionName("Create"), ValidateAntiForgeryToken]
    public async Task<IActionResult> CreatePost(CreateForm form)
    {
        if (!await MayAsync(PlatformPermissions.ManageShops))
            return Forbid();
        var owner = await visitors.FindAsync(form.Owner);
        if (owner.Error is { } nobody)
            return Refused(form, nobody);
        var category = ShopCategories.All.Contains(form.Category) ? form.Category! : ShopCategories.All[^1];
        var brand = new ShopBrand { Preset = BrandPresets.Of(form.Preset).Id };
        var opened = await opening.OpenAsync(new ShopWish(new ShopClaim(form.Slug?.Trim() ?? "", form.Title ?? "", category, owner.Value, Actor: Actor()), brand), limited: false, HttpContext.RequestAborted);
        if (opened.Error is { } error)
            return Refused(form, error);
        await notifier.SuccessAsync(H["The shop {0} is open.", opened.Value.Title]);
        return RedirectToAction(nameof(Detail), new { shop = opened.Value.Shop });
    }

    /// <summary>Shuts it, with a reason.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public Task<IActionResult> Suspend(string shop, string? reason) => MoveAsync(shop, ShopState.Suspended, reason);

    /// <summary>Opens it again.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public Task<IActionResult> Resume(string shop) => MoveAsync(shop, ShopState.Open, null);

    /// <summary>Ends it, with a reason. Orders and books are kept.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public Task<IActionResult> Close(string shop, string? reason) => MoveAsync(shop, ShopState.Closed, reason);

    /// <summary>Gives it to another account. Who says whose a shop is lets into it whom they like: it takes who may enter shops, and nobody gives one to themselves.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Transfer(string shop, string? owner)
    {
        if (!await MayAsync(PlatformPermissions.ManageShops) || !await MayAsync(PlatformPermissions.EnterShops))
            return Forbid();
        var found = await visitors.FindAsync(owner);
        if (found.Succeeded && found.Value.UserId == visitors.IdOf(User))
            found = new CommerceError(CommerceErrors.AccessDenied, "Nobody gives a shop to themselves.", "owner");
        var former = (await shops.FindAsync(PlatformTenant.Scope, shop, HttpContext.RequestAborted))?.OwnerUser;
        return await DoneAsync(shop, found.Succeeded ? await shops.TransferAsync(PlatformTenant.Scope, shop, found.Value, Actor()) : found.Error!, former);
    }

    /// <summary>Gives it another address.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Rename(string shop, string? slug)
    {
        if (!await MayAsync(PlatformPermissions.ManageShops))
            return Forbid();
        var known = await shops.FindAsync(PlatformTenant.Scope, shop, HttpContext.RequestAborted);
        return await DoneAsync(shop, known?.Slug != slug?.Trim() && opening.Occupied(slug?.Trim() ?? "") is { } occupied ? occupied : await shops.RenameAsync(PlatformTenant.Scope, shop, slug?.Trim() ?? "", Actor()));
    }

    /// <summary>Gives it another look, and tells its owner.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Look(string shop, string? preset, bool keep, string? reason)
    {
        if (!await MayAsync(PlatformPermissions.ManageShops))
            return Forbid();
        var look = await shops.RelookAsync(PlatformTenant.Scope, shop, BrandPresets.Of(preset).Id, keep, reason, Actor(), HttpContext.RequestAborted);
        if (look.Succeeded)
            await looks.TryAsync(look.Value);
        return await DoneAsync(shop, look.Error);
    }

    /// <summary>Says at which hosts of its own it answers.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Domains(string shop, string? hosts)
    {
        if (!await MayAsync(PlatformPermissions.ManageShops))
            return Forbid();
        foreach (var (host, wrong) in await domains.SaveAsync(shop, hosts, Actor()))
            ModelState.AddModelError(nameof(hosts), messages.Of(host, wrong));
        return await DoneAsync(shop, error: null);
    }

    /// <summary>Goes in as the shop's administrator. Written down.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Enter(string shop, ShopWait? to)
    {
        if (!await MayAsync(PlatformPermissions.EnterShops))
            return Forbid();
        if (await shops.FindAsync(PlatformTenant.Scope, shop, HttpContext.RequestAborted) is not { State: not ShopState.Opening } found || visitors.IdOf(User) is not { } me)
            return NotFound();
        if (found.OwnerUser == me)
        {
            await notifier.ErrorAsync(H["This is your own shop: go in under My shops. Somebody else of the platform looks after it."]);
            return RedirectToAction(nameof(Detail), new { shop });
        }

        LogEntered(Actor(), found.Shop, found.Slug);
        await shops.RecordAsync(PlatformTenant.Scope, shop, Actor(), "entered", null, HttpContext.RequestAborted);
        var code = await entries.IssueAsync(PlatformTenant.Scope, shop, new ShopVisitor(me, Actor(), null, Staff: true, visitors.StampOf(User)), HttpContext.RequestAborted);
        var way = EntryCodes.Hand(Request, ShopAddresses.PathOf(found, Request), code);
        return Redirect(to is { } task ? QueryHelpers.AddQueryString(way, "to", task.ToString()) : way);
    }

    /// <summary>The page; after a mistake with what was typed into the form of <paramref name="refused"/>.</summary>
    private async Task<IActionResult> ShowAsync(ShopInfo found, string? refused = null)
    {
        var zone = (await sites.GetSiteSettingsAsync()).TimeZoneId;
        var log = (await shops.LogAsync(PlatformTenant.Scope, found.Shop, HttpContext.RequestAborted)).Select(e => (e, LocalTime.In(zone, e.At))).ToList();
        var card = new ShopCard(found, ShopAddresses.Of(found.Slug, Request), addresses.AtDomain(found.Slug, Request), ShopAddresses.PathOf(found, Request));
        return View("Detail", new ShopDetail(card, log, await domains.ListAsync(found.Shop), await MayAsync(PlatformPermissions.EnterShops), await looks.PresetAsync(found.Shop), refused));
    }

    private async Task<IActionResult> MoveAsync(string shop, ShopState to, string? reason) => await MayAsync(PlatformPermissions.ManageShops)
        ? await DoneAsync(shop, await shops.MoveAsync(PlatformTenant.Scope, shop, to, reason, Actor()))
        : Forbid();

    private async Task<IActionResult> DoneAsync(string shop, CommerceResult<ShopInfo> result, string? former = null)
    {
        var known = !result.Succeeded || await sync.TryAsync(new ShopChanged(shop, former));
        return await DoneAsync(shop, result.Error, known);
    }

    private async Task<IActionResult> DoneAsync(string shop, CommerceError? error, bool known = true)
    {
        if (error is { Code: CommerceErrors.NotFound, Field: null })
            return NotFound();
        if (error is not null)
            ModelState.AddModelError(error.Field ?? "", messages.Of(error));
        if (!ModelState.IsValid)
        {
            Response.StatusCode = 422;
            return await shops.FindAsync(PlatformTenant.Scope, shop, HttpContext.RequestAborted) is { } found ? await ShowAsync(found, ControllerContext.ActionDescriptor.ActionName) : NotFound();
        }

        if (known)
            await notifier.SuccessAsync(H["Saved."]);
        else
            await notifier.WarningAsync(H["The platform has it, but the shop doesn't know of it yet. That is tried again by itself; if the shop hasn't changed in some minutes, look under Undelivered messages."]);
        return RedirectToAction(nameof(Detail), new { shop });
    }

    private ViewResult Refused(CreateForm form, CommerceError error)
    {
        ModelState.AddModelError(error.Field ?? "", messages.Of(error));
        Response.StatusCode = 422;
        return View("Create", form);
    }

    private string Actor() => User.Identity?.Name ?? "";

    private Task<bool> MayAsync(OrchardCore.Security.Permissions.Permission permission) => authorization.AuthorizeAsync(User, permission);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Actor} of the platform enters the shop {Shop} ({Slug}).")]
    private partial void LogEntered(string actor, string shop, string slug);
}
