using LinkShop.Commerce.Shops;
using LinkShop.Http;
using LinkShop.Shops.Services;
using LinkShop.Shops.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using OrchardCore.Modules;

namespace LinkShop.Shops.Controllers;

/// <summary>A person's own shops, and the way into them.</summary>
[Feature("LinkShop.Shops")]
[Route("my-shops")]
[Authorize]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class MyShopsController(
    IShops shops, IShopEntries entries, ShopAddresses addresses, Visitors visitors, IStringLocalizer<MyShopsController> S) : Controller
{
    /// <summary>All of them.</summary>
    [HttpGet("")]
    public async Task<IActionResult> Index()
    {
        var page = await shops.SearchAsync(PlatformTenant.Scope, new ShopQuery(OwnerUser: visitors.IdOf(User) ?? "", Take: 200), HttpContext.RequestAborted);
        return View(page.Shops.Select(CardOf).ToList());
    }

    /// <summary>A shop that was just opened: where it is, its code, and the way in.</summary>
    [HttpGet("{shop}")]
    public async Task<IActionResult> Live(string shop) => await OwnAsync(shop) is { } own ? View(CardOf(own)) : NotFound();

    /// <summary>Its address as a QR code.</summary>
    [HttpGet("{shop}/qr.svg")]
    public async Task<IActionResult> Qr(string shop) => await OwnAsync(shop) is { } own
        ? Content(QrCodes.Svg(CardOf(own).Address, S["QR code of {0}", own.Title]), "image/svg+xml; charset=utf-8")
        : NotFound();

    /// <summary>Sends its owner in.</summary>
    [HttpPost("{shop}/enter")]
    [ValidateAntiForgeryToken]
    public async Task<IActionResult> Enter(string shop) => await OwnAsync(shop) is { } own ? await SendAsync(own) : NotFound();

    /// <summary>Where a shop's sign-in page leads: its owner goes on, anybody else learns that it isn't theirs.</summary>
    [HttpGet("enter")]
    public async Task<IActionResult> EnterFrom(string? slug)
    {
        var mine = await shops.SearchAsync(PlatformTenant.Scope, new ShopQuery(OwnerUser: visitors.IdOf(User) ?? "", Take: 200), HttpContext.RequestAborted);
        if (mine.Shops.FirstOrDefault(s => s.Slug == slug && s.State != ShopState.Opening) is { } own)
            return await SendAsync(own);
        Response.StatusCode = 403;
        return View("NotYours");
    }

    private async Task<IActionResult> SendAsync(ShopInfo shop)
    {
        var visitor = new ShopVisitor(shop.OwnerUser, shop.OwnerName, shop.OwnerEmail, Staff: false, visitors.StampOf(User));
        var code = await entries.IssueAsync(PlatformTenant.Scope, shop.Shop, visitor, HttpContext.RequestAborted);
        return Redirect(EntryCodes.Hand(Request, ShopAddresses.PathOf(shop, Request), code));
    }

    private async Task<ShopInfo?> OwnAsync(string shop) =>
        await shops.FindAsync(PlatformTenant.Scope, shop, HttpContext.RequestAborted) is { State: not ShopState.Opening } found && found.OwnerUser == visitors.IdOf(User) ? found : null;

    private ShopCard CardOf(ShopInfo shop) => new(shop, ShopAddresses.Of(shop.Slug, Request), addresses.AtDomain(shop.Slug, Request), ShopAddresses.PathOf(shop, Request));
}
