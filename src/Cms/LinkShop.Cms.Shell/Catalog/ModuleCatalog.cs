using System.Collections.Frozen;
using System.Reflection;
using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Extensions.Features;
using OrchardCore.Modules.Manifest;

namespace LinkShop.Cms.Shell.Catalog;

/// <summary>Every module, theme and feature of the application, read once from the manifests.</summary>
internal sealed class ModuleCatalog : IExtensionManager, ITypeFeatureProvider
{
    private readonly FrozenDictionary<string, ExtensionEntryInfo> _extensions;
    private readonly FrozenDictionary<string, FeatureEntry> _features;
    private readonly FeatureEntry[] _ordered;

    private readonly IReadOnlySet<string> _always;

    internal ModuleCatalog(IEnumerable<Assembly> assemblies, IReadOnlySet<string>? alwaysEnabled = null)
    {
        _always = alwaysEnabled ?? new HashSet<string>();
        var extensions = assemblies.Distinct().Select(Read).OfType<ExtensionEntryInfo>().ToArray();
        Modules = [.. extensions.Select(e => e.Module)];
        _extensions = extensions.ToFrozenDictionary(e => e.Id);
        _features = Index(extensions.SelectMany(e => e.FeatureList));
        foreach (var feature in _features.Values)
            feature.MissingDependencies = [.. feature.Dependencies.Where(d => !_features.ContainsKey(d))];
        var rank = extensions.SelectMany(e => e.FeatureList).Select((f, i) => (f, i)).ToDictionary(p => p.f, p => p.i);
        _ordered = FeatureOrder.Sort(_features.Values.OrderBy(f => f.Priority).ThenBy(f => rank[f]), _features);
    }

    internal IReadOnlyList<ModuleEntry> Modules { get; }

    internal IReadOnlyList<FeatureEntry> Features => _ordered;

    /// <summary>Whether every tenant has a feature, by its manifest or by the application's wish.</summary>
    internal bool IsAlwaysEnabled(FeatureEntry feature) => feature.IsAlwaysEnabled || _always.Contains(feature.Id);

    internal FeatureEntry? Find(string featureId) => _features.GetValueOrDefault(featureId);

    internal ModuleEntry? FindModule(string moduleId) => _extensions.GetValueOrDefault(moduleId)?.Module;

    /// <summary>The known features among the ids, with all they need and those that are always enabled, in order.</summary>
    internal FeatureEntry[] Resolve(IEnumerable<string> featureIds, bool isDefaultTenant)
    {
        var wanted = new HashSet<FeatureEntry>();
        foreach (var feature in _ordered.Where(f => IsAlwaysEnabled(f) && (isDefaultTenant || !f.DefaultTenantOnly))) Add(feature);
        foreach (var id in featureIds)
        {
            if (_features.TryGetValue(id, out var feature)) Add(feature);
        }
        return [.. _ordered.Where(wanted.Contains)];

        void Add(FeatureEntry feature)
        {
            if (!wanted.Add(feature)) return;
            foreach (var id in feature.Dependencies)
            {
                if (_features.TryGetValue(id, out var needed)) Add(needed);
            }
        }
    }

    public IExtensionInfo GetExtension(string extensionId)
        => _extensions.TryGetValue(extensionId ?? "", out var found) ? found : new MissingExtension(extensionId ?? "");

    public IEnumerable<IExtensionInfo> GetExtensions() => Modules.Select(m => _extensions[m.Id]);

    public IEnumerable<IFeatureInfo> GetFeatures() => _ordered;

    public IEnumerable<IFeatureInfo> GetFeatures(string[] featureIdsToLoad)
    {
        var wanted = featureIdsToLoad.SelectMany(GetFeatureDependencies).ToHashSet();
        return _ordered.Where(wanted.Contains);
    }

    public IEnumerable<IFeatureInfo> GetFeatureDependencies(string featureId)
    {
        if (!_features.TryGetValue(featureId, out var feature)) return [];
        var wanted = new HashSet<FeatureEntry>();
        FeatureOrder.Collect(feature, _features, wanted);
        return _ordered.Where(wanted.Contains);
    }

    public IEnumerable<IFeatureInfo> GetDependentFeatures(string featureId)
        => _features.TryGetValue(featureId, out var feature) ? _ordered.Where(f => f == feature || GetFeatureDependencies(f.Id).Contains(feature)) : [];

    public IExtensionInfo GetExtensionForDependency(Type dependency)
        => _extensions.TryGetValue(dependency.Assembly.GetName().Name!, out var found)
            ? found
            : throw new InvalidOperationException($"The type '{dependency}' is not in a module.");

    public IFeatureInfo GetFeatureForDependency(Type dependency)
    {
        var extension = (ExtensionEntryInfo)GetExtensionForDependency(dependency);
        return Find(extension.Module.FeatureOf(dependency)) ?? extension.FeatureList[0];
    }

    private static ExtensionEntryInfo? Read(Assembly assembly)
    {
        var manifests = assembly.GetCustomAttributes<FeatureAttribute>().ToArray();
        var name = assembly.GetName().Name!;
        if (manifests.OfType<ModuleAttribute>().FirstOrDefault() is not { } manifest) return null;
        var extension = new ExtensionEntryInfo(new ModuleEntry(assembly, manifest));
        var declared = manifests.Where(m => m is not ModuleAttribute).ToArray();
        var own = extension.Module.DefaultFeatureId;
        if (declared.Length == 0)
        {
            extension.FeatureList.Add(new FeatureEntry(manifest, own, extension, true));
        }
        else if (name.StartsWith("LinkShop.Cms.", StringComparison.Ordinal) && declared.All(d => d.Id != own))
        {
            // the host's own assemblies have a part that every tenant needs, besides the features with Orchard's ids
            extension.FeatureList.Add(new FeatureEntry(new FeatureAttribute { IsAlwaysEnabled = true }, own, extension, true));
        }
        extension.FeatureList.AddRange(declared.Select(d => new FeatureEntry(d, d.Id, extension, d.Id == own)));
        return extension;
    }

    private static FrozenDictionary<string, FeatureEntry> Index(IEnumerable<FeatureEntry> features)
    {
        var index = new Dictionary<string, FeatureEntry>(StringComparer.Ordinal);
        foreach (var feature in features)
        {
            if (!index.TryAdd(feature.Id, feature))
                throw new InvalidOperationException($"Feature '{feature.Id}' is declared by '{index[feature.Id].Module.Id}' and again by '{feature.Module.Id}'.");
        }
        return index.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
