using System.Collections.Frozen;
using LinkShop.Cms.Display.Rendering;
using LinkShop.Cms.Shell.Blueprints;
using LinkShop.Cms.Shell.Catalog;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Razor.Compilation;

namespace LinkShop.Cms.Display.Mvc;

/// <summary>The compiled views of the enabled features' modules. A module's views don't exist while none of its features is enabled.</summary>
internal sealed class ViewCatalog(BlueprintRoot blueprint)
{
    private readonly Lazy<FrozenDictionary<string, CompiledView>> _views = new(() => blueprint.Features
        .Select(feature => feature.Module)
        .Distinct()
        .SelectMany(module => CompiledView.Of(module.Assembly))
        .ToFrozenDictionary(view => view.Path, StringComparer.OrdinalIgnoreCase));

    /// <summary>Enabled modules and themes, each after those it depends on.</summary>
    public IEnumerable<ModuleEntry> Modules => blueprint.Features.Select(feature => feature.Module).Distinct();

    public CompiledView? Find(string path) => _views.Value.GetValueOrDefault(path);
}

/// <summary>Gives the framework's view engine the views of the catalog.</summary>
internal sealed class CatalogPageFactoryProvider(ViewCatalog views) : IRazorPageFactoryProvider
{
    public RazorPageFactoryResult CreateFactory(string relativePath)
    {
        ArgumentNullException.ThrowIfNull(relativePath);
        var path = relativePath.StartsWith('~') ? relativePath[1..] : relativePath;
        return views.Find(path) is { } view
            ? new RazorPageFactoryResult(view.Descriptor, view.CreatePage)
            : new RazorPageFactoryResult(new CompiledViewDescriptor { RelativePath = path, ExpirationTokens = [] }, null);
    }
}
