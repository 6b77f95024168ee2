namespace OrchardCore.ContentManagement.Handlers;

/// <summary>A part handler that does nothing until a method is overridden.</summary>
public abstract class ContentPartHandler<TPart> : IContentPartHandler where TPart : ContentPart, new()
{
    /// <summary>Runs before the parts of a new item are added.</summary>
    public virtual Task ActivatingAsync(ActivatingContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs after the parts of a new item were added.</summary>
    public virtual Task ActivatedAsync(ActivatedContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs when a new item gets its first values.</summary>
    public virtual Task InitializingAsync(InitializingContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs after a new item got its first values.</summary>
    public virtual Task InitializedAsync(InitializingContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs before a new item is stored.</summary>
    public virtual Task CreatingAsync(CreateContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs after a new item was stored.</summary>
    public virtual Task CreatedAsync(CreateContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs when an item is loaded.</summary>
    public virtual Task LoadingAsync(LoadContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs after an item was loaded.</summary>
    public virtual Task LoadedAsync(LoadContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs before an item is imported.</summary>
    public virtual Task ImportingAsync(ImportContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs after an item was imported.</summary>
    public virtual Task ImportedAsync(ImportContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs before changes are stored.</summary>
    public virtual Task UpdatingAsync(UpdateContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs after changes were stored.</summary>
    public virtual Task UpdatedAsync(UpdateContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs when an item is checked.</summary>
    public virtual Task ValidatingAsync(ValidateContentContext context, TPart part) => Task.CompletedTask;

    /// <summary>Runs when an item is checked; knows how the type uses the part.</summary>
    public virtual Task ValidatingAsync(ValidateContentPartContext context, TPart part) => Task.CompletedTask;

    /// <summary>Runs after an item was checked.</summary>
    public virtual Task ValidatedAsync(ValidateContentContext context, TPart part) => Task.CompletedTask;

    /// <summary>Runs after an item was checked; knows how the type uses the part.</summary>
    public virtual Task ValidatedAsync(ValidateContentPartContext context, TPart part) => Task.CompletedTask;

    /// <summary>Runs before a version is copied.</summary>
    public virtual Task VersioningAsync(VersionContentContext context, TPart existing, TPart building) => Task.CompletedTask;

    /// <summary>Runs after a version was copied.</summary>
    public virtual Task VersionedAsync(VersionContentContext context, TPart existing, TPart building) => Task.CompletedTask;

    /// <summary>Runs before a draft is stored.</summary>
    public virtual Task DraftSavingAsync(SaveDraftContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs after a draft was stored.</summary>
    public virtual Task DraftSavedAsync(SaveDraftContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs before a version is published; it may cancel.</summary>
    public virtual Task PublishingAsync(PublishContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs after a version was published (stored when the request ends well).</summary>
    public virtual Task PublishedAsync(PublishContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs before a version is unpublished; it may cancel.</summary>
    public virtual Task UnpublishingAsync(PublishContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs after a version was unpublished.</summary>
    public virtual Task UnpublishedAsync(PublishContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs before an item is deleted.</summary>
    public virtual Task RemovingAsync(RemoveContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs after an item was deleted.</summary>
    public virtual Task RemovedAsync(RemoveContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs before an item is copied.</summary>
    public virtual Task CloningAsync(CloneContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs after an item was copied.</summary>
    public virtual Task ClonedAsync(CloneContentContext context, TPart instance) => Task.CompletedTask;

    /// <summary>Runs when an aspect of an item is asked for.</summary>
    public virtual Task GetContentItemAspectAsync(ContentItemAspectContext context, TPart part) => Task.CompletedTask;

    Task IContentPartHandler.ActivatingAsync(ActivatingContentContext context, ContentPart part) => part is TPart typed ? ActivatingAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.ActivatedAsync(ActivatedContentContext context, ContentPart part) => part is TPart typed ? ActivatedAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.InitializingAsync(InitializingContentContext context, ContentPart part) => part is TPart typed ? InitializingAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.InitializedAsync(InitializingContentContext context, ContentPart part) => part is TPart typed ? InitializedAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.CreatingAsync(CreateContentContext context, ContentPart part) => part is TPart typed ? CreatingAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.CreatedAsync(CreateContentContext context, ContentPart part) => part is TPart typed ? CreatedAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.LoadingAsync(LoadContentContext context, ContentPart part) => part is TPart typed ? LoadingAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.LoadedAsync(LoadContentContext context, ContentPart part) => part is TPart typed ? LoadedAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.ImportingAsync(ImportContentContext context, ContentPart part) => part is TPart typed ? ImportingAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.ImportedAsync(ImportContentContext context, ContentPart part) => part is TPart typed ? ImportedAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.UpdatingAsync(UpdateContentContext context, ContentPart part) => part is TPart typed ? UpdatingAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.UpdatedAsync(UpdateContentContext context, ContentPart part) => part is TPart typed ? UpdatedAsync(context, typed) : Task.CompletedTask;

    async Task IContentPartHandler.ValidatingAsync(ValidateContentContext context, ContentPart part)
    {
        if (part is not TPart typed)
            return;
        await ValidatingAsync(context, typed);
        if (context is ValidateContentPartContext partContext)
            await ValidatingAsync(partContext, typed);
    }

    async Task IContentPartHandler.ValidatedAsync(ValidateContentContext context, ContentPart part)
    {
        if (part is not TPart typed)
            return;
        await ValidatedAsync(context, typed);
        if (context is ValidateContentPartContext partContext)
            await ValidatedAsync(partContext, typed);
    }

    Task IContentPartHandler.VersioningAsync(VersionContentContext context, ContentPart existing, ContentPart building) =>
        existing is TPart from && building is TPart to ? VersioningAsync(context, from, to) : Task.CompletedTask;

    Task IContentPartHandler.VersionedAsync(VersionContentContext context, ContentPart existing, ContentPart building) =>
        existing is TPart from && building is TPart to ? VersionedAsync(context, from, to) : Task.CompletedTask;

    Task IContentPartHandler.DraftSavingAsync(SaveDraftContentContext context, ContentPart part) => part is TPart typed ? DraftSavingAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.DraftSavedAsync(SaveDraftContentContext context, ContentPart part) => part is TPart typed ? DraftSavedAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.PublishingAsync(PublishContentContext context, ContentPart part) => part is TPart typed ? PublishingAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.PublishedAsync(PublishContentContext context, ContentPart part) => part is TPart typed ? PublishedAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.UnpublishingAsync(PublishContentContext context, ContentPart part) => part is TPart typed ? UnpublishingAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.UnpublishedAsync(PublishContentContext context, ContentPart part) => part is TPart typed ? UnpublishedAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.RemovingAsync(RemoveContentContext context, ContentPart part) => part is TPart typed ? RemovingAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.RemovedAsync(RemoveContentContext context, ContentPart part) => part is TPart typed ? RemovedAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.CloningAsync(CloneContentContext context, ContentPart part) => part is TPart typed ? CloningAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.ClonedAsync(CloneContentContext context, ContentPart part) => part is TPart typed ? ClonedAsync(context, typed) : Task.CompletedTask;

    Task IContentPartHandler.GetContentItemAspectAsync(ContentItemAspectContext context, ContentPart part) =>
        part is TPart typed ? GetContentItemAspectAsync(context, typed) : Task.CompletedTask;
}
