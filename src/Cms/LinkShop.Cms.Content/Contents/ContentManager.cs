using LinkShop.Cms.Content.Data;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Handlers;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Builders;
using OrchardCore.ContentManagement.Records;
using OrchardCore.Modules;
using YesSql;

namespace LinkShop.Cms.Content.Contents;

/// <summary>Creates, changes and publishes content items, telling the handlers in Orchard's order.</summary>
internal sealed partial class ContentManager(
    IContentDefinitionManager definitions,
    ContentManagerSession loaded,
    PublishedItems published,
    IEnumerable<IContentHandler> handlers,
    DocumentSession session,
    IContentItemIdGenerator ids,
    IClock clock) : IContentManager
{
    private readonly IContentHandler[] _handlers = [.. handlers];

    public async Task<ContentItem> NewAsync(string contentType)
    {
        var definition = await definitions.GetTypeDefinitionAsync(contentType) ?? new ContentTypeDefinitionBuilder().Named(contentType).Build();
        var item = new ContentItem { ContentType = definition.Name };
        var activating = new ActivatingContentContext(item) { ContentType = definition.Name, Definition = definition };
        await ForwardAsync(activating, static (handler, context) => handler.ActivatingAsync(context));
        item.ContentItemId = ids.GenerateUniqueId(item);
        await BackAsync(new ActivatedContentContext(item), static (handler, context) => handler.ActivatedAsync(context));
        var initializing = new InitializingContentContext(item);
        await ForwardAsync(initializing, static (handler, context) => handler.InitializingAsync(context));
        await BackAsync(initializing, static (handler, context) => handler.InitializedAsync(context));
        return item;
    }

    public async Task CreateAsync(ContentItem contentItem, VersionOptions options)
    {
        if (string.IsNullOrEmpty(contentItem.ContentItemVersionId))
        {
            contentItem.ContentItemVersionId = ids.GenerateUniqueId(contentItem);
            contentItem.Published = true;
            contentItem.Latest = true;
        }

        if (options.IsDraft)
            contentItem.Published = false;
        var context = new CreateContentContext(contentItem);
        await ForwardAsync(context, static (handler, context) => handler.CreatingAsync(context));
        await session.SaveAsync(contentItem);
        loaded.Store(contentItem);
        await BackAsync(context, static (handler, context) => handler.CreatedAsync(context));
        if (options.IsPublished)
            await TellPublishedAsync(contentItem, null);
    }

    public async Task UpdateAsync(ContentItem contentItem)
    {
        var context = new UpdateContentContext(contentItem);
        await ForwardAsync(context, static (handler, context) => handler.UpdatingAsync(context));
        await session.SaveAsync(contentItem);
        await BackAsync(context, static (handler, context) => handler.UpdatedAsync(context));
    }

    public async Task<ContentValidateResult> ValidateAsync(ContentItem contentItem)
    {
        var context = new ValidateContentContext(contentItem);
        await ForwardAsync(context, static (handler, context) => handler.ValidatingAsync(context));
        await BackAsync(context, static (handler, context) => handler.ValidatedAsync(context));
        // As in Orchard: what isn't valid must not be stored by accident at the end of the request.
        if (!context.ContentValidateResult.Succeeded)
            await session.CancelAsync();
        return context.ContentValidateResult;
    }

    public async Task SaveDraftAsync(ContentItem contentItem)
    {
        if (!contentItem.Latest || contentItem.Published)
            return;
        var context = new SaveDraftContentContext(contentItem);
        await ForwardAsync(context, static (handler, context) => handler.DraftSavingAsync(context));
        await session.SaveAsync(contentItem, checkConcurrency: true);
        await BackAsync(context, static (handler, context) => handler.DraftSavedAsync(context));
    }

    public async Task<bool> PublishAsync(ContentItem contentItem)
    {
        if (contentItem.Published)
            return true;
        var previous = await session.Query<ContentItem, ContentItemIndex>(x => x.ContentItemId == contentItem.ContentItemId && x.Published).FirstOrDefaultAsync();
        var context = new PublishContentContext(contentItem, previous);
        await ForwardAsync(context, static (handler, context) => handler.PublishingAsync(context));
        if (context.Cancel)
            return false;
        if (previous is not null && previous != contentItem)
        {
            previous.Published = false;
            await session.SaveAsync(previous, checkConcurrency: true);
        }

        contentItem.Published = true;
        await session.SaveAsync(contentItem, checkConcurrency: true);
        loaded.Store(contentItem);
        await BackAsync(context, static (handler, context) => handler.PublishedAsync(context));
        return true;
    }

    public async Task<bool> UnpublishAsync(ContentItem contentItem)
    {
        if (!contentItem.Latest)
            throw new InvalidOperationException("Only the latest version can be unpublished.");
        var current = contentItem.Published ? contentItem : await GetAsync(contentItem.ContentItemId, VersionOptions.Published);
        if (current is null)
            return true;
        var context = new PublishContentContext(contentItem, current) { PublishingItem = null };
        await ForwardAsync(context, static (handler, context) => handler.UnpublishingAsync(context));
        if (context.Cancel)
            return false;
        current.Published = false;
        current.ModifiedUtc = clock.UtcNow;
        await session.SaveAsync(current, checkConcurrency: true);
        await BackAsync(context, static (handler, context) => handler.UnpublishedAsync(context));
        return true;
    }

    public async Task RemoveAsync(ContentItem contentItem)
    {
        var active = (await session.Query<ContentItem, ContentItemIndex>(x => x.ContentItemId == contentItem.ContentItemId && (x.Published || x.Latest)).ListAsync()).ToArray();
        if (active.Length == 0)
            return;
        var context = new RemoveContentContext(contentItem, noActiveVersionLeft: true);
        await ForwardAsync(context, static (handler, context) => handler.RemovingAsync(context));
        foreach (var version in active)
        {
            version.Published = version.Latest = false;
            await session.SaveAsync(version);
        }

        await BackAsync(context, static (handler, context) => handler.RemovedAsync(context));
    }

    public async Task DiscardDraftAsync(ContentItem contentItem)
    {
        if (contentItem.Published || !contentItem.Latest)
            throw new InvalidOperationException("Only a draft can be discarded.");
        var current = await GetAsync(contentItem.ContentItemId, VersionOptions.Published);
        var context = new RemoveContentContext(contentItem, current is null);
        await ForwardAsync(context, static (handler, context) => handler.RemovingAsync(context));
        contentItem.Latest = false;
        await session.SaveAsync(contentItem);
        await BackAsync(context, static (handler, context) => handler.RemovedAsync(context));
        if (current is null)
            return;
        current.Latest = true;
        await session.SaveAsync(current);
    }

    public async Task<ContentItem> CloneAsync(ContentItem contentItem)
    {
        var clone = await NewAsync(contentItem.ContentType);
        clone.DisplayText = contentItem.DisplayText;
        clone.Data = contentItem.Data.DeepClone().AsObject();
        clone.Elements.Clear();
        var context = new CloneContentContext(contentItem, clone);
        await ForwardAsync(context, static (handler, context) => handler.CloningAsync(context));
        await CreateAsync(clone, VersionOptions.Draft);
        await BackAsync(context, static (handler, context) => handler.ClonedAsync(context));
        return clone;
    }

    private async Task TellPublishedAsync(ContentItem item, ContentItem? previous)
    {
        var context = new PublishContentContext(item, previous);
        await ForwardAsync(context, static (handler, context) => handler.PublishingAsync(context));
        await BackAsync(context, static (handler, context) => handler.PublishedAsync(context));
    }

    private async Task ForwardAsync<TContext>(TContext context, Func<IContentHandler, TContext, Task> tell)
    {
        foreach (var handler in _handlers)
            await tell(handler, context);
    }

    private async Task BackAsync<TContext>(TContext context, Func<IContentHandler, TContext, Task> tell)
    {
        for (var i = _handlers.Length - 1; i >= 0; i--)
            await tell(_handlers[i], context);
    }
}
