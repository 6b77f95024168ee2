using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;
using OrchardCore.Modules;
using OrchardCore.Navigation;

namespace LinkShop.Cms.Admin.Controllers;

/// <summary>
/// The first page of the admin. Its route has a late order, so a module that has more to say serves the same address
/// with an action of its own: <c>[Admin("", "…")]</c>.
/// </summary>
[Feature("LinkShop.Cms.Admin")]
public sealed class DashboardController(INavigationManager navigation) : AdminControllerBase
{
    [HttpGet]
    public async Task<IActionResult> Index()
    {
        AdminAttribute.Apply(HttpContext);
        if (!await IsAllowedAsync(AdminPermissions.AccessAdminPanel)) return User.Identity?.IsAuthenticated == true ? Forbid() : Challenge();
        return View((await navigation.BuildMenuAsync(NavigationConstants.AdminId, ControllerContext)).ToList());
    }
}
