using OrchardCore.DisplayManagement.Shapes;

namespace OrchardCore.DisplayManagement.Views;

/// <summary>A typed model that is a shape itself; derive from it.</summary>
public class ShapeViewModel : IShape, IPositioned
{
    private ShapeMetadata? _metadata;
    private List<string>? _classes;
    private Dictionary<string, string>? _attributes;
    private Dictionary<string, object>? _properties;
    private ShapeItems _items;

    /// <summary>A shape whose type is set later.</summary>
    public ShapeViewModel()
    {
    }

    /// <summary>A shape of the given type.</summary>
    public ShapeViewModel(string shapeType)
    {
        ArgumentException.ThrowIfNullOrEmpty(shapeType);
        Metadata.Type = shapeType;
    }

    /// <inheritdoc />
    public ShapeMetadata Metadata => _metadata ??= new();

    /// <inheritdoc />
    public string? Position { get => Metadata.Position; set => Metadata.Position = value; }

    /// <inheritdoc />
    public string? Id { get; set; }

    /// <inheritdoc />
    public string? TagName { get; set; }

    /// <inheritdoc />
    public IList<string> Classes => _classes ??= [];

    /// <inheritdoc />
    public IDictionary<string, string> Attributes => _attributes ??= [];

    /// <inheritdoc />
    public IDictionary<string, object> Properties => _properties ??= [];

    /// <inheritdoc />
    public IReadOnlyList<IPositioned> Items => _items.Sorted();

    /// <inheritdoc />
    public ValueTask<IShape> AddAsync(object? item, string? position)
    {
        _items.Add(item, position);
        return new(this);
    }
}

/// <summary>A shape around a value.</summary>
public class ShapeViewModel<T> : ShapeViewModel
{
    /// <summary>Wraps a value; the shape's type is set later.</summary>
    public ShapeViewModel(T value) => Value = value;

    /// <summary>Wraps a value in a shape of the given type.</summary>
    public ShapeViewModel(string shapeType, T value)
        : base(shapeType) => Value = value;

    /// <summary>The value.</summary>
    public T Value { get; set; }
}
