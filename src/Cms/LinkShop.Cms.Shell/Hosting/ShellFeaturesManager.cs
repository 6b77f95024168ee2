using LinkShop.Cms.Shell.Catalog;
using LinkShop.Cms.Shell.Database;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Extensions.Features;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;

namespace LinkShop.Cms.Shell.Hosting;

internal sealed class ShellFeaturesManager(
    ShellSettings settings, ModuleCatalog catalog, ShellStore store, ShellHost host, IEnumerable<IFeatureEventHandler> handlers, ILogger<ShellFeaturesManager> logger) : IShellFeaturesManager
{
    public Task<IEnumerable<IFeatureInfo>> GetAvailableFeaturesAsync() => Task.FromResult<IEnumerable<IFeatureInfo>>([.. Available()]);

    public async Task<IEnumerable<IFeatureInfo>> GetEnabledFeaturesAsync() => Resolve((await store.LoadFeaturesAsync(settings.Name)).Enabled);

    public Task<IEnumerable<IFeatureInfo>> GetAlwaysEnabledFeaturesAsync() => Task.FromResult<IEnumerable<IFeatureInfo>>([.. Available().Where(catalog.IsAlwaysEnabled)]);

    public async Task<IEnumerable<IFeatureInfo>> GetDisabledFeaturesAsync()
    {
        var enabled = Resolve((await store.LoadFeaturesAsync(settings.Name)).Enabled);
        return Available().Except(enabled).ToArray();
    }

    public async Task<IEnumerable<IExtensionInfo>> GetEnabledExtensionsAsync()
        => (await GetEnabledFeaturesAsync()).Select(f => f.Extension).Distinct().ToArray();

    public async Task<(IEnumerable<IFeatureInfo>, IEnumerable<IFeatureInfo>)> UpdateFeaturesAsync(
        IEnumerable<IFeatureInfo> featuresToDisable, IEnumerable<IFeatureInfo> featuresToEnable, bool force)
    {
        var state = await store.LoadFeaturesAsync(settings.Name);
        var before = Resolve(state.Enabled).ToHashSet();
        var after = new HashSet<FeatureEntry>(before);
        foreach (var feature in featuresToDisable.OfType<FeatureEntry>()) Disable(feature, after, force);
        foreach (var feature in featuresToEnable.OfType<FeatureEntry>()) Enable(feature, after, force);
        DropUnneeded(after);

        var enabled = catalog.Features.Where(f => after.Contains(f) && !before.Contains(f)).ToArray();
        var disabled = catalog.Features.Where(f => before.Contains(f) && !after.Contains(f)).Reverse().ToArray();
        if (enabled.Length + disabled.Length == 0) return ([], []);
        var installed = enabled.Where(f => !state.Installed.Contains(f.Id)).ToArray();

        foreach (var feature in disabled) await RaiseAsync(handlers, h => h.DisablingAsync(feature));
        foreach (var feature in installed) await RaiseAsync(handlers, h => h.InstallingAsync(feature));
        foreach (var feature in enabled) await RaiseAsync(handlers, h => h.EnablingAsync(feature));
        await host.UpdateFeaturesAsync(settings, new ShellFeatureState(
            [.. catalog.Features.Where(after.Contains).Select(f => f.Id)],
            [.. state.Installed.Union(after.Select(f => f.Id)).Order(StringComparer.Ordinal)]));
        // in a new scope, whose services are already those of the new features
        ShellScope.AddDeferredTask(scope => TellAsync(scope, disabled, installed, enabled));
        logger.LogInformation("Tenant '{Tenant}' enabled {Enabled} and disabled {Disabled}.", settings.Name, enabled, disabled);
        return (disabled, enabled);
    }

    private static async Task TellAsync(ShellScope scope, FeatureEntry[] disabled, FeatureEntry[] installed, FeatureEntry[] enabled)
    {
        var handlers = scope.ServiceProvider.GetServices<IFeatureEventHandler>().ToArray();
        foreach (var feature in disabled) await RaiseAsync(handlers, h => h.DisabledAsync(feature));
        foreach (var feature in installed) await RaiseAsync(handlers, h => h.InstalledAsync(feature));
        foreach (var feature in enabled) await RaiseAsync(handlers, h => h.EnabledAsync(feature));
    }

    private static async Task RaiseAsync(IEnumerable<IFeatureEventHandler> handlers, Func<IFeatureEventHandler, Task> raise)
    {
        foreach (var handler in handlers) await raise(handler);
    }

    private IEnumerable<FeatureEntry> Available() => catalog.Features.Where(f => settings.IsDefaultShell() || !f.DefaultTenantOnly);

    private FeatureEntry[] Resolve(string[] ids) => catalog.Resolve(ids, settings.IsDefaultShell());

    private void Enable(FeatureEntry feature, HashSet<FeatureEntry> after, bool force)
    {
        var needed = catalog.GetFeatureDependencies(feature.Id).Cast<FeatureEntry>().Where(f => !after.Contains(f)).ToArray();
        if (needed.SelectMany(f => f.MissingDependencies.Select(m => (f, m))).FirstOrDefault() is { f: not null } missing)
            throw new InvalidOperationException($"Feature '{feature.Id}' cannot be enabled: '{missing.f.Id}' needs '{missing.m}', which no module declares.");
        if (!settings.IsDefaultShell() && needed.FirstOrDefault(f => f.DefaultTenantOnly) is { } reserved)
            throw new InvalidOperationException($"Feature '{reserved.Id}' is only for the default tenant.");
        if (force || needed.All(f => f == feature)) after.UnionWith(needed);
    }

    private void Disable(FeatureEntry feature, HashSet<FeatureEntry> after, bool force)
    {
        var dependent = catalog.GetDependentFeatures(feature.Id).Cast<FeatureEntry>().Where(after.Contains).ToArray();
        if (dependent.Any(catalog.IsAlwaysEnabled)) return;
        if (force || dependent.All(f => f == feature)) after.ExceptWith(dependent);
    }

    private void DropUnneeded(HashSet<FeatureEntry> after)
    {
        while (after.FirstOrDefault(IsUnneeded) is { } feature) after.Remove(feature);

        bool IsUnneeded(FeatureEntry feature) => feature.EnabledByDependencyOnly && !catalog.IsAlwaysEnabled(feature)
            && !after.Any(other => other.Dependencies.Contains(feature.Id));
    }
}
