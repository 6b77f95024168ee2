using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.ModelBinding;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Modules;
using OrchardCore.Settings;

namespace LinkShop.Cms.Admin.Controllers;

/// <summary>Shows and saves one group of settings; the drivers of the enabled features make its form.</summary>
[Feature("OrchardCore.Settings")]
[Admin("Settings/{groupId}", "AdminSettings")]
public sealed class SettingsController(
    IDisplayManager<ISite> displayManager, ISiteService siteService, IUpdateModelAccessor updater, YesSql.ISession session, INotifier notifier,
    IHtmlLocalizer<SettingsController> H) : AdminControllerBase
{
    [HttpGet]
    public async Task<IActionResult> Index(string groupId)
    {
        if (!await IsAllowedAsync(SettingsPermissions.ManageGroupSettings, groupId)) return Forbid();
        var site = await siteService.GetSiteSettingsAsync();
        var editor = await displayManager.BuildEditorAsync(site, updater.ModelUpdater, isNew: false, groupId);
        return IsKnown(editor) ? View(editor) : NotFound();
    }

    [HttpPost]
    [ActionName(nameof(Index))]
    public async Task<IActionResult> Save(string groupId)
    {
        if (!await IsAllowedAsync(SettingsPermissions.ManageGroupSettings, groupId)) return Forbid();
        var site = await siteService.LoadSiteSettingsAsync();
        var editor = await displayManager.UpdateEditorAsync(site, updater.ModelUpdater, isNew: false, groupId);
        if (!IsKnown(editor)) return NotFound();
        if (!ModelState.IsValid)
        {
            await session.CancelAsync();
            return View(editor);
        }

        await siteService.UpdateSiteSettingsAsync(site);
        await notifier.SuccessAsync(H["The settings were saved."]);
        return RedirectToAction(nameof(Index), new { groupId });
    }

    // of a group that no driver knows there is nothing to show
    private static bool IsKnown(IShape editor) => editor.Properties.Values.Any(value => value is IShape);
}
