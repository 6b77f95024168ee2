using OrchardCore.Environment.Extensions.Features;

namespace OrchardCore.Environment.Extensions;

/// <summary>Knows every module, theme and feature of the application.</summary>
public interface IExtensionManager
{
    /// <summary>One extension; its <see cref="IExtensionInfo.Exists"/> is false when there is none of that id.</summary>
    /// <param name="extensionId">The id.</param>
    IExtensionInfo GetExtension(string extensionId);

    /// <summary>All extensions.</summary>
    IEnumerable<IExtensionInfo> GetExtensions();

    /// <summary>All features, each after those it depends on.</summary>
    IEnumerable<IFeatureInfo> GetFeatures();

    /// <summary>The named features with everything they depend on, in order.</summary>
    /// <param name="featureIdsToLoad">Feature ids; unknown ones are left out.</param>
    IEnumerable<IFeatureInfo> GetFeatures(string[] featureIdsToLoad);

    /// <summary>A feature and everything it depends on, in order.</summary>
    /// <param name="featureId">The id.</param>
    IEnumerable<IFeatureInfo> GetFeatureDependencies(string featureId);

    /// <summary>A feature and everything that depends on it, in order.</summary>
    /// <param name="featureId">The id.</param>
    IEnumerable<IFeatureInfo> GetDependentFeatures(string featureId);
}
