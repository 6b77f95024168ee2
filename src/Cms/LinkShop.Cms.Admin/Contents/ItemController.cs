using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display;
using OrchardCore.Contents;
using OrchardCore.DisplayManagement.ModelBinding;
using OrchardCore.Modules;

namespace LinkShop.Cms.Admin.Controllers;

/// <summary>Shows a content item to visitors, and its draft to those who may see it.</summary>
[Feature("OrchardCore.Contents")]
public sealed class ItemController(
    IContentManager contentManager, IContentItemDisplayManager displayManager, IUpdateModelAccessor updater, IAuthorizationService authorization) : Controller
{
    [HttpGet("Contents/ContentItems/{contentItemId}")]
    [Microsoft.AspNetCore.OutputCaching.OutputCache(PolicyName = "ContentPage")]
    public Task<IActionResult> Display(string contentItemId) => ShowAsync(contentItemId, VersionOptions.Published, CommonPermissions.ViewContent);

    [HttpGet("Contents/ContentItems/{contentItemId}/Preview")]
    public Task<IActionResult> Preview(string contentItemId)
    {
        Response.Headers.CacheControl = "no-store";
        return ShowAsync(contentItemId, VersionOptions.Latest, CommonPermissions.PreviewContent);
    }

    private async Task<IActionResult> ShowAsync(string id, VersionOptions version, OrchardCore.Security.Permissions.Permission permission)
    {
        if (await contentManager.GetAsync(id, version) is not { } item) return NotFound();
        if (!await authorization.AuthorizeAsync(User, permission, item)) return User.Identity?.IsAuthenticated == true ? Forbid() : Challenge();
        return View("Display", await displayManager.BuildDisplayAsync(item, updater.ModelUpdater));
    }
}
