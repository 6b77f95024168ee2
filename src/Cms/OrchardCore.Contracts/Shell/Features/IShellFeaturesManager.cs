using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Extensions.Features;

namespace OrchardCore.Environment.Shell;

/// <summary>Is told of each feature that is pulled in, or dropped, because of another one.</summary>
/// <param name="messageFormat">A format with the feature's name at 0 and the others' names at 1.</param>
/// <param name="feature">The feature that was asked for.</param>
/// <param name="features">The features that come with it.</param>
public delegate void FeatureDependencyNotificationHandler(string messageFormat, IFeatureInfo feature, IEnumerable<IFeatureInfo> features);

/// <summary>Reads and changes the features of the current tenant.</summary>
public interface IShellFeaturesManager
{
    /// <summary>All features this tenant could have.</summary>
    Task<IEnumerable<IFeatureInfo>> GetAvailableFeaturesAsync();

    /// <summary>The features this tenant has.</summary>
    Task<IEnumerable<IFeatureInfo>> GetEnabledFeaturesAsync();

    /// <summary>The features no tenant can be without.</summary>
    Task<IEnumerable<IFeatureInfo>> GetAlwaysEnabledFeaturesAsync();

    /// <summary>The features this tenant could have and has not.</summary>
    Task<IEnumerable<IFeatureInfo>> GetDisabledFeaturesAsync();

    /// <summary>Disables and enables features. Takes effect for scopes opened afterwards.</summary>
    /// <param name="featuresToDisable">What to disable.</param>
    /// <param name="featuresToEnable">What to enable.</param>
    /// <param name="force">True to also enable what they depend on, and disable what depends on them; otherwise such features are skipped.</param>
    /// <returns>The features that were disabled and enabled.</returns>
    Task<(IEnumerable<IFeatureInfo>, IEnumerable<IFeatureInfo>)> UpdateFeaturesAsync(IEnumerable<IFeatureInfo> featuresToDisable, IEnumerable<IFeatureInfo> featuresToEnable, bool force);

    /// <summary>The modules and themes of which this tenant has a feature.</summary>
    Task<IEnumerable<IExtensionInfo>> GetEnabledExtensionsAsync();
}
