using OrchardCore.ContentManagement;

namespace LinkShop.Cms.Content.Contents;

/// <summary>The content items that a request has loaded and run the load handlers on.</summary>
internal sealed class ContentManagerSession
{
    private readonly Dictionary<long, ContentItem> _byId = [];
    private readonly Dictionary<string, ContentItem> _published = [];

    public void Store(ContentItem item)
    {
        _byId[item.Id] = item;
        if (item.Published)
            _published[item.ContentItemId] = item;
    }

    public ContentItem? Recall(long id) => _byId.GetValueOrDefault(id);

    /// <summary>The published version, when it was loaded and is still published.</summary>
    public ContentItem? RecallPublished(string contentItemId) => _published.GetValueOrDefault(contentItemId) is { Published: true } item ? item : null;
}
