using OrchardCore.DisplayManagement.Implementation;

namespace OrchardCore.DisplayManagement;

/// <summary>Creates shapes.</summary>
public interface IShapeFactory
{
    /// <summary>Creates a shape and runs what the shape table attaches to its creation.</summary>
    ValueTask<IShape> CreateAsync(string shapeType, Func<ValueTask<IShape>>? shapeFactory, Action<ShapeCreatingContext>? creating, Action<ShapeCreatedContext>? created);

    /// <summary>Creates a shape by a dynamic call: <c>await New.Badge(Text: "new")</c>.</summary>
    dynamic New { get; }
}
