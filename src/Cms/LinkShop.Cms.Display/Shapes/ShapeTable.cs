using System.Collections.Frozen;
using LinkShop.Cms.Display.Rendering;
using OrchardCore.DisplayManagement.Descriptors;

namespace LinkShop.Cms.Display.Shapes;

/// <summary>A shape type rendered by a compiled template.</summary>
internal sealed class TemplateBinding(CompiledView view) : ShapeBinding
{
    public CompiledView View { get; } = view;
}

/// <summary>All that is known about shapes for one theme and one set of features. Immutable.</summary>
internal sealed class ShapeTable(IReadOnlyDictionary<string, ShapeDescriptor> descriptors, IReadOnlyDictionary<string, ShapeBinding> bindings)
{
    private readonly FrozenDictionary<string, ShapeDescriptor> _descriptors = descriptors.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public FrozenDictionary<string, ShapeBinding> Bindings { get; } = bindings.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Descriptor of the type, or of the part of it before the first <c>__</c>.</summary>
    public ShapeDescriptor? FindDescriptor(string shapeType)
    {
        if (_descriptors.TryGetValue(shapeType, out var descriptor))
            return descriptor;

        var end = shapeType.IndexOf("__", StringComparison.Ordinal);
        return end > 0 ? _descriptors.GetValueOrDefault(shapeType[..end]) : null;
    }
}
