using LinkShop.Commerce.Shops;
using LinkShop.Shops.Services;
using LinkShop.Shops.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;
using OrchardCore.Modules;

namespace LinkShop.Shops.Controllers;

/// <summary>The money of all malls and shops together, which is at the platform's providers and bank.</summary>
[Feature("LinkShop.Shops")]
[Admin("ShopMoney/{action}", "ShopMoney{action}")]
public sealed class ShopMoneyController(IShopsMoney money, IAuthorizationService authorization) : Controller
{
    /// <summary>The sums, and who owes.</summary>
    public async Task<IActionResult> Index() => await authorization.AuthorizeAsync(User, PlatformPermissions.ManageShops)
        ? View(new MoneyPage(await money.SumAsync(PlatformTenant.Scope, HttpContext.RequestAborted), await money.OwingAsync(PlatformTenant.Scope, cancellationToken: HttpContext.RequestAborted)))
        : Forbid();
}
