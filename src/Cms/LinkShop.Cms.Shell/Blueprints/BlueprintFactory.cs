using LinkShop.Cms.Shell.Catalog;
using LinkShop.Cms.Shell.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;

namespace LinkShop.Cms.Shell.Blueprints;

/// <summary>Builds blueprints: the host's services, the host's per-tenant services, then the features' startups in order.</summary>
internal sealed class BlueprintFactory(IServiceProvider host, HostServices hostServices, ModuleCatalog catalog, CmsHostOptions options)
{
    private static readonly ServiceProviderOptions _validate = new() { ValidateScopes = true };

    internal Blueprint Create(string key, FeatureEntry[] features)
    {
        var root = new BlueprintRoot(features);
        var services = Compose(root, out var startups);
        // a scope check on every resolve: a singleton that takes a tenant's service must fail at once, not mix tenants up later
        var blueprint = new Blueprint(key, features, services.BuildServiceProvider(_validate), startups);
        root.Blueprint = blueprint;
        return blueprint;
    }

    internal ServiceCollection Compose(BlueprintRoot root, out IStartup[] startups)
    {
        var services = new ServiceCollection();
        hostServices.CopyTo(services, host);
        services.AddSingleton(root);
        TenantServices.Add(services);
        startups = CreateStartups(root.Features);
        foreach (var startup in startups.OrderBy(s => s.Order)) startup.ConfigureServices(services);
        TenantServices.AddLast(services);
        return services;
    }

    private IStartup[] CreateStartups(FeatureEntry[] features)
    {
        var enabled = features.Select(f => f.Id).ToHashSet(StringComparer.Ordinal);
        var byFeature = catalog.Modules.SelectMany(m => m.Startups).ToLookup(s => s.FeatureId);
        var ofModules = features.SelectMany(f => byFeature[f.Id])
            .Where(s => s.RequiredFeatures.All(enabled.Contains))
            .Select(s => (IStartup)ActivatorUtilities.CreateInstance(host, s.Type));
        return [.. options.CreateStartups(host), .. ofModules];
    }
}
