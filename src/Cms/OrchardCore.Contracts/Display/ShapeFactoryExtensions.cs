using OrchardCore.DisplayManagement.Implementation;
using OrchardCore.DisplayManagement.Shapes;
using OrchardCore.DisplayManagement.Views;

namespace OrchardCore.DisplayManagement;

/// <summary>Short forms of <see cref="IShapeFactory.CreateAsync"/>.</summary>
public static class ShapeFactoryExtensions
{
    private static readonly Func<ValueTask<IShape>> _newShape = static () => new(new Shape());

    /// <summary>Creates a shape whose data is values by name.</summary>
    public static ValueTask<IShape> CreateAsync(this IShapeFactory factory, string shapeType) =>
        factory.CreateAsync(shapeType, _newShape, null, null);

    /// <summary>Creates a shape by a delegate.</summary>
    public static ValueTask<IShape> CreateAsync(this IShapeFactory factory, string shapeType, Func<ValueTask<IShape>> shapeFactory) =>
        factory.CreateAsync(shapeType, shapeFactory, null, null);

    /// <summary>Creates a shape with the given values by name.</summary>
    public static async ValueTask<IShape> CreateAsync(this IShapeFactory factory, string shapeType, INamedEnumerable<object> parameters)
    {
        var shape = await factory.CreateAsync(shapeType, _newShape, null, null);
        foreach (var (name, value) in parameters.Named)
            shape.Properties[name] = value;

        return shape;
    }

    /// <summary>Creates a shape of the class's name from a view model.</summary>
    public static ValueTask<IShape> CreateAsync<TModel>(this IShapeFactory factory, Action<TModel>? initialize = null) =>
        factory.CreateAsync(typeof(TModel).Name, initialize);

    /// <summary>Creates a shape from a view model that a delegate fills.</summary>
    public static ValueTask<IShape> CreateAsync<TModel>(this IShapeFactory factory, string shapeType, Action<TModel>? initialize) =>
        factory.CreateAsync(shapeType, () =>
        {
            var shape = ShapeProxies.Create(typeof(TModel));
            initialize?.Invoke((TModel)shape);
            return new(shape);
        });

    /// <summary>Creates a shape from a view model that a delegate fills.</summary>
    public static ValueTask<IShape> CreateAsync<TModel>(this IShapeFactory factory, string shapeType, Func<TModel, ValueTask>? initializeAsync) =>
        factory.CreateAsync(shapeType, async () =>
        {
            var shape = ShapeProxies.Create(typeof(TModel));
            if (initializeAsync is not null)
                await initializeAsync((TModel)shape);

            return shape;
        });

    /// <summary>Creates a shape around a model; the template reads it as <c>Model.Value</c>.</summary>
    public static ValueTask<IShape> CreateAsync<TModel>(this IShapeFactory factory, string shapeType, TModel model) =>
        factory.CreateAsync(shapeType, () => new(new ShapeViewModel<TModel>(model)));
}

/// <summary>Short forms for reading and filling shapes.</summary>
public static class IShapeExtensions
{
    /// <summary>Adds a child without a place.</summary>
    public static ValueTask<IShape> AddAsync(this IShape shape, object? item) => shape.AddAsync(item, null);

    /// <summary>Whether the shape is absent or a zone nobody filled.</summary>
    public static bool IsNullOrEmpty(this IShape? shape) => shape is null or Zones.ZoneOnDemand;

    /// <summary>Reads a value by name; null when absent.</summary>
    public static object? GetProperty(this IShape shape, string key) => shape.Properties.TryGetValue(key, out var value) ? value : null;

    /// <summary>Reads a value by name; the type's default when absent or of another type.</summary>
    public static T? GetProperty<T>(this IShape shape, string key) => shape.Properties.TryGetValue(key, out var value) && value is T typed ? typed : default;

    /// <summary>Reads a value by name, or the given one when absent or of another type.</summary>
    public static T GetProperty<T>(this IShape shape, string key, T value) => shape.Properties.TryGetValue(key, out var found) && found is T typed ? typed : value;

    /// <summary>Reads a value by name; false when absent or of another type.</summary>
    public static bool TryGetProperty<T>(this IShape shape, string key, out T? value)
    {
        value = shape.GetProperty<T>(key);
        return value is not null;
    }
}
