using LinkShop.Shops.Models;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Modules;
using OrchardCore.Settings;

namespace LinkShop.Shops.Controllers;

/// <summary>What is shown in place of a shop that is shut, or of the checkout of one that is paused. <see cref="Filters.ShopGate"/> leads here.</summary>
[Feature("LinkShop.Shops.Shop")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ShutController(ISiteService sites) : Controller
{
    /// <summary>The notice.</summary>
    [Route("shop-notice")]
    public async Task<IActionResult> Index()
    {
        var status = (await sites.GetSiteSettingsAsync()).As<ShopStatus>();
        Response.StatusCode = status.State == Commerce.Shops.ShopState.Open ? 404 : 503;
        return View(status);
    }
}
