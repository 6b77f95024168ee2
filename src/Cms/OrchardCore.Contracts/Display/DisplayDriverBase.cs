using OrchardCore.DisplayManagement.Implementation;
using OrchardCore.DisplayManagement.Views;

namespace OrchardCore.DisplayManagement.Handlers;

/// <summary>What all drivers can return.</summary>
public abstract class DisplayDriverBase
{
    /// <summary>Prefix of the driver's form fields.</summary>
    protected string Prefix { get; set; } = "";

    /// <summary>A shape of the class's name from a view model.</summary>
    protected ShapeResult Initialize<TModel>()
        where TModel : class => Initialize<TModel>(static _ => { });

    /// <summary>A shape of the class's name from a view model that a delegate fills.</summary>
    protected ShapeResult Initialize<TModel>(Action<TModel> initialize)
        where TModel : class => Initialize(typeof(TModel).Name, initialize);

    /// <summary>A shape of the class's name from a view model that a delegate fills.</summary>
    protected ShapeResult Initialize<TModel>(Func<TModel, ValueTask> initializeAsync)
        where TModel : class => Initialize(typeof(TModel).Name, initializeAsync);

    /// <summary>A shape from a view model.</summary>
    protected ShapeResult Initialize<TModel>(string shapeType)
        where TModel : class => Initialize<TModel>(shapeType, static _ => { });

    /// <summary>A shape from a view model that a delegate fills.</summary>
    protected ShapeResult Initialize<TModel>(string shapeType, Action<TModel> initialize)
        where TModel : class => Factory(
            shapeType,
            static context => new(ShapeProxies.Create(typeof(TModel))),
            shape =>
            {
                initialize((TModel)shape);
                return Task.CompletedTask;
            });

    /// <summary>A shape from a view model that a delegate fills.</summary>
    protected ShapeResult Initialize<TModel>(string shapeType, Func<TModel, ValueTask> initializeAsync)
        where TModel : class => Factory(
            shapeType,
            static context => new(ShapeProxies.Create(typeof(TModel))),
            shape => initializeAsync((TModel)shape).AsTask());

    /// <summary>A shape around a model; the template reads it as <c>Model.Value</c>.</summary>
    protected ShapeResult View<TModel>(string shapeType, TModel model)
        where TModel : class => Factory(shapeType, _ => new ValueTask<IShape>(new ShapeViewModel<TModel>(model)));

    /// <summary>A shape that exists already.</summary>
    protected ShapeResult Shape(string shapeType, IShape shape) => Factory(shapeType, _ => new ValueTask<IShape>(shape));

    /// <summary>A shape whose data is values by name.</summary>
    protected ShapeResult Dynamic(string shapeType) => Factory(shapeType, context => context.ShapeFactory.CreateAsync(shapeType));

    /// <summary>A shape whose data is values by name that a delegate fills.</summary>
    protected ShapeResult Dynamic(string shapeType, Action<dynamic> initialize) => Factory(
        shapeType,
        context => context.ShapeFactory.CreateAsync(shapeType),
        shape =>
        {
            initialize(shape);
            return Task.CompletedTask;
        });

    /// <summary>A shape by a delegate.</summary>
    protected ShapeResult Factory(string shapeType, Func<IBuildShapeContext, IShape> shapeBuilder) =>
        Factory(shapeType, context => new ValueTask<IShape>(shapeBuilder(context)));

    /// <summary>A shape by a delegate.</summary>
    protected ShapeResult Factory(string shapeType, Func<IBuildShapeContext, ValueTask<IShape>> shapeBuilder) =>
        Factory(shapeType, shapeBuilder, static _ => Task.CompletedTask);

    /// <summary>A shape by a delegate that another one fills.</summary>
    protected virtual ShapeResult Factory(string shapeType, Func<IBuildShapeContext, ValueTask<IShape>> shapeBuilder, Func<IShape, Task> initializeAsync) =>
        new ShapeResult(shapeType, shapeBuilder, initializeAsync).Prefix(Prefix);

    /// <summary>Several results as one.</summary>
    protected CombinedResult Combine(params IDisplayResult[] results) => new(results);

    /// <summary>Several results as one.</summary>
    protected CombinedResult Combine(IEnumerable<IDisplayResult> results) => new(results);

    /// <summary>Several results as one.</summary>
    protected Task<IDisplayResult> CombineAsync(params IDisplayResult[] results) => Task.FromResult<IDisplayResult>(new CombinedResult(results));

    /// <summary>Several results as one.</summary>
    protected Task<IDisplayResult> CombineAsync(IEnumerable<IDisplayResult> results) => Task.FromResult<IDisplayResult>(new CombinedResult(results));
}
