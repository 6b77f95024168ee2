using LinkShop.Cms.Display.Shapes;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Metadata;
using OrchardCore.ContentManagement.Metadata.Models;
using OrchardCore.ContentManagement.Metadata.Settings;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Layout;
using OrchardCore.DisplayManagement.ModelBinding;
using OrchardCore.DisplayManagement.Zones;

namespace LinkShop.Cms.Display.Content;

/// <summary>Builds a content item's shape and lets the handlers fill its zones.</summary>
internal sealed class ContentItemDisplayManager(
    IEnumerable<IContentDisplayHandler> handlers,
    IContentDefinitionManager definitions,
    IShapeFactory factory,
    ILayoutAccessor layout,
    PlacementBinder placement) : IContentItemDisplayManager
{
    public async Task<IShape> BuildDisplayAsync(ContentItem content, IUpdateModel updater, string displayType = "", string groupId = "")
    {
        var definition = await GetDefinitionAsync(content);
        var type = string.IsNullOrEmpty(displayType) ? "Detail" : displayType;
        var shape = await CreateShapeAsync(content, Stereotype(definition), type);
        shape.Metadata.Alternates.AddRange(ContentAlternates.Of(shape.Metadata.Type, type, content.ContentType));
        var context = new BuildDisplayContext(shape, type, groupId, factory, await layout.GetLayoutAsync(), updater) { DefaultZone = "Content" };
        await placement.BindAsync(context);
        foreach (var handler in handlers)
            await handler.BuildDisplayAsync(content, context);

        return shape;
    }

    public async Task<IShape> BuildEditorAsync(ContentItem content, IUpdateModel updater, bool isNew, string groupId = "", string htmlFieldPrefix = "")
    {
        var shape = await CreateEditorShapeAsync(content);
        var context = new BuildEditorContext(shape, groupId, isNew, htmlFieldPrefix, factory, await layout.GetLayoutAsync(), updater) { DefaultZone = "Content" };
        await placement.BindAsync(context);
        foreach (var handler in handlers)
            await handler.BuildEditorAsync(content, context);

        return shape;
    }

    public async Task<IShape> UpdateEditorAsync(ContentItem content, IUpdateModel updater, bool isNew, string groupId = "", string htmlFieldPrefix = "")
    {
        var shape = await CreateEditorShapeAsync(content);
        var context = new UpdateEditorContext(shape, groupId, isNew, htmlFieldPrefix, factory, await layout.GetLayoutAsync(), updater) { DefaultZone = "Content" };
        await placement.BindAsync(context);
        foreach (var handler in handlers)
            await handler.UpdateEditorAsync(content, context);

        return shape;
    }

    private async Task<ContentTypeDefinition> GetDefinitionAsync(ContentItem content) =>
        await definitions.GetTypeDefinitionAsync(content.ContentType)
        ?? throw new InvalidOperationException($"The content type '{content.ContentType}' isn't defined.");

    private async Task<IShape> CreateEditorShapeAsync(ContentItem content)
    {
        var definition = await GetDefinitionAsync(content);
        var shape = await CreateShapeAsync(content, Stereotype(definition) + "_Edit", "Edit");
        shape.Metadata.Alternates.Add($"{shape.Metadata.Type}__{content.ContentType}");
        return shape;
    }

    private async Task<IShape> CreateShapeAsync(ContentItem content, string shapeType, string displayType)
    {
        var shape = await factory.CreateAsync(shapeType, () => new(new ZoneHolding(() => factory.CreateAsync("Zone"))));
        shape.Metadata.DisplayType = displayType;
        shape.Properties["ContentItem"] = content;
        return shape;
    }

    private static string Stereotype(ContentTypeDefinition definition) =>
        definition.GetSettings<ContentTypeSettings>().Stereotype is { Length: > 0 } stereotype ? stereotype : "Content";
}
