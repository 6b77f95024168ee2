using OrchardCore.ContentManagement.Metadata.Models;
using OrchardCore.DisplayManagement.Handlers;

namespace OrchardCore.ContentManagement.Display.Models;

/// <summary>Context of a part's display.</summary>
public class BuildPartDisplayContext : BuildDisplayContext
{
    /// <summary>Takes the part's definition and the item's context.</summary>
    public BuildPartDisplayContext(ContentTypePartDefinition typePartDefinition, BuildDisplayContext context)
        : base(context.Shape, context.DisplayType, context.GroupId, context.ShapeFactory, context.Layout, context.Updater)
    {
        TypePartDefinition = typePartDefinition;
        FindPlacement = context.FindPlacement;
    }

    /// <summary>The part as the content type uses it.</summary>
    public ContentTypePartDefinition TypePartDefinition { get; }
}

/// <summary>Context of a part's editor.</summary>
public class BuildPartEditorContext : BuildEditorContext
{
    /// <summary>Takes the part's definition and the item's context.</summary>
    public BuildPartEditorContext(ContentTypePartDefinition typePartDefinition, BuildEditorContext context)
        : base(context.Shape, context.GroupId, context.IsNew, context.HtmlFieldPrefix, context.ShapeFactory, context.Layout, context.Updater)
    {
        TypePartDefinition = typePartDefinition;
        FindPlacement = context.FindPlacement;
    }

    /// <summary>The part as the content type uses it.</summary>
    public ContentTypePartDefinition TypePartDefinition { get; }
}

/// <summary>Context of a part's posted editor.</summary>
public class UpdatePartEditorContext : BuildPartEditorContext
{
    /// <summary>Takes the part's definition and the item's context.</summary>
    public UpdatePartEditorContext(ContentTypePartDefinition typePartDefinition, UpdateEditorContext context)
        : base(typePartDefinition, context)
    {
    }
}

/// <summary>Context of a field's display.</summary>
public class BuildFieldDisplayContext : BuildDisplayContext
{
    /// <summary>Takes the field's place and the item's context.</summary>
    public BuildFieldDisplayContext(ContentPart contentPart, ContentTypePartDefinition typePartDefinition, ContentPartFieldDefinition partFieldDefinition, BuildDisplayContext context)
        : base(context.Shape, context.DisplayType, context.GroupId, context.ShapeFactory, context.Layout, context.Updater)
    {
        ContentPart = contentPart;
        TypePartDefinition = typePartDefinition;
        PartFieldDefinition = partFieldDefinition;
        FindPlacement = context.FindPlacement;
    }

    /// <summary>The part that has the field.</summary>
    public ContentPart ContentPart { get; }

    /// <summary>The part as the content type uses it.</summary>
    public ContentTypePartDefinition TypePartDefinition { get; }

    /// <summary>The field as the part uses it.</summary>
    public ContentPartFieldDefinition PartFieldDefinition { get; }
}

/// <summary>Context of a field's editor.</summary>
public class BuildFieldEditorContext : BuildEditorContext
{
    /// <summary>Takes the field's place and the item's context.</summary>
    public BuildFieldEditorContext(ContentPart contentPart, ContentTypePartDefinition typePartDefinition, ContentPartFieldDefinition partFieldDefinition, BuildEditorContext context)
        : base(context.Shape, context.GroupId, context.IsNew, context.HtmlFieldPrefix, context.ShapeFactory, context.Layout, context.Updater)
    {
        ContentPart = contentPart;
        TypePartDefinition = typePartDefinition;
        PartFieldDefinition = partFieldDefinition;
        FindPlacement = context.FindPlacement;
    }

    /// <summary>The part that has the field.</summary>
    public ContentPart ContentPart { get; }

    /// <summary>The part as the content type uses it.</summary>
    public ContentTypePartDefinition TypePartDefinition { get; }

    /// <summary>The field as the part uses it.</summary>
    public ContentPartFieldDefinition PartFieldDefinition { get; }
}

/// <summary>Context of a field's posted editor.</summary>
public class UpdateFieldEditorContext : BuildFieldEditorContext
{
    /// <summary>Takes the field's place and the item's context.</summary>
    public UpdateFieldEditorContext(ContentPart contentPart, ContentTypePartDefinition typePartDefinition, ContentPartFieldDefinition partFieldDefinition, UpdateEditorContext context)
        : base(contentPart, typePartDefinition, partFieldDefinition, context)
    {
    }
}
