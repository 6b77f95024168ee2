using OrchardCore.DisplayManagement.Descriptors;
using OrchardCore.DisplayManagement.ModelBinding;
using OrchardCore.DisplayManagement.Zones;

namespace OrchardCore.DisplayManagement.Handlers;

/// <summary>Finds where a shape goes; null when nothing says.</summary>
public delegate PlacementInfo? FindPlacementDelegate(string shapeType, string? differentiator, string? displayType, IBuildShapeContext context);

/// <summary>What a driver's shapes are added to.</summary>
public interface IBuildShapeContext
{
    /// <summary>The shape that gets the driver's shapes in its zones.</summary>
    IShape Shape { get; }

    /// <summary>Creates shapes.</summary>
    IShapeFactory ShapeFactory { get; }

    /// <summary>Creates shapes by a dynamic call.</summary>
    dynamic New { get; }

    /// <summary>The page's layout.</summary>
    IZoneHolding Layout { get; set; }

    /// <summary>Group of shapes that is asked for; empty for those without a group.</summary>
    string? GroupId { get; }

    /// <summary>Finds where a shape goes.</summary>
    FindPlacementDelegate FindPlacement { get; set; }
}

/// <summary>Base of the contexts for display, editing and update.</summary>
public abstract class BuildShapeContext : IBuildShapeContext
{
    /// <summary>Takes what a driver's shapes are added to.</summary>
    protected BuildShapeContext(IShape shape, string? groupId, IShapeFactory shapeFactory, IZoneHolding layout, IUpdateModel updater)
    {
        Shape = shape;
        GroupId = groupId;
        ShapeFactory = shapeFactory;
        Layout = layout;
        Updater = updater;
        FindPlacement = static (_, _, _, _) => null;
    }

    /// <inheritdoc />
    public IShape Shape { get; }

    /// <inheritdoc />
    public IShapeFactory ShapeFactory { get; }

    /// <inheritdoc />
    public dynamic New => ShapeFactory.New;

    /// <inheritdoc />
    public IZoneHolding Layout { get; set; }

    /// <inheritdoc />
    public string? GroupId { get; }

    /// <inheritdoc />
    public FindPlacementDelegate FindPlacement { get; set; }

    /// <summary>Prefix of form fields.</summary>
    public string HtmlFieldPrefix { get; protected set; } = "";

    /// <summary>Fills models from the posted form.</summary>
    public IUpdateModel Updater { get; }

    /// <summary>Zone of shapes that name none.</summary>
    public string? DefaultZone { get; set; }

    /// <summary>Place of shapes that name none.</summary>
    public string? DefaultPosition { get; set; }
}

/// <summary>Context of a display.</summary>
public class BuildDisplayContext : BuildShapeContext
{
    /// <summary>Takes what a driver's shapes are added to and the display type.</summary>
    public BuildDisplayContext(IShape shape, string displayType, string? groupId, IShapeFactory shapeFactory, IZoneHolding layout, IUpdateModel updater)
        : base(shape, groupId, shapeFactory, layout, updater) => DisplayType = displayType;

    /// <summary>Display type, such as <c>Detail</c> or <c>Summary</c>.</summary>
    public string DisplayType { get; }
}

/// <summary>Context of an editor.</summary>
public class BuildEditorContext : BuildShapeContext
{
    /// <summary>Takes what a driver's shapes are added to.</summary>
    public BuildEditorContext(IShape shape, string? groupId, bool isNew, string? htmlFieldPrefix, IShapeFactory shapeFactory, IZoneHolding layout, IUpdateModel updater)
        : base(shape, groupId, shapeFactory, layout, updater)
    {
        HtmlFieldPrefix = htmlFieldPrefix ?? "";
        IsNew = isNew;
    }

    /// <summary>Whether what is edited doesn't exist yet.</summary>
    public bool IsNew { get; }
}

/// <summary>Context of a posted editor.</summary>
public class UpdateEditorContext : BuildEditorContext
{
    /// <summary>Takes what a driver's shapes are added to.</summary>
    public UpdateEditorContext(IShape shape, string? groupId, bool isNew, string? htmlFieldPrefix, IShapeFactory shapeFactory, IZoneHolding layout, IUpdateModel updater)
        : base(shape, groupId, isNew, htmlFieldPrefix, shapeFactory, layout, updater)
    {
    }
}
