using OrchardCore.ContentManagement.Handlers;

namespace OrchardCore.ContentManagement;

/// <summary>Creates, finds, changes and publishes content items. Changes are stored when the request ends well.</summary>
public interface IContentManager
{
    /// <summary>Makes a new content item of a type, with its parts, without storing it.</summary>
    Task<ContentItem> NewAsync(string contentType);

    /// <summary>Stores a new content item, as a draft with <see cref="VersionOptions.Draft"/>, else published.</summary>
    Task CreateAsync(ContentItem contentItem, VersionOptions options);

    /// <summary>Stores a complete version as it is, after validating it.</summary>
    Task<ContentValidateResult> CreateContentItemVersionAsync(ContentItem contentItem);

    /// <summary>Puts the members of another version over this one, after validating the result.</summary>
    Task<ContentValidateResult> UpdateContentItemVersionAsync(ContentItem updatingVersion, ContentItem updatedVersion);

    /// <summary>Stores content items by identifier: a new item, a new version, or a replacement of a known version.</summary>
    /// <exception cref="Exception">An item isn't valid; the message names the item and what is wrong.</exception>
    Task ImportAsync(IEnumerable<ContentItem> contentItems);

    /// <summary>Runs the handlers' checks.</summary>
    Task<ContentValidateResult> ValidateAsync(ContentItem contentItem);

    /// <summary>The version asked for (published by default), or null.</summary>
    Task<ContentItem?> GetAsync(string contentItemId, VersionOptions? options = null);

    /// <summary>The versions asked for (published by default), in the order of the identifiers; unknown ones are left out.</summary>
    Task<IEnumerable<ContentItem>> GetAsync(IEnumerable<string> contentItemIds, VersionOptions? options = null);

    /// <summary>One version, or null.</summary>
    Task<ContentItem?> GetVersionAsync(string contentItemVersionId);

    /// <summary>All versions, drafts too.</summary>
    Task<IEnumerable<ContentItem>> GetAllVersionsAsync(string contentItemId);

    /// <summary>Runs the load handlers on an item that a query returned.</summary>
    Task<ContentItem> LoadAsync(ContentItem contentItem);

    /// <summary>Deletes the content item: it has no latest and no published version any more.</summary>
    Task RemoveAsync(ContentItem contentItem);

    /// <summary>Drops the draft, so that the published version is the latest again.</summary>
    Task DiscardDraftAsync(ContentItem contentItem);

    /// <summary>Stores a draft.</summary>
    Task SaveDraftAsync(ContentItem contentItem);

    /// <summary>Makes a version the published one; false when a handler refused.</summary>
    Task<bool> PublishAsync(ContentItem contentItem);

    /// <summary>Takes the published version back; false when a handler refused.</summary>
    Task<bool> UnpublishAsync(ContentItem contentItem);

    /// <summary>Lets the handlers react to changes and stores them.</summary>
    Task UpdateAsync(ContentItem contentItem);

    /// <summary>Makes a draft copy with an identifier of its own.</summary>
    Task<ContentItem> CloneAsync(ContentItem contentItem);

    /// <summary>Lets the handlers fill an object with what they know of an item, such as <c>BodyAspect</c>.</summary>
    Task<TAspect> PopulateAspectAsync<TAspect>(IContent content, TAspect aspect);
}

/// <summary>Makes the identifiers of content items and versions.</summary>
public interface IContentItemIdGenerator
{
    /// <summary>A new identifier of 26 lower-case letters and digits.</summary>
    string GenerateUniqueId(ContentItem contentItem);
}

/// <summary>Which version of a content item is meant.</summary>
public record VersionOptions
{
    /// <summary>The newest version, draft or not.</summary>
    public static readonly VersionOptions Latest = new() { IsLatest = true };

    /// <summary>The published version.</summary>
    public static readonly VersionOptions Published = new() { IsPublished = true };

    /// <summary>The draft.</summary>
    public static readonly VersionOptions Draft = new() { IsDraft = true };

    /// <summary>The draft; one is made from the published version when there is none.</summary>
    public static readonly VersionOptions DraftRequired = new() { IsDraft = true, IsDraftRequired = true };

    /// <summary>The newest version is meant.</summary>
    public bool IsLatest { get; private set; }

    /// <summary>The published version is meant.</summary>
    public bool IsPublished { get; private set; }

    /// <summary>The draft is meant.</summary>
    public bool IsDraft { get; private set; }

    /// <summary>The draft is meant and made when missing.</summary>
    public bool IsDraftRequired { get; private set; }
}

/// <summary>Shorter ways to use the content manager.</summary>
public static class ContentManagerExtensions
{
    /// <summary>Fills a new aspect with what the handlers know of an item.</summary>
    public static Task<TAspect> PopulateAspectAsync<TAspect>(this IContentManager contentManager, IContent content) where TAspect : new() =>
        contentManager.PopulateAspectAsync(content, new TAspect());

    /// <summary>Whether the item has a published version.</summary>
    public static async Task<bool> HasPublishedVersionAsync(this IContentManager contentManager, IContent content) =>
        content.ContentItem is { } item && (item.Published || await contentManager.GetAsync(item.ContentItemId, VersionOptions.Published) is not null);

    /// <summary>Runs the load handlers on items that a query returned.</summary>
    public static async Task<IEnumerable<ContentItem>> LoadAsync(this IContentManager contentManager, IEnumerable<ContentItem> contentItems)
    {
        var loaded = new List<ContentItem>();
        foreach (var item in contentItems)
            loaded.Add(await contentManager.LoadAsync(item));
        return loaded;
    }

    /// <summary>Updates, validates and, when it is valid, creates an item.</summary>
    public static async Task<ContentValidateResult> UpdateValidateAndCreateAsync(this IContentManager contentManager, ContentItem contentItem, VersionOptions options)
    {
        await contentManager.UpdateAsync(contentItem);
        var result = await contentManager.ValidateAsync(contentItem);
        if (result.Succeeded)
            await contentManager.CreateAsync(contentItem, options);
        return result;
    }
}
