using LinkShop.Cms.Admin.Media;
using LinkShop.Cms.Admin.ViewModels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.FileStorage;
using OrchardCore.Media;
using OrchardCore.Modules;
using OrchardCore.Navigation;

namespace LinkShop.Cms.Admin.Controllers;

[Feature("OrchardCore.Media")]
[Admin("Media/{action}", "Media.{action}")]
public sealed class MediaController(IMediaFileStore store, INotifier notifier, IHtmlLocalizer<MediaController> H) : AdminControllerBase
{
    [HttpGet]
    [Admin("Media", "Media.Index")]
    public async Task<IActionResult> Index(string? q, PagerParameters pagerParameters)
    {
        if (!await IsAllowedAsync(MediaPermissions.ManageMedia)) return Forbid();
        var files = new List<IFileStoreEntry>();
        await foreach (var entry in store.GetDirectoryContentAsync(null, includeSubDirectories: true))
            if (!entry.IsDirectory && MediaPath.ContentTypeOf(entry.Path) is not null && (string.IsNullOrWhiteSpace(q) || entry.Path.Contains(q.Trim(), StringComparison.OrdinalIgnoreCase)))
                files.Add(entry);
        var (page, pager) = Cut([.. files.OrderByDescending(file => file.LastModifiedUtc).ThenBy(file => file.Path, StringComparer.Ordinal)], await PagerAsync(pagerParameters));
        return View(new MediaViewModel(page, pager, q));
    }

    [HttpPost]
    public async Task<IActionResult> Upload(List<IFormFile> files)
    {
        if (!await IsAllowedAsync(MediaPermissions.ManageMedia)) return Forbid();
        foreach (var file in files.Where(file => file.Length > 0))
        {
            await using var content = file.OpenReadStream();
            try
            {
                await store.CreateFileFromStreamAsync($"uploads/{Users.UserStore.NewId()[..10]}/{MediaPath.NameFor(file.FileName)}", content);
                await notifier.SuccessAsync(H["{0} was uploaded.", file.FileName]);
            }
            catch (FileStoreException exception)
            {
                await notifier.ErrorAsync(H["{0} was refused: {1}", file.FileName, exception.Message]);
            }
        }

        return RedirectToAction(nameof(Index));
    }

    [HttpPost]
    public async Task<IActionResult> Delete(string path)
    {
        if (!await IsAllowedAsync(MediaPermissions.ManageMedia)) return Forbid();
        if (MediaPath.Normalize(path) is not { } normalized || !await store.TryDeleteFileAsync(normalized)) return NotFound();
        await notifier.SuccessAsync(H["{0} was deleted.", normalized]);
        return RedirectToAction(nameof(Index));
    }
}
