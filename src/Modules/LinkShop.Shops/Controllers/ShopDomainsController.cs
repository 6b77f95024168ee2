using LinkShop.Commerce;
using LinkShop.Commerce.Shops;
using LinkShop.Http;
using LinkShop.Shops.Services;
using LinkShop.Shops.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;
using OrchardCore.Settings;

namespace LinkShop.Shops.Controllers;

/// <summary>Where a shop's owner brings a domain.</summary>
[Feature("LinkShop.Shops.Shop")]
[Admin("ShopDomains/{action}", "ShopDomains{action}")]
public sealed class ShopDomainsController(
    IServiceProvider services, PlatformRoads roads, ShopMessages messages, ShellSettings shell, ISiteService sites, RequestLimits limits,
    IAuthorizationService authorization, INotifier notifier, IHtmlLocalizer<ShopDomainsController> H) : Controller
{
    private DomainDesk Desk => services.GetRequiredService<DomainDesk>();

    /// <summary>The domains, and how to prove them.</summary>
    public async Task<IActionResult> Index() => await MayAsync() ? await ShowAsync(null) : Forbid();

    /// <summary>Wants one more.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Add(string? domain)
    {
        if (!await MayAsync())
            return Forbid();
        var added = await Desk.AddAsync(shell.Name, domain, Actor());
        if (added.Error is not { } error)
            return RedirectToAction(nameof(Index));
        ModelState.AddModelError("domain", messages.Of(error));
        Response.StatusCode = Problems.StatusOf(error.Code);
        return await ShowAsync(domain);
    }

    /// <summary>Looks for the proof at once.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Check(string? domain)
    {
        if (!await MayAsync())
            return Forbid();
        var found = limits.Allows(LimitedAction.Lookup, shell.Name, HttpContext)
            ? await Desk.CheckAsync(shell.Name, domain, Actor(), HttpContext.RequestAborted)
            : new CommerceError(CommerceErrors.TooManyAttempts, "");
        if (found.Error is { } error)
            await notifier.ErrorAsync(Plain(messages.Of(error)));
        else if (found.Value is { State: ShopDomainState.Proven, Why: null } proven)
            await notifier.SuccessAsync(H["{0} is yours. Your shop answers there.", DomainNames.Show(proven.Domain)]);
        else
            await notifier.WarningAsync(Plain(messages.Why(found.Value.Why)));
        return RedirectToAction(nameof(Index));
    }

    /// <summary>Gives one up.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Remove(string? domain)
    {
        if (!await MayAsync())
            return Forbid();
        if (await Desk.RemoveAsync(shell.Name, domain, Actor()))
            await notifier.SuccessAsync(H["{0} was removed.", DomainNames.Show(domain!)]);
        return RedirectToAction(nameof(Index));
    }

    private async Task<ViewResult> ShowAsync(string? typed)
    {
        var zone = (await sites.GetSiteSettingsAsync()).TimeZoneId;
        var domains = (await Desk.OfAsync(shell.Name)).Select(d => new DomainCard(d, DomainNames.Show(d.Domain), Local(d.CheckedAt), Local(d.GoneSince + ShopDomainRules.LostAfter))).ToList();
        return View("Index", new DomainsPage(domains, await roads.DomainTargetAsync(Request), await roads.RootAsync(Request), typed, await Desk.MostAsync(shell.Name)));

        DateTimeOffset? Local(DateTimeOffset? moment) => moment is { } at ? LocalTime.In(zone, at) : null;
    }

    private static LocalizedHtmlString Plain(string text) => new("message", text, isResourceNotFound: false, text);

    private string Actor() => User.Identity?.Name ?? "";

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, ShopPermissions.ManageShopDesk);
}
