using LinkShop.Commerce.KeyPools;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LinkShop.VirtualGoods.Services;

/// <summary>The import form as it comes in: first the anti-forgery token, then the file or the pasted text, which is handed on unread.</summary>
internal sealed class KeyUpload
{
    private const int MaxTokenLength = 4096;

    private KeyUpload(Stream content, string source, KeyFileFormat? format, bool isEmpty) =>
        (Content, Source, Format, IsEmpty) = (content, source, format, isEmpty);

    public Stream Content { get; }

    public string Source { get; }

    /// <summary>Null when the file's name ends in something unknown.</summary>
    public KeyFileFormat? Format { get; }

    public bool IsEmpty { get; }

    /// <summary>Reads up to the content. Null when the form isn't the one of the import page.</summary>
    public static async Task<KeyUpload?> OpenAsync(HttpRequest request, IAntiforgery antiforgery, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 } boundary)
            return null;
        var reader = new MultipartReader(boundary.Value!, request.Body) { BodyLengthLimit = null };
        if (await reader.ReadNextSectionAsync(cancellationToken) is not { } first || !await IsGenuineAsync(first, request.HttpContext, antiforgery, cancellationToken))
            return null;
        if (await reader.ReadNextSectionAsync(cancellationToken) is not { } section || section.GetContentDispositionHeader() is not { } disposition)
            return null;

        var peeked = new byte[1];
        var isEmpty = await section.Body.ReadAsync(peeked, cancellationToken) == 0;
        var content = new PrefixedStream(peeked, section.Body);
        if (!disposition.IsFileDisposition())
            return new(content, "paste", KeyFileFormat.Text, isEmpty);
        var name = Path.GetFileName(HeaderUtilities.RemoveQuotes(disposition.FileName).Value ?? "");
        return new(content, name, FormatOf(name), isEmpty);
    }

    private static async Task<bool> IsGenuineAsync(MultipartSection section, HttpContext context, IAntiforgery antiforgery, CancellationToken cancellationToken)
    {
        var tokens = antiforgery.GetTokens(context);
        if (tokens.HeaderName is not { } header || section.GetContentDispositionHeader()?.Name.Value?.Trim('"') != tokens.FormFieldName)
            return false;
        var token = new char[MaxTokenLength];
        using var text = new StreamReader(section.Body);
        var length = await text.ReadBlockAsync(token, cancellationToken);
        if (length == MaxTokenLength)
            return false;
        context.Request.Headers[header] = new string(token, 0, length);
        return await antiforgery.IsRequestValidAsync(context);
    }

    private static KeyFileFormat? FormatOf(string name) => Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".TXT" => KeyFileFormat.Text,
        ".CSV" => KeyFileFormat.Csv,
        _ => null,
    };
}
