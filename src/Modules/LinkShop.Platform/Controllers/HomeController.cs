using LinkShop.Platform.ViewModels;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Environment.Shell;

namespace LinkShop.Platform.Controllers;

/// <summary>The platform's front page: its malls and shops.</summary>
public sealed class HomeController(IShellHost shellHost, ShellSettings settings) : Controller
{
    private const int MaxTenants = 200;

    /// <summary>The list. Only the platform itself lists the others.</summary>
    public IActionResult Index() => settings.IsDefaultShell()
        ? View(shellHost.GetAllSettings().Where(t => !t.IsDefaultShell() && t.IsRunning())
            .OrderBy(t => t.Name, StringComparer.Ordinal).Take(MaxTenants).Select(t => TenantLink.Of(t, Request)).ToList())
        : NotFound();
}
