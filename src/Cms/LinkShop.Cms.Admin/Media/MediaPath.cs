namespace LinkShop.Cms.Admin.Media;

/// <summary>Paths inside the media store: checked once, here, for whoever reads or writes.</summary>
internal static class MediaPath
{
    private const int MaxLength = 240;

    /// <summary>What may be stored and served, with the type that browsers are told.</summary>
    public static readonly IReadOnlyDictionary<string, string> ContentTypes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".png"] = "image/png",
        [".gif"] = "image/gif",
        [".webp"] = "image/webp",
        [".avif"] = "image/avif",
        [".svg"] = "image/svg+xml",
        [".ico"] = "image/x-icon",
        [".pdf"] = "application/pdf",
        [".txt"] = "text/plain; charset=utf-8",
        [".mp3"] = "audio/mpeg",
        [".mp4"] = "video/mp4",
        [".webm"] = "video/webm",
        [".zip"] = "application/zip",
    };

    /// <summary>The path with single slashes and no slash at its ends, or null when it leads out of the store or has odd characters.</summary>
    public static string? Normalize(string? path)
    {
        if (path is null) return null;
        var parts = path.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 0 && path.Length <= MaxLength && parts.All(IsName) ? string.Join('/', parts) : null;
    }

    public static string? ContentTypeOf(string path) => ContentTypes.GetValueOrDefault(Path.GetExtension(path));

    /// <summary>A name for an uploaded file that is safe in paths and addresses, and still readable.</summary>
    public static string NameFor(string fileName)
    {
        var name = Path.GetFileNameWithoutExtension(fileName.Replace('\\', '/'));
        var safe = string.Concat(name.Trim().Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' ? letter : '-')).Trim('-');
        return (safe.Length == 0 ? "file" : safe[..Math.Min(safe.Length, 80)]) + Path.GetExtension(fileName).ToLowerInvariant();
    }

    // A leading dot covers "..", "." and hidden files; a colon is a drive or a stream on Windows.
    private static bool IsName(string part) => part[0] != '.' && !part.Any(letter => char.IsControl(letter) || letter is ':' or '*' or '?' or '"' or '<' or '>' or '|' or '%');
}
