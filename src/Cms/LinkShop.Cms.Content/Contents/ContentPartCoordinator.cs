using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Handlers;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Models;

namespace LinkShop.Cms.Content.Contents;

/// <summary>Gives content items the parts of their type, and passes events on to the handlers of the parts they have.</summary>
internal sealed class ContentPartCoordinator(IContentDefinitionManager definitions, ContentElementTypes types, ContentPartHandlers handlers) : ContentHandlerBase
{
    public override async Task ActivatingAsync(ActivatingContentContext context)
    {
        foreach (var typePart in context.Definition.Parts)
        {
            var part = types.CreatePart(typePart.PartDefinition.Name);
            part.ContentItem = context.ContentItem;
            foreach (var handler in handlers.Of(typePart.PartDefinition.Name))
                await handler.ActivatingAsync(context, part);
            WeldFields(part, typePart);
            context.ContentItem.Weld(typePart.Name, part);
        }
    }

    public override async Task LoadingAsync(LoadContentContext context)
    {
        foreach (var typePart in await PartsAsync(context.ContentItem))
        {
            // The type may have got the part or the field after the item was stored.
            if (Find(context.ContentItem, typePart) is not { } part)
                context.ContentItem.Weld(typePart.Name, part = types.CreatePart(typePart.PartDefinition.Name));
            foreach (var handler in handlers.Of(typePart.PartDefinition.Name))
                await handler.LoadingAsync(context, part);
            WeldFields(part, typePart);
        }
    }

    public override async Task ValidatingAsync(ValidateContentContext context)
    {
        foreach (var typePart in await PartsAsync(context.ContentItem))
            if (Find(context.ContentItem, typePart) is { } part)
                foreach (var handler in handlers.Of(typePart.PartDefinition.Name))
                    await handler.ValidatingAsync(ForPart(context, typePart), part);
    }

    public override async Task ValidatedAsync(ValidateContentContext context)
    {
        foreach (var typePart in await PartsAsync(context.ContentItem))
            if (Find(context.ContentItem, typePart) is { } part)
                foreach (var handler in handlers.Of(typePart.PartDefinition.Name))
                    await handler.ValidatedAsync(ForPart(context, typePart), part);
    }

    public override Task VersioningAsync(VersionContentContext context) => VersionAsync(context, static (handler, context, from, to) => handler.VersioningAsync(context, from, to));

    public override Task VersionedAsync(VersionContentContext context) => VersionAsync(context, static (handler, context, from, to) => handler.VersionedAsync(context, from, to));

    public override async Task GetContentItemAspectAsync(ContentItemAspectContext context)
    {
        foreach (var typePart in await PartsAsync(context.ContentItem))
            if (handlers.Of(typePart.PartDefinition.Name) is { Count: > 0 } partHandlers && Find(context.ContentItem, typePart) is { } part)
                foreach (var handler in partHandlers)
                    await handler.GetContentItemAspectAsync(context, part);
    }

    public override Task ActivatedAsync(ActivatedContentContext context) =>
        TellAsync(context, static (handler, context, part) => handler.ActivatedAsync(context, part));

    public override Task InitializingAsync(InitializingContentContext context) =>
        TellAsync(context, static (handler, context, part) => handler.InitializingAsync(context, part));

    public override Task InitializedAsync(InitializingContentContext context) =>
        TellAsync(context, static (handler, context, part) => handler.InitializedAsync(context, part));

    public override Task CreatingAsync(CreateContentContext context) =>
        TellAsync(context, static (handler, context, part) => handler.CreatingAsync(context, part));

    public override Task CreatedAsync(CreateContentContext context) =>
        TellAsync(context, static (handler, context, part) => handler.CreatedAsync(context, part));

    public override Task LoadedAsync(LoadContentContext context) =>
        TellAsync(context, static (handler, context, part) => handler.LoadedAsync(context, part));

    public override async Task ImportingAsync(ImportContentContext context)
    {
        // A recipe says only what matters: the other parts of the type start empty, as in a new item, or stay as they are stored.
        foreach (var typePart in context.OriginalContentItem is null ? await PartsAsync(context.ContentItem) : [])
        {
            if (Find(context.ContentItem, typePart) is not { } part)
                context.ContentItem.Weld(typePart.Name, part = types.CreatePart(typePart.PartDefinition.Name));
            WeldFields(part, typePart);
        }

        await TellAsync(context, static (handler, context, part) => handler.ImportingAsync(context, part));
    }

