using LinkShop.Shops.Models;
using LinkShop.Shops.Services;
using LinkShop.Shops.ViewModels;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Modules;
using OrchardCore.Settings;

namespace LinkShop.Shops.Controllers;

/// <summary>What is shown in place of a shop that is shut, or of the checkout of one that is paused. <see cref="Filters.ShopGate"/> leads here.</summary>
[Feature("LinkShop.Shops.Shop")]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ShutController(ISiteService sites, OpeningClock clock) : Controller
{
    /// <summary>The notice.</summary>
    [Route("shop-notice")]
    public async Task<IActionResult> Index()
    {
        var status = (await sites.GetSiteSettingsAsync()).As<ShopStatus>();
        var now = await clock.NowAsync();
        var closed = status.State == Commerce.Shops.ShopState.Open && !now.Open;
        Response.StatusCode = status.State == Commerce.Shops.ShopState.Open && !closed ? 404 : 503;
        return View(new ShutPage(status, closed, now.OpensAt));
    }
}
