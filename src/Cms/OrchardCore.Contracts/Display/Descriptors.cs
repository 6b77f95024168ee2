using Microsoft.AspNetCore.Html;
using OrchardCore.DisplayManagement.Implementation;
using OrchardCore.Environment.Extensions.Features;

namespace OrchardCore.DisplayManagement.Descriptors;

/// <summary>Describes shape types; registered by a module with <c>AddShapeTableProvider</c>. Runs once per theme.</summary>
public interface IShapeTableProvider
{
    /// <summary>Describes shape types.</summary>
    ValueTask DiscoverAsync(ShapeTableBuilder builder);
}

/// <summary>Base of providers that need no asynchronous work.</summary>
public abstract class ShapeTableProvider : IShapeTableProvider
{
    /// <inheritdoc />
    public abstract ValueTask DiscoverAsync(ShapeTableBuilder builder);
}

/// <summary>Collects what modules say about shape types.</summary>
public class ShapeTableBuilder
{
    private readonly List<ShapeAlterationBuilder> _alterations = [];

    /// <summary>Takes the feature that describes and the features to leave out.</summary>
    public ShapeTableBuilder(IFeatureInfo? feature, IReadOnlyCollection<string>? excludedFeatureIds = null)
    {
        Feature = feature;
        ExcludedFeatureIds = excludedFeatureIds ?? [];
    }

    /// <summary>Features to leave out.</summary>
    public IReadOnlyCollection<string> ExcludedFeatureIds { get; }

    internal IFeatureInfo? Feature { get; }

    internal IReadOnlyList<ShapeAlterationBuilder> Alterations => _alterations;

    /// <summary>Describes one shape type.</summary>
    public ShapeAlterationBuilder Describe(string shapeType)
    {
        var builder = new ShapeAlterationBuilder(Feature, shapeType);
        _alterations.Add(builder);
        return builder;
    }
}

/// <summary>Collects what one provider says about one shape type.</summary>
public class ShapeAlterationBuilder
{
    private readonly List<Action<ShapeDescriptor>> _configurations = [];

    /// <summary>Takes the feature that describes and the shape type.</summary>
    public ShapeAlterationBuilder(IFeatureInfo? feature, string shapeType)
    {
        Feature = feature;
        ShapeType = shapeType;
    }

    internal IFeatureInfo? Feature { get; }

    internal string ShapeType { get; }

    /// <summary>Changes the descriptor.</summary>
    public ShapeAlterationBuilder Configure(Action<ShapeDescriptor> action)
    {
        _configurations.Add(action);
        return this;
    }

    /// <summary>Renders the shape by a delegate.</summary>
    public ShapeAlterationBuilder BoundAs(string bindingSource, Func<DisplayContext, Task<IHtmlContent>> binding) =>
        Configure(descriptor => descriptor.Bindings[descriptor.ShapeType] = new ShapeBinding { BindingName = descriptor.ShapeType, BindingSource = bindingSource, BindingAsync = binding });

    /// <summary>Runs after the shape's creation.</summary>
    public ShapeAlterationBuilder OnCreated(Action<ShapeCreatedContext> action) => OnCreated(context =>
    {
        action(context);
        return Task.CompletedTask;
    });

    /// <summary>Runs after the shape's creation.</summary>
    public ShapeAlterationBuilder OnCreated(Func<ShapeCreatedContext, Task> actionAsync) => Configure(descriptor => descriptor.CreatedAsync = [.. descriptor.CreatedAsync, actionAsync]);

    /// <summary>Runs before the template is chosen.</summary>
    public ShapeAlterationBuilder OnDisplaying(Action<ShapeDisplayContext> action) => OnDisplaying(context =>
    {
        action(context);
        return Task.CompletedTask;
    });

    /// <summary>Runs before the template is chosen.</summary>
    public ShapeAlterationBuilder OnDisplaying(Func<ShapeDisplayContext, Task> actionAsync) => Configure(descriptor => descriptor.DisplayingAsync = [.. descriptor.DisplayingAsync, actionAsync]);

    /// <summary>Runs before rendering.</summary>
    public ShapeAlterationBuilder OnProcessing(Func<ShapeDisplayContext, Task> actionAsync) => Configure(descriptor => descriptor.ProcessingAsync = [.. descriptor.ProcessingAsync, actionAsync]);

    /// <summary>Runs after rendering.</summary>
    public ShapeAlterationBuilder OnDisplayed(Action<ShapeDisplayContext> action) => Configure(descriptor => descriptor.DisplayedAsync = [.. descriptor.DisplayedAsync, context =>
    {
        action(context);
        return Task.CompletedTask;
    }]);

    /// <summary>Says where the shape goes; null leaves it to others.</summary>
    public ShapeAlterationBuilder Placement(Func<ShapePlacementContext, PlacementInfo?> action) => Configure(descriptor =>
    {
        var next = descriptor.Placement;
        descriptor.Placement = context => action(context) ?? next(context);
    });

    internal void Alter(ShapeDescriptor descriptor)
    {
        foreach (var configure in _configurations)
            configure(descriptor);
    }
}

/// <summary>What is known about one shape type.</summary>
public class ShapeDescriptor
{
    /// <summary>The shape type.</summary>
    public string ShapeType { get; set; } = "";

    /// <summary>Templates by name.</summary>
    public virtual IDictionary<string, ShapeBinding> Bindings { get; } = new Dictionary<string, ShapeBinding>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Runs after creation.</summary>
    public virtual IReadOnlyList<Func<ShapeCreatedContext, Task>> CreatedAsync { get; set; } = [];

    /// <summary>Runs before the template is chosen.</summary>
    public virtual IReadOnlyList<Func<ShapeDisplayContext, Task>> DisplayingAsync { get; set; } = [];

    /// <summary>Runs before rendering.</summary>
    public virtual IReadOnlyList<Func<ShapeDisplayContext, Task>> ProcessingAsync { get; set; } = [];

    /// <summary>Runs after rendering.</summary>
    public virtual IReadOnlyList<Func<ShapeDisplayContext, Task>> DisplayedAsync { get; set; } = [];

    /// <summary>Wrapper templates.</summary>
    public virtual IReadOnlyList<string> Wrappers { get; set; } = [];

    /// <summary>Says where the shape goes; null when nothing says.</summary>
    public virtual Func<ShapePlacementContext, PlacementInfo?> Placement { get; set; } = static _ => null;
}

/// <summary>A way to render a shape type.</summary>
public class ShapeBinding
{
    /// <summary>Template name.</summary>
    public string BindingName { get; set; } = "";

    /// <summary>Where it came from.</summary>
    public string BindingSource { get; set; } = "";

    /// <summary>Renders.</summary>
    public virtual Func<DisplayContext, Task<IHtmlContent>> BindingAsync { get; set; } = null!;
}

/// <summary>The shape to place.</summary>
public class ShapePlacementContext
{
    /// <summary>Takes the shape to place.</summary>
    public ShapePlacementContext(string shapeType, string? displayType, string? differentiator, IShape? zoneShape)
    {
        ShapeType = shapeType;
        DisplayType = displayType;
        Differentiator = differentiator;
        ZoneShape = zoneShape;
    }

    /// <summary>The shape type.</summary>
    public string ShapeType { get; set; }

    /// <summary>The display type.</summary>
    public string? DisplayType { get; set; }

    /// <summary>Tells shapes of one type apart.</summary>
    public string? Differentiator { get; set; }

    /// <summary>The shape that has the zones.</summary>
    public IShape? ZoneShape { get; set; }
}
