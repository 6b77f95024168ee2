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
        if (await shops.FindAsync(PlatformTenant.Scope, shop) is not { } found || await plans.StateAsync(PlatformTenant.Scope, shop) is not { } state)
            return NotFound();
        return View(new PlanAdminPage(found, state, await plans.ListAsync(PlatformTenant.Scope), await plans.TermsAsync(PlatformTenant.Scope, shop)));
    }

    /// <summary>Gives a plan, or takes that back.</summary>
    [HttpPost, ActionName("Plan"), ValidateAntiForgeryToken]
    public async Task<IActionResult> Give(string shop, string? plan, DateOnly? until, string? reason)
    {
        if (!await authorization.AuthorizeAsync(User, PlatformPermissions.ManageShops))
            return Forbid();
        if (!DateFields.Check(ModelState, nameof(until), until, H["Please give a date from 1970 to 9998."].Value))
        {
            await notifier.ErrorAsync(H["Please give a date from 1970 to 9998."]);
            return RedirectToAction(nameof(Plan), new { shop });
        }

        var given = await plans.GiveAsync(PlatformTenant.Scope, shop, plan, await EndAsync(until), reason, User.Identity?.Name ?? "", HttpContext.RequestAborted);
        if (given.Error is { } error)
        {
            await notifier.ErrorAsync(new LocalizedHtmlString("refused", messages.Of(error), isResourceNotFound: false, messages.Of(error)));
            return RedirectToAction(nameof(Plan), new { shop });
        }

        await sync.TryAsync(new ShopChanged(shop));
        await notifier.SuccessAsync(H["Saved."]);
        return RedirectToAction(nameof(Plan), new { shop });
    }

    /// <summary>The end of a day where the platform is.</summary>
    private async Task<DateTimeOffset?> EndAsync(DateOnly? day) =>
        day is { } until ? LocalTime.Of((await sites.GetSiteSettingsAsync()).TimeZoneId, until.AddDays(1).ToDateTime(TimeOnly.MinValue)) : null;
}
