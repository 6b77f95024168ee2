namespace OrchardCore.ContentManagement.Handlers;

/// <summary>Reacts to what happens to one part of content items.</summary>
public interface IContentPartHandler
{
    /// <summary>Runs before the parts of a new item are added.</summary>
    Task ActivatingAsync(ActivatingContentContext context, ContentPart part);

    /// <summary>Runs after the parts of a new item were added.</summary>
    Task ActivatedAsync(ActivatedContentContext context, ContentPart part);

    /// <summary>Runs when a new item gets its first values.</summary>
    Task InitializingAsync(InitializingContentContext context, ContentPart part);

    /// <summary>Runs after a new item got its first values.</summary>
    Task InitializedAsync(InitializingContentContext context, ContentPart part);

    /// <summary>Runs before a new item is stored.</summary>
    Task CreatingAsync(CreateContentContext context, ContentPart part);

    /// <summary>Runs after a new item was stored.</summary>
    Task CreatedAsync(CreateContentContext context, ContentPart part);

    /// <summary>Runs when an item is loaded.</summary>
    Task LoadingAsync(LoadContentContext context, ContentPart part);

    /// <summary>Runs after an item was loaded.</summary>
    Task LoadedAsync(LoadContentContext context, ContentPart part);

    /// <summary>Runs before an item is imported.</summary>
    Task ImportingAsync(ImportContentContext context, ContentPart part);

    /// <summary>Runs after an item was imported.</summary>
    Task ImportedAsync(ImportContentContext context, ContentPart part);

    /// <summary>Runs before changes are stored.</summary>
    Task UpdatingAsync(UpdateContentContext context, ContentPart part);

    /// <summary>Runs after changes were stored.</summary>
    Task UpdatedAsync(UpdateContentContext context, ContentPart part);

    /// <summary>Runs when an item is checked.</summary>
    Task ValidatingAsync(ValidateContentContext context, ContentPart part);

    /// <summary>Runs after an item was checked.</summary>
    Task ValidatedAsync(ValidateContentContext context, ContentPart part);

    /// <summary>Runs before a version is copied.</summary>
    Task VersioningAsync(VersionContentContext context, ContentPart existing, ContentPart building);

    /// <summary>Runs after a version was copied.</summary>
    Task VersionedAsync(VersionContentContext context, ContentPart existing, ContentPart building);

    /// <summary>Runs before a draft is stored.</summary>
    Task DraftSavingAsync(SaveDraftContentContext context, ContentPart part);

    /// <summary>Runs after a draft was stored.</summary>
    Task DraftSavedAsync(SaveDraftContentContext context, ContentPart part);

    /// <summary>Runs before a version is published; it may cancel.</summary>
    Task PublishingAsync(PublishContentContext context, ContentPart part);

    /// <summary>Runs after a version was published (stored when the request ends well).</summary>
    Task PublishedAsync(PublishContentContext context, ContentPart part);

    /// <summary>Runs before a version is unpublished; it may cancel.</summary>
    Task UnpublishingAsync(PublishContentContext context, ContentPart part);

    /// <summary>Runs after a version was unpublished.</summary>
    Task UnpublishedAsync(PublishContentContext context, ContentPart part);

    /// <summary>Runs before an item is deleted.</summary>
    Task RemovingAsync(RemoveContentContext context, ContentPart part);

    /// <summary>Runs after an item was deleted.</summary>
    Task RemovedAsync(RemoveContentContext context, ContentPart part);

    /// <summary>Runs before an item is copied.</summary>
    Task CloningAsync(CloneContentContext context, ContentPart part);

    /// <summary>Runs after an item was copied.</summary>
    Task ClonedAsync(CloneContentContext context, ContentPart part);

    /// <summary>Runs when an aspect of an item is asked for.</summary>
    Task GetContentItemAspectAsync(ContentItemAspectContext context, ContentPart part);
}
