using OrchardCore.Environment.Extensions.Features;

namespace OrchardCore.Environment.Shell;

/// <summary>Shorter ways to change features.</summary>
public static class ShellFeaturesManagerExtensions
{
    /// <summary>Enables features without what they depend on.</summary>
    /// <param name="shellFeaturesManager">The tenant's features.</param>
    /// <param name="features">What to enable.</param>
    public static Task<IEnumerable<IFeatureInfo>> EnableFeaturesAsync(this IShellFeaturesManager shellFeaturesManager, IEnumerable<IFeatureInfo> features)
        => shellFeaturesManager.EnableFeaturesAsync(features, false);

    /// <summary>Enables features.</summary>
    /// <param name="shellFeaturesManager">The tenant's features.</param>
    /// <param name="features">What to enable.</param>
    /// <param name="force">True to enable what they depend on too.</param>
    public static async Task<IEnumerable<IFeatureInfo>> EnableFeaturesAsync(this IShellFeaturesManager shellFeaturesManager, IEnumerable<IFeatureInfo> features, bool force)
        => (await shellFeaturesManager.UpdateFeaturesAsync([], features, force)).Item2;

    /// <summary>Disables features on which nothing enabled depends.</summary>
    /// <param name="shellFeaturesManager">The tenant's features.</param>
    /// <param name="features">What to disable.</param>
    public static Task<IEnumerable<IFeatureInfo>> DisableFeaturesAsync(this IShellFeaturesManager shellFeaturesManager, IEnumerable<IFeatureInfo> features)
        => shellFeaturesManager.DisableFeaturesAsync(features, false);

    /// <summary>Disables features.</summary>
    /// <param name="shellFeaturesManager">The tenant's features.</param>
    /// <param name="features">What to disable.</param>
    /// <param name="force">True to disable what depends on them too.</param>
    public static async Task<IEnumerable<IFeatureInfo>> DisableFeaturesAsync(this IShellFeaturesManager shellFeaturesManager, IEnumerable<IFeatureInfo> features, bool force)
        => (await shellFeaturesManager.UpdateFeaturesAsync(features, [], force)).Item1;

    /// <summary>Enables features, with what they depend on, by id.</summary>
    /// <param name="shellFeaturesManager">The tenant's features.</param>
    /// <param name="featureIds">The ids; unknown ones are left out.</param>
    public static async Task EnableFeaturesAsync(this IShellFeaturesManager shellFeaturesManager, params string[] featureIds)
        => await shellFeaturesManager.UpdateFeaturesAsync([], await PickAsync(shellFeaturesManager, featureIds), true);

    /// <summary>Disables features, with what depends on them, by id.</summary>
    /// <param name="shellFeaturesManager">The tenant's features.</param>
    /// <param name="featureIds">The ids; unknown ones are left out.</param>
    public static async Task DisableFeaturesAsync(this IShellFeaturesManager shellFeaturesManager, params string[] featureIds)
        => await shellFeaturesManager.UpdateFeaturesAsync(await PickAsync(shellFeaturesManager, featureIds), [], true);

    /// <summary>Whether the tenant has a feature.</summary>
    /// <param name="shellFeaturesManager">The tenant's features.</param>
    /// <param name="featureId">The id.</param>
    public static async Task<bool> IsFeatureEnabledAsync(this IShellFeaturesManager shellFeaturesManager, string featureId)
        => (await shellFeaturesManager.GetEnabledFeaturesAsync()).Any(f => f.Id == featureId);

    private static async Task<IEnumerable<IFeatureInfo>> PickAsync(IShellFeaturesManager manager, string[] ids)
        => (await manager.GetAvailableFeaturesAsync()).Where(f => ids.Contains(f.Id)).ToArray();
}
