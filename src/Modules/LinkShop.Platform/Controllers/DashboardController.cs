using LinkShop.Platform.Services;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;
using OrchardCore.Environment.Shell;
using OrchardCore.Security.Permissions;

namespace LinkShop.Platform.Controllers;

/// <summary>The start page of the admin: of a shop, or of the platform that only hosts others.</summary>
[Admin]
public sealed class DashboardController(
    DashboardPages shop, DashboardReader reader, PlatformPages platform, IShellFeaturesManager features, ShellSettings settings, IAuthorizationService authorization) : Controller
{
    private const string Shops = "LinkShop.Shops";

    // another module's, by its name
    private static readonly Permission s_manageShops = new("ManageShops");

    /// <summary>Today, the last days, and what waits for a person.</summary>
    public async Task<IActionResult> Index()
    {
        // a link to a screen whose feature is off leads nowhere, so the page has to know
        var enabled = (await features.GetEnabledFeaturesAsync()).Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        // a platform takes orders too, for plans, but it has no storefront
        if (settings.IsDefaultShell() && !enabled.Contains("LinkShop.Storefront"))
        {
            return await authorization.AuthorizeAsync(User, Permissions.ViewDashboard) 
                ? View("Platform", await platform.BuildAsync(HttpContext, enabled.Contains(Shops) && await authorization.AuthorizeAsync(User, s_manageShops))) : View("Welcome");
        }

        // whoever has no part of it still gets a start page
        var parts = await reader.PartsAsync(User);
        return parts.Any ? View(await shop.BuildAsync(parts, enabled, HttpContext.RequestAborted)) : View("Welcome");
    }
}
