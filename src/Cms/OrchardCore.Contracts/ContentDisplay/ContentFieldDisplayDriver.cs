using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.ContentManagement.Metadata.Models;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;

namespace OrchardCore.ContentManagement.Display.ContentDisplay;

/// <summary>Base of drivers of one kind of field; override what the field needs. One instance serves one request, one field at a time.</summary>
public abstract class ContentFieldDisplayDriver<TField> : DisplayDriverBase, IContentFieldDisplayDriver
    where TField : ContentField, new()
{
    private ContentTypePartDefinition? _part;
    private ContentPartFieldDefinition? _field;

    /// <summary>Shapes to show.</summary>
    public virtual Task<IDisplayResult?> DisplayAsync(TField field, BuildFieldDisplayContext fieldDisplayContext) => Task.FromResult(Display(field, fieldDisplayContext));

    /// <summary>Shapes to show.</summary>
    public virtual IDisplayResult? Display(TField field, BuildFieldDisplayContext fieldDisplayContext) => null;

    /// <summary>Shapes to edit.</summary>
    public virtual Task<IDisplayResult?> EditAsync(TField field, BuildFieldEditorContext context) => Task.FromResult(Edit(field, context));

    /// <summary>Shapes to edit.</summary>
    public virtual IDisplayResult? Edit(TField field, BuildFieldEditorContext context) => null;

    /// <summary>Takes the posted form into the field, which is stored if a result is returned.</summary>
    public virtual Task<IDisplayResult?> UpdateAsync(TField field, UpdateFieldEditorContext context) => EditAsync(field, context);

    /// <summary>Shape type of the editor: the field's kind, <c>_Edit</c> and the chosen editor.</summary>
    protected string GetEditorShapeType(BuildFieldEditorContext context) => GetEditorShapeType(context.PartFieldDefinition);

    /// <summary>Shape type of the editor: the field's kind, <c>_Edit</c> and the chosen editor.</summary>
    protected string GetEditorShapeType(ContentPartFieldDefinition partFieldDefinition) => GetEditorShapeType(typeof(TField).Name + "_Edit", partFieldDefinition);

    /// <summary>Shape type of an editor with the chosen editor added.</summary>
    protected string GetEditorShapeType(string shapeType, BuildFieldEditorContext context) => GetEditorShapeType(shapeType, context.PartFieldDefinition);

    /// <summary>Shape type of an editor with the chosen editor added.</summary>
    protected string GetEditorShapeType(string shapeType, ContentPartFieldDefinition partFieldDefinition) =>
        partFieldDefinition.Editor() is { Length: > 0 } editor ? shapeType + "__" + editor : shapeType;

    /// <summary>Shape type of the display: the field's kind and the chosen display mode.</summary>
    protected string GetDisplayShapeType(BuildFieldDisplayContext context) => GetDisplayShapeType(typeof(TField).Name, context);

    /// <summary>Shape type of a display with the chosen display mode added.</summary>
    protected string GetDisplayShapeType(string shapeType, BuildFieldDisplayContext context) =>
        context.PartFieldDefinition.DisplayMode() is { Length: > 0 } mode ? shapeType + "_Display__" + mode : shapeType;

    /// <inheritdoc />
    protected override ShapeResult Factory(string shapeType, Func<IBuildShapeContext, ValueTask<IShape>> shapeBuilder, Func<IShape, Task> initializeAsync)
    {
        var result = base.Factory(shapeType, shapeBuilder, initializeAsync);
        if (_part is not { } part || _field is not { } field)
            return result;

        var fieldType = field.FieldDefinition.Name;
        var mode = field.DisplayMode();
        var name = $"{part.Name}-{field.Name}";
        if (shapeType == GetEditorShapeType(field))
            return result.Differentiator(name);

        if (mode is { Length: > 0 } && shapeType == $"{fieldType}_Display__{mode}")
            result.Name(name);

        return result
            .Differentiator(shapeType == fieldType ? name : $"{name}-{shapeType}")
            .Displaying(context => context.Shape.Metadata.Alternates.AddRange(Alternates.OfField(
                shapeType, context.Shape.Metadata.DisplayType, part.ContentTypeDefinition.Name, part.PartDefinition.Name, part.Name, field.Name, fieldType, mode)));
    }

    async Task<IDisplayResult?> IContentFieldDisplayDriver.BuildDisplayAsync(ContentPart contentPart, ContentPartFieldDefinition partFieldDefinition, ContentTypePartDefinition typePartDefinition, BuildDisplayContext context)
    {
        if (!Handles(partFieldDefinition) || contentPart.Get<TField>(partFieldDefinition.Name) is not { } field)
            return null;

        Enter(typePartDefinition, partFieldDefinition, context.HtmlFieldPrefix);
        var result = await DisplayAsync(field, new(contentPart, typePartDefinition, partFieldDefinition, context));
        Leave();
        return result;
    }

    async Task<IDisplayResult?> IContentFieldDisplayDriver.BuildEditorAsync(ContentPart contentPart, ContentPartFieldDefinition partFieldDefinition, ContentTypePartDefinition typePartDefinition, BuildEditorContext context)
    {
        if (!Handles(partFieldDefinition))
            return null;

        var field = contentPart.GetOrCreate<TField>(partFieldDefinition.Name);
        Enter(typePartDefinition, partFieldDefinition, context.HtmlFieldPrefix);
        var result = await EditAsync(field, new(contentPart, typePartDefinition, partFieldDefinition, context));
        Leave();
        return result;
    }

    async Task<IDisplayResult?> IContentFieldDisplayDriver.UpdateEditorAsync(ContentPart contentPart, ContentPartFieldDefinition partFieldDefinition, ContentTypePartDefinition typePartDefinition, UpdateEditorContext context)
    {
        if (!Handles(partFieldDefinition))
            return null;

        var field = contentPart.GetOrCreate<TField>(partFieldDefinition.Name);
        Enter(typePartDefinition, partFieldDefinition, context.HtmlFieldPrefix);
        var result = await UpdateAsync(field, new(contentPart, typePartDefinition, partFieldDefinition, context));
        Leave();
        if (result is not null)
            contentPart.Apply(partFieldDefinition.Name, field);

        return result;
    }

    private static bool Handles(ContentPartFieldDefinition definition) =>
        definition.FieldDefinition.Name == typeof(TField).Name || definition.FieldDefinition.Name == nameof(ContentField);

    private void Enter(ContentTypePartDefinition part, ContentPartFieldDefinition field, string prefix)
    {
        (_part, _field) = (part, field);
        Prefix = (string.IsNullOrEmpty(prefix) ? "" : prefix + ".") + part.Name + "." + field.Name;
    }

    private void Leave() => (_part, _field) = (null, null);
}
