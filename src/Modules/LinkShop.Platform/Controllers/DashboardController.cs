using LinkShop.Platform.Services;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;

namespace LinkShop.Platform.Controllers;

/// <summary>The start page of the admin.</summary>
[Admin]
public sealed class DashboardController(DashboardPages pages, IAuthorizationService authorization) : Controller
{
    /// <summary>Today, the last days, and what waits for a person.</summary>
    public async Task<IActionResult> Index()
    {
        // Staff without a right to figures still get a start page.
        return await authorization.AuthorizeAsync(User, Permissions.ViewDashboard)
            ? View(await pages.BuildAsync(HttpContext))
            : View("Welcome");
    }
}