    public override Task ImportedAsync(ImportContentContext context) =>
        TellAsync(context, static (handler, context, part) => handler.ImportedAsync(context, part));

    public override Task UpdatingAsync(UpdateContentContext context) =>
        TellAsync(context, static (handler, context, part) => handler.UpdatingAsync(context, part));

    public override Task UpdatedAsync(UpdateContentContext context) =>
        TellAsync(context, static (handler, context, part) => handler.UpdatedAsync(context, part));

    public override Task DraftSavingAsync(SaveDraftContentContext context) =>
        TellAsync(context, static (handler, context, part) => handler.DraftSavingAsync(context, part));

    public override Task DraftSavedAsync(SaveDraftContentContext context) =>
        TellAsync(context, static (handler, context, part) => handler.DraftSavedAsync(context, part));

    public override Task PublishingAsync(PublishContentContext context) =>
        TellAsync(context, static (handler, context, part) => handler.PublishingAsync(context, part));

    public override Task PublishedAsync(PublishContentContext context) =>
        TellAsync(context, static (handler, context, part) => handler.PublishedAsync(context, part));

    public override Task UnpublishingAsync(PublishContentContext context) =>
        TellAsync(context, static (handler, context, part) => handler.UnpublishingAsync(context, part));

    public override Task UnpublishedAsync(PublishContentContext context) =>
        TellAsync(context, static (handler, context, part) => handler.UnpublishedAsync(context, part));

    public override Task RemovingAsync(RemoveContentContext context) =>
        TellAsync(context, static (handler, context, part) => handler.RemovingAsync(context, part));

    public override Task RemovedAsync(RemoveContentContext context) =>
        TellAsync(context, static (handler, context, part) => handler.RemovedAsync(context, part));

    public override Task CloningAsync(CloneContentContext context) =>
        TellAsync(context, static (handler, context, part) => handler.CloningAsync(context, part));

    public override Task ClonedAsync(CloneContentContext context) =>
        TellAsync(context, static (handler, context, part) => handler.ClonedAsync(context, part));

    private async Task TellAsync<TContext>(TContext context, Func<IContentPartHandler, TContext, ContentPart, Task> tell) where TContext : ContentContextBase
    {
        foreach (var typePart in await PartsAsync(context.ContentItem))
            if (handlers.Of(typePart.PartDefinition.Name) is { Count: > 0 } partHandlers && Find(context.ContentItem, typePart) is { } part)
                foreach (var handler in partHandlers)
                    await tell(handler, context, part);
    }

    private async Task VersionAsync(VersionContentContext context, Func<IContentPartHandler, VersionContentContext, ContentPart, ContentPart, Task> tell)
    {
        foreach (var typePart in await PartsAsync(context.ContentItem))
            if (Find(context.ContentItem, typePart) is { } existing && Find(context.BuildingContentItem, typePart) is { } building)
                foreach (var handler in handlers.Of(typePart.PartDefinition.Name))
                    await tell(handler, context, existing, building);
    }

    private async Task<IEnumerable<ContentTypePartDefinition>> PartsAsync(ContentItem item) =>
        (await definitions.GetTypeDefinitionAsync(item.ContentType))?.Parts ?? [];

    private ContentPart? Find(ContentItem item, ContentTypePartDefinition typePart) =>
        (ContentPart?)item.Get(types.PartType(typePart.PartDefinition.Name), typePart.Name);

    private void WeldFields(ContentPart part, ContentTypePartDefinition typePart)
    {
        foreach (var field in typePart.PartDefinition.Fields)
            if (!part.Has(field.Name))
                part.Weld(field.Name, types.CreateField(field.FieldDefinition.Name));
    }

    private static ValidateContentPartContext ForPart(ValidateContentContext context, ContentTypePartDefinition typePart) =>
        new(context.ContentItem) { ContentTypePartDefinition = typePart, ContentValidateResult = context.ContentValidateResult };
}
