using System.Collections.Concurrent;
using LinkShop.Cms.Display.Mvc;
using LinkShop.Cms.Display.Rendering;
using LinkShop.Cms.Shell.Catalog;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.DisplayManagement.Descriptors;
using OrchardCore.DisplayManagement.Manifest;
using OrchardCore.Environment.Extensions;

namespace LinkShop.Cms.Display.Shapes;

/// <summary>Builds the shape table of a theme once per set of features; all tenants with these features share it.</summary>
internal sealed class ShapeTables(ViewCatalog views, ModuleCatalog catalog, ITypeFeatureProvider types)
{
    private readonly ConcurrentDictionary<string, ShapeTable> _tables = new(StringComparer.Ordinal);

    public async ValueTask<ShapeTable> GetAsync(string? themeId, IServiceProvider services)
    {
        if (_tables.TryGetValue(themeId ?? "", out var table))
            return table;

        // Building twice at once is harmless: both results are the same.
        return _tables.GetOrAdd(themeId ?? "", await BuildAsync(themeId, services));
    }

    private async Task<ShapeTable> BuildAsync(string? themeId, IServiceProvider services)
    {
        var themes = ThemeChain.Of(catalog, themeId).Reverse().ToArray();
        // Modules in the order of their dependencies, then base themes, then the theme: later ones override.
        ModuleEntry[] modules = [.. views.Modules.Where(module => module.Manifest is not ThemeAttribute), .. themes];
        var descriptors = new Dictionary<string, ShapeDescriptor>(StringComparer.OrdinalIgnoreCase);
        var bindings = new Dictionary<string, ShapeBinding>(StringComparer.OrdinalIgnoreCase);

        var builder = new ShapeTableBuilder(null);
        foreach (var provider in services.GetServices<IShapeTableProvider>())
        {
            if (IsUsed(provider, modules))
                await provider.DiscoverAsync(builder);
        }

        foreach (var module in modules)
            PlacementFile.Apply(module, builder, services);

        foreach (var alteration in builder.Alterations)
        {
            if (!descriptors.TryGetValue(alteration.ShapeType, out var descriptor))
                descriptors[alteration.ShapeType] = descriptor = new ShapeDescriptor { ShapeType = alteration.ShapeType };

            alteration.Alter(descriptor);
        }

        foreach (var (name, binding) in descriptors.Values.SelectMany(descriptor => descriptor.Bindings))
            bindings[name] = binding;

        foreach (var view in modules.SelectMany(module => CompiledView.Of(module.Assembly)))
        {
            if (TemplateNames.Find(view.ModulePath) is { } name)
                bindings[name] = new TemplateBinding(view) { BindingName = name, BindingSource = view.Path };
        }

        return new ShapeTable(descriptors, bindings);
    }

    // A provider of a theme speaks for pages in that theme only.
    private bool IsUsed(IShapeTableProvider provider, ModuleEntry[] modules)
    {
        var extension = types.GetExtensionForDependency(provider.GetType());
        return modules.Any(module => module.Id == extension.Id);
    }
}
