using LinkShop.Commerce.Shops;
using LinkShop.Http;
using LinkShop.Shops.Services;
using LinkShop.Shops.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Modules;
using OrchardCore.Settings;

namespace LinkShop.Shops.Controllers;

/// <summary>One shop's plan, for the platform: what was paid for, and a plan given by hand.</summary>
[Feature("LinkShop.Shops")]
[Admin("Shops/Plan/{shop}", "ShopsPlan")]
public sealed class ShopPlansAdminController(
    IShops shops, IShopPlans plans, ShopSync sync, ShopMessages messages, ISiteService sites, IAuthorizationService authorization, INotifier notifier, IHtmlLocalizer<ShopPlansAdminController> H) : Controller
{
    /// <summary>The page.</summary>
    [HttpGet]
    public async Task<IActionResult> Plan(string shop)
    {
        if (!await authorization.AuthorizeAsync(User, PlatformPermissions.ManageShops))
            return Forbid();
        return await ShowAsync(shop);
    }

    /// <summary>Gives a plan, or takes that back.</summary>
    [HttpPost, ActionName("Plan"), ValidateAntiForgeryToken]
    public async Task<IActionResult> Give(string shop, string? plan, DateOnly? until, string? reason)
    {
        if (!await authorization.AuthorizeAsync(User, PlatformPermissions.ManageShops))
            return Forbid();
        if (!DateFields.Check(ModelState, nameof(until), until, H["Please give a date from 1970 to 9998."].Value))
            return await ShowAsync(shop, refused: true);
        var given = await plans.GiveAsync(PlatformTenant.Scope, shop, plan, await EndAsync(until), reason, User.Identity?.Name ?? "", HttpContext.RequestAborted);
        if (given.Error is { } error)
        {
            ModelState.AddModelError(error.Field ?? "", messages.Of(error));
            return await ShowAsync(shop, refused: true);
        }

        await sync.TryAsync(new ShopChanged(shop));
        await notifier.SuccessAsync(H["Saved."]);
        return RedirectToAction(nameof(Plan), new { shop });
    }

    private async Task<IActionResult> ShowAsync(string shop, bool refused = false)
    {
        if (await shops.FindAsync(PlatformTenant.Scope, shop) is not { } found || await plans.StateAsync(PlatformTenant.Scope, shop) is not { } state)
            return NotFound();
        if (refused)
            Response.StatusCode = 422;
        return View("Plan", new PlanAdminPage(found, state, await plans.ListAsync(PlatformTenant.Scope), await plans.TermsAsync(PlatformTenant.Scope, shop), refused));
    }

    /// <summary>The end of a day where the platform is.</summary>
    private async Task<DateTimeOffset?> EndAsync(DateOnly? day) =>
        day is { } until ? LocalTime.Of((await sites.GetSiteSettingsAsync()).TimeZoneId, until.AddDays(1).ToDateTime(TimeOnly.MinValue)) : null;
}
