namespace LinkShop.Http;

/// <summary>What kind of picture a file is: by its first bytes, never by its name, which is anybody's claim.</summary>
public static class PictureFormat
{
    /// <summary>What a file input offers.</summary>
    public const string Accepted = "image/png,image/jpeg,image/gif,image/webp";

    /// <summary>The extension with its dot; null when it is none of PNG, JPEG, GIF and WebP. What can carry scripts (SVG) isn't taken.</summary>
    /// <param name="content">The file, or its first 16 bytes.</param>
    public static string? ExtensionOf(ReadOnlySpan<byte> content) =>
        content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']) ? ".png"
        : content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? ".jpg"
        : content.StartsWith("GIF8"u8) ? ".gif"
        : content.StartsWith("RIFF"u8) && content.Length > 12 && content[8..12].SequenceEqual("WEBP"u8) ? ".webp"
        : null;
}
