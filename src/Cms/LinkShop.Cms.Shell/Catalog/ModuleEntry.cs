using System.Reflection;
using LinkShop.Cms.Shell.Hosting;
using Microsoft.Extensions.FileProviders;
using OrchardCore.Modules;
using OrchardCore.Modules.Manifest;

namespace LinkShop.Cms.Shell.Catalog;

/// <summary>A module's or theme's assembly: manifest, startups, files.</summary>
internal sealed class ModuleEntry
{
    private readonly Lazy<Type[]> _types;
    private readonly Lazy<ModuleFiles> _files;
    private readonly Lazy<IReadOnlyList<StartupEntry>> _startups;

    internal ModuleEntry(Assembly assembly, ModuleAttribute manifest)
    {
        Assembly = assembly;
        Manifest = manifest;
        Id = assembly.GetName().Name!;
        // generated types, such as compiled views and closures, are never looked for
        _types = new(() => [.. assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && !t.Name.StartsWith('<'))]);
        _files = new(() => new ModuleFiles(assembly));
        _startups = new(FindStartups);
    }

    internal string Id { get; }

    internal Assembly Assembly { get; }

    internal ModuleAttribute Manifest { get; }

    internal Type[] Types => _types.Value;

    internal ModuleFiles Files => _files.Value;

    internal IReadOnlyList<StartupEntry> Startups => _startups.Value;

    /// <summary>The feature a type of this module belongs to.</summary>
    internal string FeatureOf(Type type)
        => type.GetCustomAttribute<OrchardCore.Modules.FeatureAttribute>()?.FeatureName ?? (type.DeclaringType is { } outer ? FeatureOf(outer) : DefaultFeatureId);

    internal string DefaultFeatureId => string.IsNullOrEmpty(Manifest.Id) ? Id : Manifest.Id;

    internal IFileInfo GetFile(string path) => Files.Get(path);

    private StartupEntry[] FindStartups()
        => [.. Types.Where(t => typeof(IStartup).IsAssignableFrom(t) && t != typeof(DelegateStartup))
            .Select(t => new StartupEntry(t, FeatureOf(t), [.. RequireFeaturesAttribute.GetRequiredFeatureNamesForType(t)]))];
}

/// <summary>A startup class, the feature it belongs to and further features it needs.</summary>
internal sealed record StartupEntry(Type Type, string FeatureId, string[] RequiredFeatures);
