using System.Security.Claims;
using LinkShop.Cms.Admin.ViewModels;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.Extensions.Localization;
using OrchardCore.Admin;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Models;
using OrchardCore.ContentManagement.Records;
using OrchardCore.Contents;
using OrchardCore.DisplayManagement.ModelBinding;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using YesSql;

namespace LinkShop.Cms.Admin.Controllers;

/// <summary>Lists, edits and publishes content. Area, controller and actions are Orchard's, so links of modules fit both.</summary>
[Feature("OrchardCore.Contents")]
[Admin("Contents/{action}/{contentItemId?}", "Contents.{action}")]
public sealed class AdminController(
    IContentManager contentManager, IContentDefinitionManager definitions, IContentItemDisplayManager displayManager, IUpdateModelAccessor updater,
    YesSql.ISession session, INotifier notifier, IStringLocalizer<AdminController> S, IHtmlLocalizer<AdminController> H) : AdminControllerBase
{
    /// <summary>Where the editor's page finds what kind of content it is for.</summary>
    public const string TypeName = "TypeName";

    /// <summary>Where the editor's page finds, and sends back, which state of the item it shows.</summary>
    public const string Revision = "Revision";

    [HttpGet]
    [Admin("Contents/ContentItems/{contentTypeId?}", "ListContentItems")]
    public async Task<IActionResult> List(string? contentTypeId, string? q, string? status, PagerParameters pagerParameters)
    {
        if (!await IsAllowedAsync(CommonPermissions.ListContent, contentTypeId)) return Forbid();
        var listable = new List<ContentTypeDefinition>();
        foreach (var type in (await definitions.ListTypeDefinitionsAsync()).Where(type => type.IsListable() || type.IsCreatable()))
            if (await IsAllowedAsync(CommonPermissions.ListContent, type.Name)) listable.Add(type);
        var creatable = new List<ContentTypeDefinition>();
        foreach (var type in listable.Where(type => type.IsCreatable()))
            if (await IsAllowedAsync(CommonPermissions.EditContent, type.Name)) creatable.Add(type);

        var pager = await PagerAsync(pagerParameters);
        var names = contentTypeId is null ? listable.ConvertAll(type => type.Name) : [contentTypeId];
        var query = Filter(session.Query<ContentItem, ContentItemIndex>(index => index.Latest && names.Contains(index.ContentType)), q, status);
        var total = await query.CountAsync();
        var items = await query.OrderByDescending(index => index.ModifiedUtc).Skip(pager.GetStartIndex()).Take(pager.PageSize).ListAsync();
        return View(new ContentListViewModel(
            [.. items], Describe(pager, total), q, contentTypeId, status,
            listable.OrderBy(type => type.DisplayName, StringComparer.CurrentCulture).ToDictionary(type => type.Name, type => type.DisplayName), creatable));
    }

    [HttpGet]
    [Admin("Contents/ContentTypes/{id}/Create", "CreateContentItem")]
    public async Task<IActionResult> Create(string id)
    {
        if (await definitions.GetTypeDefinitionAsync(id) is not { } type) return NotFound();
        var item = await NewAsync(id);
        if (!await IsAllowedAsync(CommonPermissions.EditContent, item)) return Forbid();
        ViewData[TypeName] = type.DisplayName;
        return View(await displayManager.BuildEditorAsync(item, updater.ModelUpdater, isNew: true));
    }

    [HttpPost]
    [Admin("Contents/ContentTypes/{id}/Create", "CreateContentItem")]
    public async Task<IActionResult> Create(string id, [Bind(Prefix = "submit.Publish")] string? publish, string? returnUrl)
    {
        if (await definitions.GetTypeDefinitionAsync(id) is not { } type) return NotFound();
        var item = await NewAsync(id);
        if (!await MaySaveAsync(item, publish)) return Forbid();
        ViewData[TypeName] = type.DisplayName;
        var editor = await displayManager.UpdateEditorAsync(item, updater.ModelUpdater, isNew: true);
        if (ModelState.IsValid) await contentManager.CreateAsync(item, VersionOptions.Draft);
        if (!ModelState.IsValid) return await RefuseAsync("Create", editor);
        return await FinishAsync(item, type, publish, returnUrl);
    }

    [HttpGet]
    [Admin("Contents/ContentItems/{contentItemId}/Edit", "EditContentItem")]
    public async Task<IActionResult> Edit(string contentItemId)
    {
        if (await contentManager.GetAsync(contentItemId, VersionOptions.Latest) is not { } item) return NotFound();
        if (!await IsAllowedAsync(CommonPermissions.EditContent, item)) return Forbid();
        ViewData[TypeName] = (await definitions.GetTypeDefinitionAsync(item.ContentType))?.DisplayName;
        ViewData[Revision] = RevisionOf(item);
        return View(await displayManager.BuildEditorAsync(item, updater.ModelUpdater, isNew: false));
    }

    [HttpPost]
    [Admin("Contents/ContentItems/{contentItemId}/Edit", "EditContentItem")]
    public async Task<IActionResult> Edit(string contentItemId, [Bind(Prefix = "submit.Publish")] string? publish, string? returnUrl)
    {
        // before asking for a draft makes one
        var now = await contentManager.GetAsync(contentItemId, VersionOptions.Latest) is { } latest ? RevisionOf(latest) : null;
        if (now is null || await contentManager.GetAsync(contentItemId, VersionOptions.DraftRequired) is not { } item) return NotFound();
        if (!await MaySaveAsync(item, publish))
        {
            await session.CancelAsync();
            return Forbid();
        }

        var type = await definitions.GetTypeDefinitionAsync(item.ContentType);
        ViewData[TypeName] = type?.DisplayName;
        var editor = await displayManager.UpdateEditorAsync(item, updater.ModelUpdater, isNew: false);
        ViewData[Revision] = RefuseOlder(now);
        if (!ModelState.IsValid) return await RefuseAsync("Edit", editor);
        return await FinishAsync(item, type!, publish, returnUrl);
    }

    [HttpPost]
    [Admin("Contents/ContentItems/{contentItemId}/Publish", "PublishContentItem")]
    public Task<IActionResult> Publish(string contentItemId, string? returnUrl) => ChangeAsync(
        contentItemId, VersionOptions.Latest, CommonPermissions.PublishContent, contentManager.PublishAsync, H["The content item was published."], returnUrl);

    [HttpPost]
    [Admin("Contents/ContentItems/{contentItemId}/Unpublish", "UnpublishContentItem")]
    public Task<IActionResult> Unpublish(string contentItemId, string? returnUrl) => ChangeAsync(
        contentItemId, VersionOptions.Published, CommonPermissions.PublishContent, contentManager.UnpublishAsync, H["The content item was taken off the site."], returnUrl);

    [HttpPost]
    [Admin("Contents/ContentItems/{contentItemId}/Delete", "RemoveContentItem")]
    public Task<IActionResult> Remove(string contentItemId, string? returnUrl) => ChangeAsync(
        contentItemId, VersionOptions.Latest, CommonPermissions.DeleteContent, contentManager.RemoveAsync, H["The content item was deleted."], returnUrl);

    private static IQuery<ContentItem, ContentItemIndex> Filter(IQuery<ContentItem, ContentItemIndex> query, string? q, string? status)
    {
        if (!string.IsNullOrWhiteSpace(q))
        {
            var search = q.Trim();
            query = query.Where(index => index.DisplayText!.Contains(search));
        }

        return status switch
        {
            "published" => query.Where(index => index.Published),
            "draft" => query.Where(index => !index.Published),
            _ => query,
        };
    }

    private async Task<ContentItem> NewAsync(string type)
    {
        var item = await contentManager.NewAsync(type);
        item.Owner = User.FindFirstValue(ClaimTypes.NameIdentifier);
        item.Author = User.Identity?.Name;
        return item;
    }

    private static string RevisionOf(ContentItem item) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{item.ContentItemVersionId}.{item.ModifiedUtc?.Ticks}");

    // the form would put everything back to what it was when it was opened, prices too; who sends it again has read that
    private string? RefuseOlder(string now)
    {
        if (Request.Form[Revision] is not [{ Length: > 0 } opened] || opened == now) return Request.Form[Revision];
        ModelState.AddModelError("", S["Somebody saved this while you were editing it, maybe you yourself in another window. Nothing of yours is saved yet: it is in the form below. Please compare it with what is saved now; if you save again, the form replaces that."]);
        return now;
    }

    private async Task<bool> MaySaveAsync(ContentItem item, string? publish)
        => await IsAllowedAsync(CommonPermissions.EditContent, item) && (publish is null || await IsAllowedAsync(CommonPermissions.PublishContent, item));

    private async Task<IActionResult> RefuseAsync(string view, OrchardCore.DisplayManagement.IShape editor)
    {
        await session.CancelAsync();
        Response.StatusCode = Microsoft.AspNetCore.Http.StatusCodes.Status422UnprocessableEntity;
        return View(view, editor);
    }

    private async Task<IActionResult> FinishAsync(ContentItem item, ContentTypeDefinition type, string? publish, string? returnUrl)
    {
        if (publish is not null)
        {
            await contentManager.PublishAsync(item);
            await notifier.SuccessAsync(H["{0}: published.", Name(item, type)]);
        }
        else
        {
            await contentManager.SaveDraftAsync(item);
            await notifier.SuccessAsync(H["{0}: saved as a draft.", Name(item, type)]);
        }

        return Back(returnUrl);
    }

    private string Name(ContentItem item, ContentTypeDefinition type) => string.IsNullOrWhiteSpace(item.DisplayText) ? S["Untitled {0}", type.DisplayName] : item.DisplayText;

    private async Task<IActionResult> ChangeAsync(
        string id, VersionOptions version, OrchardCore.Security.Permissions.Permission permission, Func<ContentItem, Task> change, LocalizedHtmlString done, string? returnUrl)
    {
        if (await contentManager.GetAsync(id, version) is not { } item) return NotFound();
        if (!await IsAllowedAsync(permission, item)) return Forbid();
        await change(item);
        await notifier.SuccessAsync(done);
        return Back(returnUrl);
    }

    private IActionResult Back(string? returnUrl)
        => !string.IsNullOrEmpty(returnUrl) && Url.IsLocalUrl(returnUrl) ? LocalRedirect(returnUrl) : RedirectToAction(nameof(List));
}
