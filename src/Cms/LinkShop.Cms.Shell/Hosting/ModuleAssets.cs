using System.Collections.Concurrent;
using System.Collections.Frozen;
using LinkShop.Cms.Shell.Catalog;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace LinkShop.Cms.Shell.Hosting;

/// <summary>The files in the modules' <c>wwwroot</c> folders, answered at <c>/{ModuleId}/…</c> of every tenant before anything else runs.</summary>
internal sealed class ModuleAssets
{
    private readonly FrozenDictionary<string, ModuleAsset> _assets;

    public ModuleAssets(ModuleCatalog catalog)
    {
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".webmanifest"] = "application/manifest+json";
        var all = new Dictionary<string, ModuleAsset>(StringComparer.OrdinalIgnoreCase);
        foreach (var module in catalog.Modules)
        {
            foreach (var path in module.Files.Paths.Where(p => p.StartsWith("wwwroot/", StringComparison.OrdinalIgnoreCase)))
            {
                var type = types.TryGetContentType(path, out var known) ? known : "application/octet-stream";
                all["/" + module.Id + path["wwwroot".Length..]] = new ModuleAsset(module.GetFile(path), type);
            }
        }
        _assets = all.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The asset a request asks for.</summary>
    internal ModuleAsset? Find(HttpRequest request)
        => request.Path.Value is { Length: > 1 } path && _assets.TryGetValue(path, out var asset) && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) ? asset : null;

    /// <summary>An asset by its path below a tenant, such as <c>/LinkShop.Storefront/js/shop.js</c>.</summary>
    internal ModuleAsset? Find(string path) => _assets.GetValueOrDefault(path);
}
