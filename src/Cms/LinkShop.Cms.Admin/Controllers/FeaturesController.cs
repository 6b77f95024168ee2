using LinkShop.Cms.Admin.ViewModels;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Shell;
using OrchardCore.Features;
using OrchardCore.Modules;

namespace LinkShop.Cms.Admin.Controllers;

[Feature("OrchardCore.Features")]
[Admin("Features/{action}/{id?}", "Features.{action}")]
public sealed class FeaturesController(
    IShellFeaturesManager shellFeatures, IExtensionManager extensions, INotifier notifier, IHtmlLocalizer<FeaturesController> H) : AdminControllerBase
{
    [HttpGet]
    [Admin("Features", "Features.Index")]
    public async Task<IActionResult> Index(string? q)
    {
        if (!await IsAllowedAsync(FeaturesPermissions.ManageFeatures)) return Forbid();
        var rows = await RowsAsync();
        if (!string.IsNullOrWhiteSpace(q))
            rows = [.. rows.Where(row => Has(row.Feature.Name, q) || Has(row.Feature.Id, q) || Has(row.Feature.Description, q))];
        return View(new FeaturesViewModel(
            [.. rows.OrderBy(row => row.Feature.Name, StringComparer.CurrentCulture).GroupBy(row => row.Feature.Category ?? "").OrderBy(group => group.Key, StringComparer.CurrentCulture)], q));
    }

    [HttpPost]
    public async Task<IActionResult> Enable(string id)
    {
        if (!await IsAllowedAsync(FeaturesPermissions.ManageFeatures)) return Forbid();
        if ((await RowsAsync()).Find(row => row.Feature.Id == id) is not { } row) return NotFound();
        if (!row.CanEnable) return BadRequest();
        await shellFeatures.EnableFeaturesAsync([row.Feature], force: true);
        await notifier.SuccessAsync(H["The feature {0} was enabled.", row.Feature.Name]);
        return RedirectToAction(nameof(Index));
    }

    [HttpPost]
    public async Task<IActionResult> Disable(string id)
    {
        if (!await IsAllowedAsync(FeaturesPermissions.ManageFeatures)) return Forbid();
        if ((await RowsAsync()).Find(row => row.Feature.Id == id) is not { } row) return NotFound();
        if (!row.CanDisable)
        {
            await notifier.ErrorAsync(H["The feature {0} can't be disabled while other features need it.", row.Feature.Name]);
            return RedirectToAction(nameof(Index));
        }

        await shellFeatures.DisableFeaturesAsync([row.Feature], force: false);
        await notifier.SuccessAsync(H["The feature {0} was disabled.", row.Feature.Name]);
        return RedirectToAction(nameof(Index));
    }

    private static bool Has(string? text, string search) => text?.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The features a person can know about: modules that can be switched, not themes and not the host's own parts.</summary>
    private async Task<List<FeatureRow>> RowsAsync()
    {
        var enabled = (await shellFeatures.GetEnabledFeaturesAsync()).Select(feature => feature.Id).ToHashSet();
        var available = (await shellFeatures.GetAvailableFeaturesAsync()).Where(feature => feature.Extension.Manifest.Type != "Theme" && !feature.Id.StartsWith("LinkShop.Cms.", StringComparison.Ordinal)).ToList();
        return available.ConvertAll(feature => new FeatureRow(
            feature,
            enabled.Contains(feature.Id),
            [.. extensions.GetFeatureDependencies(feature.Id).Where(other => other.Id != feature.Id && !other.IsAlwaysEnabled).Select(other => other.Name)],
            [.. extensions.GetDependentFeatures(feature.Id).Where(other => other.Id != feature.Id && enabled.Contains(other.Id)).Select(other => other.Name)]));
    }
}
