using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.ContentManagement.Metadata.Models;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;

namespace OrchardCore.ContentManagement.Display.ContentDisplay;

/// <summary>Base of drivers of one kind of part; override what the part needs. One instance serves one request, one part at a time.</summary>
public abstract class ContentPartDisplayDriver<TPart> : DisplayDriverBase, IContentPartDisplayDriver
    where TPart : ContentPart, new()
{
    private ContentTypePartDefinition? _definition;

    /// <summary>Shapes to show.</summary>
    public virtual Task<IDisplayResult?> DisplayAsync(TPart part, BuildPartDisplayContext context) => Task.FromResult(Display(part, context));

    /// <summary>Shapes to show.</summary>
    public virtual IDisplayResult? Display(TPart part, BuildPartDisplayContext context) => null;

    /// <summary>Shapes to edit.</summary>
    public virtual Task<IDisplayResult?> EditAsync(TPart part, BuildPartEditorContext context) => Task.FromResult(Edit(part, context));

    /// <summary>Shapes to edit.</summary>
    public virtual IDisplayResult? Edit(TPart part, BuildPartEditorContext context) => null;

    /// <summary>Takes the posted form into the part, which is stored if a result is returned.</summary>
    public virtual Task<IDisplayResult?> UpdateAsync(TPart part, UpdatePartEditorContext context) => EditAsync(part, context);

    /// <summary>Shape type of the editor: the part's name, <c>_Edit</c> and the chosen editor.</summary>
    protected string GetEditorShapeType(BuildPartEditorContext context) => GetEditorShapeType(typeof(TPart).Name + "_Edit", context.TypePartDefinition);

    /// <summary>Shape type of an editor with the chosen editor added.</summary>
    protected string GetEditorShapeType(string shapeType, BuildPartEditorContext context) => GetEditorShapeType(shapeType, context.TypePartDefinition);

    /// <summary>Shape type of the editor: the part's name, <c>_Edit</c> and the chosen editor.</summary>
    protected string GetEditorShapeType(ContentTypePartDefinition typePartDefinition) => GetEditorShapeType(typeof(TPart).Name + "_Edit", typePartDefinition);

    /// <summary>Shape type of an editor with the chosen editor added.</summary>
    protected string GetEditorShapeType(string shapeType, ContentTypePartDefinition typePartDefinition) =>
        typePartDefinition.Editor() is { Length: > 0 } editor ? shapeType + "__" + editor : shapeType;

    /// <summary>Shape type of the display: the part's name and the chosen display mode.</summary>
    protected string GetDisplayShapeType(BuildPartDisplayContext context) => GetDisplayShapeType(typeof(TPart).Name, context);

    /// <summary>Shape type of a display with the chosen display mode added.</summary>
    protected string GetDisplayShapeType(string shapeType, BuildPartDisplayContext context) =>
        context.TypePartDefinition.DisplayMode() is { Length: > 0 } mode ? shapeType + "_Display__" + mode : shapeType;

    /// <inheritdoc />
    protected override ShapeResult Factory(string shapeType, Func<IBuildShapeContext, ValueTask<IShape>> shapeBuilder, Func<IShape, Task> initializeAsync)
    {
        var result = base.Factory(shapeType, shapeBuilder, initializeAsync);
        if (_definition is not { } definition)
            return result;

        var partType = definition.PartDefinition.Name;
        var isOwnShape = shapeType == partType || shapeType == GetEditorShapeType(definition);
        return result
            .Differentiator(isOwnShape ? definition.Name : $"{definition.Name}-{shapeType}")
            .Displaying(context => context.Shape.Metadata.Alternates.AddRange(Alternates.OfPart(
                shapeType, context.Shape.Metadata.DisplayType, definition.ContentTypeDefinition.Name, partType, definition.Name, isOwnShape)));
    }

    async Task<IDisplayResult?> IContentPartDisplayDriver.BuildDisplayAsync(ContentPart contentPart, ContentTypePartDefinition typePartDefinition, BuildDisplayContext context)
    {
        if (contentPart is not TPart part)
            return null;

        Enter(typePartDefinition, context.HtmlFieldPrefix);
        var result = await DisplayAsync(part, new(typePartDefinition, context));
        _definition = null;
        return result;
    }

    async Task<IDisplayResult?> IContentPartDisplayDriver.BuildEditorAsync(ContentPart contentPart, ContentTypePartDefinition typePartDefinition, BuildEditorContext context)
    {
        if (contentPart is not TPart part)
            return null;

        Enter(typePartDefinition, context.HtmlFieldPrefix);
        var result = await EditAsync(part, new(typePartDefinition, context));
        _definition = null;
        return result;
    }

    async Task<IDisplayResult?> IContentPartDisplayDriver.UpdateEditorAsync(ContentPart contentPart, ContentTypePartDefinition typePartDefinition, UpdateEditorContext context)
    {
        if (contentPart is not TPart part)
            return null;

        Enter(typePartDefinition, context.HtmlFieldPrefix);
        var result = await UpdateAsync(part, new(typePartDefinition, context));
        _definition = null;
        if (result is not null)
            part.ContentItem.Apply(typePartDefinition.Name, part);

        return result;
    }

    private void Enter(ContentTypePartDefinition definition, string prefix)
    {
        _definition = definition;
        Prefix = string.IsNullOrEmpty(prefix) ? definition.Name : prefix + "." + definition.Name;
    }
}
