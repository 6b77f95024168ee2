using LinkShop.Cms.Shell.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.WebUtilities;

namespace LinkShop.Cms.Display.Resources;

/// <summary>Adds a fingerprint to the addresses of modules' files, so that browsers may keep them for good.</summary>
internal sealed class FileVersions(ModuleAssets assets) : IFileVersionProvider
{
    public string AddFileVersionToPath(PathString requestPathBase, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var end = path.AsSpan().IndexOfAny('?', '#');
        var file = end < 0 ? path : path[..end];
        if (requestPathBase.HasValue && file.StartsWith(requestPathBase.Value!, StringComparison.OrdinalIgnoreCase))
            file = file[requestPathBase.Value!.Length..];

        return assets.Find(file) is { } asset ? QueryHelpers.AddQueryString(path, "v", asset.Version) : path;
    }
}
