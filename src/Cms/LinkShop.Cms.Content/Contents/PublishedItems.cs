using LinkShop.Cms.Content.Caching;
using LinkShop.Cms.Content.Data;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Records;
using YesSql;
using YesSql.Services;

namespace LinkShop.Cms.Content.Contents;

/// <summary>
/// Finds published items. The stored text of those asked for by identifier is kept, so that a page that is shown often reads no
/// database; each request makes its own objects from it, which it may change.
/// </summary>
internal sealed class PublishedItems(DocumentSession session, ContentCache cache)
{
    private const string Kind = "published";

    public async Task<ContentItem?> GetAsync(string contentItemId)
    {
        if (session.HasUncommitted(typeof(ContentItem)))
            return await session.Query<ContentItem, ContentItemIndex>(x => x.ContentItemId == contentItemId && x.Published).FirstOrDefaultAsync();
        var stamp = await session.GetStampAsync(typeof(ContentItem));
        if (cache.Get<Document>(session.Tenant, Kind, contentItemId, stamp) is { } known)
            return session.Materialize<ContentItem>(known);
        var item = await session.Query<ContentItem, ContentItemIndex>(x => x.ContentItemId == contentItemId && x.Published).FirstOrDefaultAsync();
        Remember(item, stamp);
        return item;
    }

    public async Task<IEnumerable<ContentItem>> GetAsync(IReadOnlyCollection<string> contentItemIds)
    {
        var stamp = session.HasUncommitted(typeof(ContentItem)) ? -1 : await session.GetStampAsync(typeof(ContentItem));
        var found = new List<ContentItem>(contentItemIds.Count);
        var missing = new List<string>();
        foreach (var id in contentItemIds)
            if (stamp >= 0 && cache.Get<Document>(session.Tenant, Kind, id, stamp) is { } known)
                found.Add(session.Materialize<ContentItem>(known));
            else
                missing.Add(id);
        if (missing.Count == 0)
            return found;
        foreach (var item in await session.Query<ContentItem, ContentItemIndex>(x => x.ContentItemId.IsIn(missing) && x.Published).ListAsync())
        {
            found.Add(item);
            if (stamp >= 0)
                Remember(item, stamp);
        }

        return found;
    }

    private void Remember(ContentItem? item, long stamp)
    {
        if (item is not null && session.RowOf(item) is { } row)
            cache.Set(session.Tenant, Kind, item.ContentItemId, stamp, row, row.Content.Length);
    }
}
