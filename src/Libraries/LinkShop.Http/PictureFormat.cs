using LinkShop.Commerce.Support;

namespace LinkShop.Http;

/// <summary>What kind of picture a file is: by its first bytes, never by its name, which is anybody's claim.</summary>
public static class PictureFormat
{
    /// <summary>What a file input offers.</summary>
    public const string Accepted = "image/png,image/jpeg,image/gif,image/webp";

    /// <summary>The extension with its dot; null when it is none of PNG, JPEG, GIF and WebP. What can carry scripts (SVG) isn't taken.</summary>
    /// <param name="content">The file, or its first 16 bytes.</param>
    public static string? ExtensionOf(ReadOnlySpan<byte> content) => PictureKinds.Of(content) is { } kind ? PictureKinds.Describe(kind).Extension : null;
}
