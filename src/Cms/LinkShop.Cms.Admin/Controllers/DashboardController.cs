using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;
using OrchardCore.Modules;
using OrchardCore.Navigation;

namespace LinkShop.Cms.Admin.Controllers;

/// <summary>
/// The first page of the admin. The route is a conventional one, so a module that has more to say serves the same address
/// with an action that has a route attribute: those come first.
/// </summary>
[Feature("OrchardCore.Admin")]
[Admin("Dashboard", "AdminDashboard")]
public sealed class DashboardController(INavigationManager navigation) : AdminControllerBase
{
    [HttpGet]
    public async Task<IActionResult> Index()
    {
        if (!await IsAllowedAsync(AdminPermissions.AccessAdminPanel)) return Forbid();
        return View((await navigation.BuildMenuAsync(NavigationConstants.AdminId, ControllerContext)).ToList());
    }
}
