using LinkShop.Commerce.Shops;
using LinkShop.Shops.Services;
using LinkShop.Shops.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;
using OrchardCore.Environment.Shell;
using OrchardCore.Media;
using OrchardCore.Modules;

namespace LinkShop.Shops.Controllers;

/// <summary>A shop's plan: what it has room for, until when, and the way to a higher one.</summary>
[Feature("LinkShop.Shops.Shop")]
[Admin("ShopDesk/Plan", "ShopDeskPlan")]
public sealed class ShopPlanController(IShopPlans plans, StaffSeats seats, PlanLimits limits, IMediaFileStore media, ShellSettings shell, IAuthorizationService authorization) : Controller
{
    /// <summary>The page.</summary>
    public async Task<IActionResult> Index()
    {
        if (!await authorization.AuthorizeAsync(User, ShopPermissions.ManageShopDesk))
            return Forbid();
        if (await plans.StateAsync(PlatformTenant.Scope, shell.Name, HttpContext.RequestAborted) is not { } state)
            return NotFound();
        var use = new PlanUse(await limits.ProductsAsync(), await seats.UsedAsync(), await limits.StorageAsync(media));
        var domains = (shell["Domains"] ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Length;
        return View(new ShopPlanPage(
            state, await plans.LimitsAsync(PlatformTenant.Scope, shell.Name), use, await plans.TermsAsync(PlatformTenant.Scope, shell.Name), domains));
    }
}
