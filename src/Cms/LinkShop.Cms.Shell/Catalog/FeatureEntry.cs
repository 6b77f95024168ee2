using OrchardCore.Environment.Extensions;
using OrchardCore.Environment.Extensions.Features;
using OrchardCore.Modules.Manifest;

namespace LinkShop.Cms.Shell.Catalog;

internal sealed class FeatureEntry(FeatureAttribute manifest, string id, ExtensionEntryInfo extension, bool isDefault) : IFeatureInfo
{
    public string Id { get; } = id;

    public string Name { get; } = string.IsNullOrEmpty(manifest.Name) ? id : manifest.Name;

    public int Priority { get; } = int.TryParse(manifest.Priority, out var priority) ? priority : 0;

    public string Category { get; } = string.IsNullOrEmpty(manifest.Category) ? extension.Module.Manifest.Category : manifest.Category;

    public string Description { get; } = string.IsNullOrEmpty(manifest.Description) ? extension.Module.Manifest.Description : manifest.Description;

    public bool DefaultTenantOnly { get; } = manifest.DefaultTenantOnly || extension.Module.Manifest.DefaultTenantOnly;

    public IExtensionInfo Extension => extension;

    // a feature of a module with several needs nothing of the module's own list, except when it is the module's default feature
    public string[] Dependencies { get; } = isDefault ? [.. manifest.Dependencies.Union(extension.Module.Manifest.Dependencies)] : manifest.Dependencies;

    public bool IsAlwaysEnabled { get; } = manifest.IsAlwaysEnabled;

    public bool EnabledByDependencyOnly { get; } = manifest.EnabledByDependencyOnly;

    internal ModuleEntry Module => extension.Module;

    /// <summary>The ids it needs that no module declares; such a feature cannot be enabled.</summary>
    internal string[] MissingDependencies { get; set; } = [];

    public override string ToString() => Id;
}

internal sealed class ExtensionEntryInfo(ModuleEntry module) : IExtensionInfo, IManifestInfo
{
    internal ModuleEntry Module { get; } = module;

    internal List<FeatureEntry> FeatureList { get; } = [];

    public string Id => Module.Id;

    public string SubPath => "Areas/" + Module.Id;

    public bool Exists => true;

    public IManifestInfo Manifest => this;

    public IEnumerable<IFeatureInfo> Features => FeatureList;

    public string Name => string.IsNullOrEmpty(ModuleInfo.Name) ? Id : ModuleInfo.Name;

    public string Description => ModuleInfo.Description;

    public string Type => ModuleInfo.Type;

    public string Author => ModuleInfo.Author;

    public string Website => ModuleInfo.Website;

    public string Version => ModuleInfo.Version;

    public IEnumerable<string> Tags => ModuleInfo.Tags;

    public ModuleAttribute ModuleInfo => Module.Manifest;
}

internal sealed class MissingExtension(string id) : IExtensionInfo, IManifestInfo
{
    public string Id => id;

    public string SubPath => "Areas/" + id;

    public bool Exists => false;

    public IManifestInfo Manifest => this;

    public IEnumerable<IFeatureInfo> Features => [];

    public string Name => id;

    public string Description => "";

    public string Type => "";

    public string Author => "";

    public string Website => "";

    public string Version => "";

    public IEnumerable<string> Tags => [];

    public ModuleAttribute ModuleInfo { get; } = new();
}
