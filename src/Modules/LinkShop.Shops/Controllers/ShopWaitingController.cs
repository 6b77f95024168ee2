using LinkShop.Commerce.Shops;
using LinkShop.Http;
using LinkShop.Shops.Services;
using LinkShop.Shops.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;
using OrchardCore.Modules;
using OrchardCore.Settings;

namespace LinkShop.Shops.Controllers;

/// <summary>What shops wait for that only the platform's people can do.</summary>
[Feature("LinkShop.Shops")]
[Admin("ShopWaiting/{action}", "ShopWaiting{action}")]
public sealed class ShopWaitingController(IShopWaiting waiting, ISiteService sites, IAuthorizationService authorization) : Controller
{
    private const int Most = 200;

    /// <summary>The list, longest wait first.</summary>
    public async Task<IActionResult> Index()
    {
        if (!await authorization.AuthorizeAsync(User, PlatformPermissions.ManageShops))
            return Forbid();
        var zone = (await sites.GetSiteSettingsAsync()).TimeZoneId;
        var shops = await waiting.ListAsync(PlatformTenant.Scope, Most, HttpContext.RequestAborted);
        return View(new WaitingPage([.. shops.Select(s => (s, LocalTime.In(zone, s.Since)))], await authorization.AuthorizeAsync(User, PlatformPermissions.EnterShops)));
    }
}
