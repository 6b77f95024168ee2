namespace OrchardCore.ContentManagement.Handlers;

/// <summary>Reacts to what happens to content items. "-ing" methods run in registration order, "-ed" methods in reverse.</summary>
public interface IContentHandler
{
    /// <summary>Runs before the parts of a new item are added.</summary>
    Task ActivatingAsync(ActivatingContentContext context);

    /// <summary>Runs after the parts of a new item were added.</summary>
    Task ActivatedAsync(ActivatedContentContext context);

    /// <summary>Runs when a new item gets its first values.</summary>
    Task InitializingAsync(InitializingContentContext context);

    /// <summary>Runs after a new item got its first values.</summary>
    Task InitializedAsync(InitializingContentContext context);

    /// <summary>Runs before a new item is stored.</summary>
    Task CreatingAsync(CreateContentContext context);

    /// <summary>Runs after a new item was stored.</summary>
    Task CreatedAsync(CreateContentContext context);

    /// <summary>Runs when an item is loaded.</summary>
    Task LoadingAsync(LoadContentContext context);

    /// <summary>Runs after an item was loaded.</summary>
    Task LoadedAsync(LoadContentContext context);

    /// <summary>Runs before an item is imported.</summary>
    Task ImportingAsync(ImportContentContext context);

    /// <summary>Runs after an item was imported.</summary>
    Task ImportedAsync(ImportContentContext context);

    /// <summary>Runs before changes are stored.</summary>
    Task UpdatingAsync(UpdateContentContext context);

    /// <summary>Runs after changes were stored.</summary>
    Task UpdatedAsync(UpdateContentContext context);

    /// <summary>Runs when an item is checked.</summary>
    Task ValidatingAsync(ValidateContentContext context);

    /// <summary>Runs after an item was checked.</summary>
    Task ValidatedAsync(ValidateContentContext context);

    /// <summary>Runs before a version is copied.</summary>
    Task VersioningAsync(VersionContentContext context);

    /// <summary>Runs after a version was copied.</summary>
    Task VersionedAsync(VersionContentContext context);

    /// <summary>Runs before a draft is stored.</summary>
    Task DraftSavingAsync(SaveDraftContentContext context);

    /// <summary>Runs after a draft was stored.</summary>
    Task DraftSavedAsync(SaveDraftContentContext context);

    /// <summary>Runs before a version is published; it may cancel.</summary>
    Task PublishingAsync(PublishContentContext context);

    /// <summary>Runs after a version was published (stored when the request ends well).</summary>
    Task PublishedAsync(PublishContentContext context);

    /// <summary>Runs before a version is unpublished; it may cancel.</summary>
    Task UnpublishingAsync(PublishContentContext context);

    /// <summary>Runs after a version was unpublished.</summary>
    Task UnpublishedAsync(PublishContentContext context);

    /// <summary>Runs before an item is deleted.</summary>
    Task RemovingAsync(RemoveContentContext context);

    /// <summary>Runs after an item was deleted.</summary>
    Task RemovedAsync(RemoveContentContext context);

    /// <summary>Runs before an item is copied.</summary>
    Task CloningAsync(CloneContentContext context);

    /// <summary>Runs after an item was copied.</summary>
    Task ClonedAsync(CloneContentContext context);

    /// <summary>Runs when an aspect of an item is asked for.</summary>
    Task GetContentItemAspectAsync(ContentItemAspectContext context);
}

/// <summary>A content handler that does nothing until a method is overridden.</summary>
public abstract class ContentHandlerBase : IContentHandler
{
    /// <inheritdoc/>
    public virtual Task ActivatingAsync(ActivatingContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task ActivatedAsync(ActivatedContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task InitializingAsync(InitializingContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task InitializedAsync(InitializingContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task CreatingAsync(CreateContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task CreatedAsync(CreateContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task LoadingAsync(LoadContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task LoadedAsync(LoadContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task ImportingAsync(ImportContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task ImportedAsync(ImportContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task UpdatingAsync(UpdateContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task UpdatedAsync(UpdateContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task ValidatingAsync(ValidateContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task ValidatedAsync(ValidateContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task VersioningAsync(VersionContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task VersionedAsync(VersionContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task DraftSavingAsync(SaveDraftContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task DraftSavedAsync(SaveDraftContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task PublishingAsync(PublishContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task PublishedAsync(PublishContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task UnpublishingAsync(PublishContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task UnpublishedAsync(PublishContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task RemovingAsync(RemoveContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task RemovedAsync(RemoveContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task CloningAsync(CloneContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task ClonedAsync(CloneContentContext context) => Task.CompletedTask;

    /// <inheritdoc/>
    public virtual Task GetContentItemAspectAsync(ContentItemAspectContext context) => Task.CompletedTask;
}
