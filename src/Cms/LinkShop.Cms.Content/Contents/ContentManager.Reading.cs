using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Handlers;
using OrchardCore.ContentManagement.Metadata.Models;
using OrchardCore.ContentManagement.Records;
using YesSql;
using YesSql.Services;

namespace LinkShop.Cms.Content.Contents;

internal sealed partial class ContentManager
{
    public async Task<ContentItem?> GetAsync(string contentItemId, VersionOptions? options = null)
    {
        if (string.IsNullOrEmpty(contentItemId))
            return null;
        options ??= VersionOptions.Published;
        if (options.IsPublished && loaded.RecallPublished(contentItemId) is { } known)
            return known;
        var item = options.IsPublished ? await published.GetAsync(contentItemId)
            : options.IsDraft && !options.IsDraftRequired
                ? await session.Query<ContentItem, ContentItemIndex>(x => x.ContentItemId == contentItemId && x.Latest && !x.Published).FirstOrDefaultAsync()
                : await LatestAsync(contentItemId);
        if (item is null)
            return null;
        item = await LoadAsync(item);
        return options.IsDraftRequired ? await RequireDraftAsync(item) : item;
    }

    public async Task<IEnumerable<ContentItem>> GetAsync(IEnumerable<string> contentItemIds, VersionOptions? options = null)
    {
        string[] ids = [.. contentItemIds.Where(id => !string.IsNullOrEmpty(id)).Distinct()];
        if (ids.Length == 0)
            return [];
        options ??= VersionOptions.Published;
        var items = options.IsPublished ? await published.GetAsync(ids)
            : options.IsDraft && !options.IsDraftRequired
                ? await session.Query<ContentItem, ContentItemIndex>(x => x.ContentItemId.IsIn(ids) && x.Latest && !x.Published).ListAsync()
                : await session.Query<ContentItem, ContentItemIndex>(x => x.ContentItemId.IsIn(ids) && x.Latest).ListAsync();
        var result = new List<ContentItem>();
        foreach (var item in items.OrderBy(item => Array.IndexOf(ids, item.ContentItemId)))
        {
            var ready = await LoadAsync(item);
            result.Add(options.IsDraftRequired ? await RequireDraftAsync(ready) : ready);
        }

        return result;
    }

    public async Task<ContentItem?> GetVersionAsync(string contentItemVersionId)
    {
        var item = await session.Query<ContentItem, ContentItemIndex>(x => x.ContentItemVersionId == contentItemVersionId).FirstOrDefaultAsync();
        return item is null ? null : await LoadAsync(item);
    }

    public async Task<IEnumerable<ContentItem>> GetAllVersionsAsync(string contentItemId) =>
        await this.LoadAsync(await session.Query<ContentItem, ContentItemIndex>(x => x.ContentItemId == contentItemId).ListAsync());

    public async Task<ContentItem> LoadAsync(ContentItem contentItem)
    {
        if (loaded.Recall(contentItem.Id) is { } known)
            return known;
        // Before the handlers run: one of them may load an item that refers back to this one.
        loaded.Store(contentItem);
        var context = new LoadContentContext(contentItem);
        await ForwardAsync(context, static (handler, context) => handler.LoadingAsync(context));
        await BackAsync(context, static (handler, context) => handler.LoadedAsync(context));
        return context.ContentItem;
    }

    public async Task<TAspect> PopulateAspectAsync<TAspect>(IContent content, TAspect aspect)
    {
        var context = new ContentItemAspectContext { ContentItem = content.ContentItem, Aspect = aspect! };
        foreach (var handler in _handlers)
            await handler.GetContentItemAspectAsync(context);
        return aspect;
    }

    /// <summary>The draft; made from the published version when that is the latest, or the item itself when its type keeps no versions.</summary>
    private async Task<ContentItem> RequireDraftAsync(ContentItem latest)
    {
        if (latest.Published)
        {
            var type = await definitions.GetTypeDefinitionAsync(latest.ContentType);
            if (type is not null && !type.IsVersionable())
                latest.Published = false;
            else
                latest = await BuildNewVersionAsync(latest);
        }

        await session.SaveAsync(latest, checkConcurrency: true);
        return latest;
    }

    private async Task<ContentItem> BuildNewVersionAsync(ContentItem existing)
    {
        var building = new ContentItem
        {
            ContentType = existing.ContentType,
            ContentItemId = existing.ContentItemId,
            ContentItemVersionId = ids.GenerateUniqueId(existing),
            DisplayText = existing.DisplayText,
            Latest = true,
            Data = existing.Data.DeepClone().AsObject(),
        };
        var context = new VersionContentContext(existing, building);
        await ForwardAsync(context, static (handler, context) => handler.VersioningAsync(context));
        await BackAsync(context, static (handler, context) => handler.VersionedAsync(context));
        existing.Latest = false;
        await session.SaveAsync(existing, checkConcurrency: true);
        return context.BuildingContentItem;
    }

    private Task<ContentItem?> LatestAsync(string contentItemId) =>
        session.Query<ContentItem, ContentItemIndex>(x => x.ContentItemId == contentItemId && x.Latest).FirstOrDefaultAsync();
}
