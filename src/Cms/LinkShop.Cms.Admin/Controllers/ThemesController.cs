using LinkShop.Cms.Admin.ViewModels;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;
using OrchardCore.Themes.Services;

namespace LinkShop.Cms.Admin.Controllers;

[Feature("OrchardCore.Themes")]
[Admin("Themes/{action}/{id?}", "Themes.{action}")]
public sealed class ThemesController(
    IShellFeaturesManager shellFeatures, ISiteThemeService siteTheme, IAdminThemeService adminTheme, INotifier notifier,
    IHtmlLocalizer<ThemesController> H) : AdminControllerBase
{
    [HttpGet]
    [Admin("Themes", "Themes.Index")]
    public async Task<IActionResult> Index()
    {
        if (!await IsAllowedAsync(HostPermissions.ApplyTheme)) return Forbid();
        var themes = await ThemesAsync();
        return View(new ThemesViewModel(
            [.. themes.Where(theme => !IsAdminTheme(theme))], [.. themes.Where(IsAdminTheme)],
            await siteTheme.GetSiteThemeNameAsync(), await adminTheme.GetAdminThemeNameAsync()));
    }

    [HttpPost]
    public async Task<IActionResult> Choose(string id)
    {
        if (!await IsAllowedAsync(HostPermissions.ApplyTheme)) return Forbid();
        if ((await ThemesAsync()).Find(theme => theme.Id == id) is not { } chosen) return NotFound();
        if (IsAdminTheme(chosen)) await adminTheme.SetAdminThemeAsync(id);
        else await siteTheme.SetSiteThemeAsync(id);
        // A theme's templates and files are there when its feature is.
        await shellFeatures.EnableFeaturesAsync([.. chosen.Features], force: true);
        await notifier.SuccessAsync(H["The theme {0} is in use now.", chosen.Manifest.Name]);
        return RedirectToAction(nameof(Index));
    }

    private static bool IsAdminTheme(IExtensionInfo theme) => theme.Manifest.Tags.Contains("admin", StringComparer.OrdinalIgnoreCase);

    private async Task<List<IExtensionInfo>> ThemesAsync() =>
        [.. (await shellFeatures.GetAvailableFeaturesAsync()).Select(feature => feature.Extension).Where(extension => extension.Manifest.Type == "Theme").DistinctBy(theme => theme.Id)];
}
