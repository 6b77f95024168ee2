using LinkShop.Platform.ViewModels;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Environment.Shell;

namespace LinkShop.Platform.Controllers;

/// <summary>The platform's front page: its malls, and the way to a shop of one's own.</summary>
public sealed class HomeController(IShellHost shellHost, IShellFeaturesManager features, ShellSettings settings) : Controller
{
    private const int MaxTenants = 200;

    /// <summary>The list, without micro-shops: there may be thousands. Only the platform itself lists the others.</summary>
    public async Task<IActionResult> Index()
    {
        if (!settings.IsDefaultShell())
            return NotFound();
        ViewData["OpenAShop"] = await features.IsFeatureEnabledAsync("LinkShop.Shops");
        return View(shellHost.GetAllSettings().Where(t => !t.IsDefaultShell() && t.IsRunning() && t["Category"] != "shop")
            .OrderBy(t => t.Name, StringComparer.Ordinal).Take(MaxTenants).Select(t => TenantLink.Of(t, Request)).ToList());
    }
}
