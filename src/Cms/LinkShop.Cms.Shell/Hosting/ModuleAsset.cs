using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace LinkShop.Cms.Shell.Hosting;

/// <summary>A file with its entity tag and compressed forms, made on first use and kept.</summary>
internal sealed class ModuleAsset(IFileInfo file, string contentType)
{
    private static readonly StringValues _versioned = "public, max-age=31536000, immutable";
    private static readonly StringValues _unversioned = "public, max-age=300, must-revalidate";
    private readonly Lazy<Forms> _forms = new(() => Forms.Of(file, Compressible(contentType)));

    /// <summary>A short fingerprint of the content, to be appended to links as <c>?v=</c>.</summary>
    internal string Version => _forms.Value.Tag.Trim('"');

    internal Task ServeAsync(HttpContext context)
    {
        var forms = _forms.Value;
        var request = context.Request;
        var response = context.Response;
        var headers = response.Headers;
        headers.ETag = forms.Tag;
        headers.CacheControl = request.Query.ContainsKey("v") ? _versioned : _unversioned;
        headers.XContentTypeOptions = "nosniff";
        if (forms.Gzip is not null) headers.Vary = "Accept-Encoding";
        if (request.Headers.IfNoneMatch.ToString().Contains(forms.Tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        var accepted = request.Headers.AcceptEncoding.ToString();
        var body = forms.Plain;
        if (forms.Brotli is not null && accepted.Contains("br", StringComparison.OrdinalIgnoreCase)) (body, headers.ContentEncoding) = (forms.Brotli, "br");
        else if (forms.Gzip is not null && accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase)) (body, headers.ContentEncoding) = (forms.Gzip, "gzip");
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body).AsTask();
    }

    private static bool Compressible(string type) => type.StartsWith("text/", StringComparison.Ordinal)
        || type.Contains("javascript", StringComparison.Ordinal) || type.Contains("json", StringComparison.Ordinal)
        || type.Contains("xml", StringComparison.Ordinal) || type.Contains("font-ttf", StringComparison.Ordinal);

    private sealed record Forms(byte[] Plain, byte[]? Gzip, byte[]? Brotli, string Tag)
    {
        internal static Forms Of(IFileInfo file, bool compress)
        {
            using var stream = file.CreateReadStream();
            var plain = new byte[stream.Length];
            stream.ReadExactly(plain);
            var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 8))}\"";
            if (!compress || plain.Length < 512) return new(plain, null, null, tag);
            return new(
                plain,
                Compress(plain, s => new GZipStream(s, CompressionLevel.SmallestSize)),
                // the highest level takes seconds for a large script, and its first visitor waits for it
                Compress(plain, s => new BrotliStream(s, CompressionLevel.Optimal)),
                tag);
        }

        private static byte[] Compress(byte[] plain, Func<Stream, Stream> open)
        {
            var target = new MemoryStream();
            using (var packed = open(target)) packed.Write(plain);
            return target.ToArray();
        }
    }
}
