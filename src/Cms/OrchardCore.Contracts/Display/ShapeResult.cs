using OrchardCore.DisplayManagement.Descriptors;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Implementation;
using OrchardCore.DisplayManagement.Zones;

namespace OrchardCore.DisplayManagement.Views;

/// <summary>One shape that a driver wants on the page, with the place it goes to when no placement file says otherwise.</summary>
public class ShapeResult : IDisplayResult
{
    private readonly string _shapeType;
    private readonly Func<IBuildShapeContext, ValueTask<IShape>> _shapeBuilder;
    private readonly Func<IShape, Task>? _initialize;
    private string? _location;
    private List<(string DisplayType, string Location)>? _locations;
    private string? _name;
    private string? _differentiator;
    private string? _prefix;
    private List<string>? _groups;
    private Action<ShapeDisplayContext>? _displaying;
    private Func<IShape, Task>? _processing;
    private Func<Task<bool>>? _renderWhen;

    /// <summary>A shape by a delegate, which runs only if the shape has a place.</summary>
    public ShapeResult(string shapeType, Func<IBuildShapeContext, ValueTask<IShape>> shapeBuilder)
        : this(shapeType, shapeBuilder, static _ => Task.CompletedTask)
    {
    }

    /// <summary>A shape by a delegate that another one fills; both run only if the shape has a place.</summary>
    public ShapeResult(string shapeType, Func<IBuildShapeContext, ValueTask<IShape>> shapeBuilder, Func<IShape, Task> initializeAsync)
    {
        _shapeType = shapeType;
        _shapeBuilder = shapeBuilder;
        _initialize = initializeAsync;
    }

    /// <summary>The shape, once it is built.</summary>
    public IShape? Shape { get; private set; }

    /// <inheritdoc />
    public Task ApplyAsync(BuildDisplayContext context) => PlaceAsync(context, context.DisplayType);

    /// <inheritdoc />
    public Task ApplyAsync(BuildEditorContext context) => PlaceAsync(context, "Edit");

    /// <summary>Prefix of the shape's form fields.</summary>
    public ShapeResult Prefix(string prefix)
    {
        _prefix = prefix;
        return this;
    }

    /// <summary>Place when no placement file says otherwise, such as <c>Content:5</c>.</summary>
    public ShapeResult Location(string location)
    {
        _location = location;
        return this;
    }

    /// <summary>Place for one display type when no placement file says otherwise.</summary>
    public ShapeResult Location(string displayType, string location)
    {
        (_locations ??= new(2)).Add((displayType, location));
        return this;
    }

    /// <summary>Runs before the template is chosen.</summary>
    public ShapeResult Displaying(Action<ShapeDisplayContext> displaying)
    {
        _displaying = displaying;
        return this;
    }

    /// <summary>Runs before rendering.</summary>
    public ShapeResult Processing(Func<IShape, Task> processing)
    {
        _processing = processing;
        return this;
    }

    /// <summary>Runs before rendering.</summary>
    public ShapeResult Processing<T>(Func<T, Task> processing)
    {
        _processing = shape => processing((T)shape);
        return this;
    }

    /// <summary>Name by which the parent finds the shape.</summary>
    public ShapeResult Name(string name)
    {
        _name = name;
        return this;
    }

    /// <summary>Tells shapes of one type apart for placement.</summary>
    public ShapeResult Differentiator(string differentiator)
    {
        _differentiator = differentiator;
        return this;
    }

    /// <summary>Groups for which alone the shape is shown.</summary>
    public ShapeResult OnGroup(params string[] groupIds)
    {
        (_groups ??= []).AddRange(groupIds);
        return this;
    }

    /// <summary>Condition without which a placed shape isn't shown.</summary>
    public ShapeResult RenderWhen(Func<Task<bool>> renderPredicateAsync)
    {
        _renderWhen = renderPredicateAsync;
        return this;
    }

    private async Task PlaceAsync(BuildShapeContext context, string displayType)
    {
        var placement = FindPlacement(context, displayType);
        if (placement.IsHidden() || !IsInGroup(context, placement))
            return;

        if (_renderWhen is not null && !await _renderWhen())
            return;

        Shape = await _shapeBuilder(context);
        if (Shape is null)
            return;

        Describe(Shape, placement, displayType);
        if (_initialize is not null)
            await _initialize(Shape);

        if (Target(context, placement) is Shapes.Shape parent)
            await parent.AddAsync(Shape, placement.GetPosition());
    }

    private PlacementInfo FindPlacement(BuildShapeContext context, string displayType)
    {
        var fallback = string.IsNullOrEmpty(_location) ? context.DefaultZone : _location;
        foreach (var (type, location) in _locations ?? [])
        {
            if (string.Equals(type, displayType, StringComparison.OrdinalIgnoreCase))
                fallback = location;
        }

        var placement = context.FindPlacement(_shapeType, _differentiator, displayType, context);
        return PlacementInfo.WithDefaults(placement, fallback, context.DefaultPosition);
    }

    private bool IsInGroup(BuildShapeContext context, PlacementInfo placement)
    {
        if (placement.GetGroup() is { Length: > 0 } group)
            OnGroup(group);

        return _groups is null
            ? string.IsNullOrEmpty(context.GroupId)
            : _groups.Contains(context.GroupId ?? "", StringComparer.OrdinalIgnoreCase);
    }

    private void Describe(IShape shape, PlacementInfo placement, string displayType)
    {
        var metadata = shape.Metadata;
        metadata.Type = _shapeType;
        metadata.Prefix = _prefix;
        metadata.Name = _name ?? _differentiator ?? _shapeType;
        metadata.Differentiator = _differentiator ?? _shapeType;
        metadata.DisplayType = displayType;
        metadata.PlacementSource = placement.Source;
        metadata.Tab = placement.GetTab();
        metadata.Card = placement.GetCard();
        metadata.Column = placement.GetColumn();
        if (_displaying is not null)
            metadata.OnDisplaying(_displaying);

        if (_processing is not null)
            metadata.OnProcessing(_processing);

        if (!string.IsNullOrEmpty(placement.ShapeType))
        {
            metadata.Type = placement.ShapeType;
            metadata.AlternatesOrNull?.Clear();
            metadata.WrappersOrNull?.Clear();
        }

        if (placement.Alternates is { Count: > 0 } alternates)
            metadata.Alternates.AddRange(alternates);

        if (placement.Wrappers is { Count: > 0 } wrappers)
            metadata.Wrappers.AddRange(wrappers);
    }

    private static IShape? Target(BuildShapeContext context, PlacementInfo placement)
    {
        var target = placement.IsLayoutZone() ? context.Layout : context.Shape;
        foreach (var zone in placement.GetZones())
            target = target is IZoneHolding holder ? holder.Zones[zone] : target?.GetProperty<IShape>(zone);

        return target;
    }
}
