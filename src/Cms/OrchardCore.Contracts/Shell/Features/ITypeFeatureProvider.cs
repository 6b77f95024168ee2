using OrchardCore.Environment.Extensions.Features;

namespace OrchardCore.Environment.Extensions;

/// <summary>Tells to which feature a type belongs.</summary>
public interface ITypeFeatureProvider
{
    /// <summary>The module or theme of a type.</summary>
    /// <param name="dependency">A type of a module.</param>
    /// <exception cref="InvalidOperationException">The type's assembly is no module.</exception>
    IExtensionInfo GetExtensionForDependency(Type dependency);

    /// <summary>The feature of a type.</summary>
    /// <param name="dependency">A type of a module.</param>
    /// <exception cref="InvalidOperationException">The type's assembly is no module.</exception>
    IFeatureInfo GetFeatureForDependency(Type dependency);
}
