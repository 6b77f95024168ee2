using LinkShop.Cms.Admin.Media;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace LinkShop.Cms.Admin.Media;

/// <summary>Serves <c>/media/…</c>.</summary>
internal static class MediaEndpoint
{
    // Pictures are files of users: whatever is in them, they may not act in the site's name.
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";

    public static IResult Serve(string path, HttpContext context)
    {
        if (MediaPath.Normalize(path) is not { } normalized || MediaPath.ContentTypeOf(normalized) is not { } contentType) return Results.NotFound();
        var file = new FileInfo(Path.Combine(context.RequestServices.GetRequiredService<TenantFolders>().Media, normalized));
        if (!file.Exists) return Results.NotFound();
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = Policy;
        headers.CacheControl = "public, max-age=86400";
        return Results.File(
            file.FullName, contentType, fileDownloadName: contentType.StartsWith("application/zip", StringComparison.Ordinal) ? file.Name : null,
            lastModified: file.LastWriteTimeUtc, entityTag: new EntityTagHeaderValue($"\"{file.LastWriteTimeUtc.Ticks:x}-{file.Length:x}\""), enableRangeProcessing: true);
    }
}
