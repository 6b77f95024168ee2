using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Models;
using OrchardCore.ContentManagement.Metadata.Settings;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.DisplayManagement.Zones;

namespace LinkShop.Cms.Display.Content;

/// <summary>Runs the drivers of the item, of its parts and of their fields.</summary>
internal sealed class ContentItemDisplayCoordinator(
    IContentDefinitionManager definitions,
    IEnumerable<IContentDisplayDriver> itemDrivers,
    IOptions<ContentOptions> contentOptions,
    IOptions<ContentDisplayOptions> displayOptions,
    IServiceProvider services) : IContentDisplayHandler
{
    private readonly ContentOptions _types = contentOptions.Value;
    private readonly ContentDisplayOptions _drivers = displayOptions.Value;

    public async Task BuildDisplayAsync(ContentItem contentItem, BuildDisplayContext context)
    {
        foreach (var driver in itemDrivers)
            await ApplyAsync(await driver.BuildDisplayAsync(contentItem, context), context);

        foreach (var typePart in await PartsAsync(contentItem))
        {
            if (GetPart(contentItem, typePart) is not { } part)
                continue;

            var position = typePart.GetSettings<ContentTypePartSettings>().Position;
            context.DefaultPosition = position;
            foreach (var driver in PartDrivers(typePart))
                await ApplyAsync(await driver.BuildDisplayAsync(part, typePart, context), context);

            foreach (var field in typePart.PartDefinition.Fields)
            {
                context.DefaultPosition = field.GetSettings<ContentPartFieldSettings>().Position ?? position;
                foreach (var driver in FieldDrivers(field, field.DisplayMode(), editor: false))
                    await ApplyAsync(await driver.BuildDisplayAsync(part, field, typePart, context), context);
            }
        }
    }

    public async Task BuildEditorAsync(ContentItem contentItem, BuildEditorContext context)
    {
        foreach (var driver in itemDrivers)
            await ApplyAsync(await driver.BuildEditorAsync(contentItem, context), context);

        await EditPartsAsync(
            contentItem,
            context,
            (driver, part, typePart) => driver.BuildEditorAsync(part, typePart, context),
            (driver, part, field, typePart) => driver.BuildEditorAsync(part, field, typePart, context));
    }

    public async Task UpdateEditorAsync(ContentItem contentItem, UpdateEditorContext context)
    {
        foreach (var driver in itemDrivers)
            await ApplyAsync(await driver.UpdateEditorAsync(contentItem, context), context);

        await EditPartsAsync(
            contentItem,
            context,
            (driver, part, typePart) => driver.UpdateEditorAsync(part, typePart, context),
            async (driver, part, field, typePart) =>
            {
                var result = await driver.UpdateEditorAsync(part, field, typePart, context);
                contentItem.Apply(typePart.Name, part);
                return result;
            });
    }

    private async Task EditPartsAsync(
        ContentItem item,
        BuildEditorContext context,
        Func<IContentPartDisplayDriver, ContentPart, ContentTypePartDefinition, Task<IDisplayResult?>> editPart,
        Func<IContentFieldDisplayDriver, ContentPart, ContentPartFieldDefinition, ContentTypePartDefinition, Task<IDisplayResult?>> editField)
    {
        foreach (var typePart in await PartsAsync(item))
        {
            var part = GetPart(item, typePart) ?? CreatePart(item, typePart);
            var position = typePart.GetSettings<ContentTypePartSettings>().Position;
            await AddPartShapeAsync(context, typePart, part, position);
            context.DefaultZone = "Parts." + typePart.Name;
            context.DefaultPosition = null;
            foreach (var driver in PartDrivers(typePart))
                await ApplyAsync(await editPart(driver, part, typePart), context);

            foreach (var field in typePart.PartDefinition.Fields)
            {
                context.DefaultPosition = field.GetSettings<ContentPartFieldSettings>().Position;
                foreach (var driver in FieldDrivers(field, field.Editor(), editor: true))
                    await ApplyAsync(await editField(driver, part, field, typePart), context);
            }
        }
    }

    // Each part has a frame of its own in the editor, so that a theme can put tabs, cards or headings around parts.
    private static async Task AddPartShapeAsync(BuildEditorContext context, ContentTypePartDefinition typePart, ContentPart part, string? position)
    {
        if (context.Shape is not IZoneHolding holder)
            return;

        var frame = await context.ShapeFactory.CreateAsync("ContentPart_Edit");
        frame.Metadata.Name = typePart.Name;
        frame.Metadata.Alternates.Add("ContentPart_Edit__" + typePart.PartDefinition.Name);
        frame.Properties["ContentPart"] = part;
        frame.Properties["ContentTypePartDefinition"] = typePart;
        var zone = await holder.Zones["Parts"].AddAsync(frame, position);
        zone.Properties[typePart.Name] = frame;
    }

    private async Task<IEnumerable<ContentTypePartDefinition>> PartsAsync(ContentItem item) =>
        (await definitions.GetTypeDefinitionAsync(item.ContentType))?.Parts ?? [];

    private ContentPart? GetPart(ContentItem item, ContentTypePartDefinition typePart) => item.Get(PartType(typePart), typePart.Name) as ContentPart;

    private ContentPart CreatePart(ContentItem item, ContentTypePartDefinition typePart)
    {
        var part = (ContentPart)Activator.CreateInstance(PartType(typePart))!;
        part.ContentItem = item;
        item.Weld(typePart.Name, part);
        return item.Get(PartType(typePart), typePart.Name) as ContentPart ?? part;
    }

    private Type PartType(ContentTypePartDefinition typePart) =>
        _types.ContentPartOptionsLookup.TryGetValue(typePart.PartDefinition.Name, out var option) ? option.Type : typeof(ContentPart);

    private IEnumerable<IContentPartDisplayDriver> PartDrivers(ContentTypePartDefinition typePart)
    {
        foreach (var option in _drivers.PartDrivers(typePart.PartDefinition.Name))
            yield return (IContentPartDisplayDriver)services.GetRequiredService(option.DisplayDriverType);
    }

    private IEnumerable<IContentFieldDisplayDriver> FieldDrivers(ContentPartFieldDefinition field, string? mode, bool editor)
    {
        foreach (var option in _drivers.FieldDrivers(field.FieldDefinition.Name))
        {
            if (editor ? option.Editor(mode) : option.DisplayMode(mode))
                yield return (IContentFieldDisplayDriver)services.GetRequiredService(option.DisplayDriverType);
        }
    }

    private static Task ApplyAsync(IDisplayResult? result, BuildDisplayContext context) => result?.ApplyAsync(context) ?? Task.CompletedTask;

    private static Task ApplyAsync(IDisplayResult? result, BuildEditorContext context) => result?.ApplyAsync(context) ?? Task.CompletedTask;
}
