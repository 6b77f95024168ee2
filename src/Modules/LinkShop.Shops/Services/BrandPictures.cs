using System.Security.Cryptography;
using LinkShop.Http;
using Microsoft.AspNetCore.Http;
using OrchardCore.Media;

namespace LinkShop.Shops.Services;

/// <summary>A picture that somebody uploaded.</summary>
/// <param name="Extension">By what is in it, with the dot.</param>
/// <param name="Bytes">The file.</param>
public sealed record Picture(string Extension, byte[] Bytes);

/// <summary>Reads and stores logos and banners. What a file is follows from <see cref="PictureFormat"/>.</summary>
internal static class BrandPictures
{
    public const int MaxLogo = 512 * 1024;
    public const int MaxBanner = 2 * 1024 * 1024;

    /// <summary>The picture; null with false when it isn't one that is taken, null with true when there is none.</summary>
    public static async Task<(Picture? Picture, bool Ok)> ReadAsync(IFormFile? file, int most, CancellationToken cancellationToken)
    {
        if (file is null || file.Length == 0)
            return (null, true);
        if (file.Length > most)
            return (null, false);
        var bytes = new byte[file.Length];
        await using (var stream = file.OpenReadStream())
            await stream.ReadExactlyAsync(bytes, cancellationToken);
        return PictureFormat.ExtensionOf(bytes) is { } extension ? (new Picture(extension, bytes), true) : (null, false);
    }

    /// <summary>Stores a picture under a name that changes with it, so that no cache shows an old one.</summary>
    public static async Task<string?> StoreAsync(IMediaFileStore media, string name, Picture? picture)
    {
        if (picture is null)
            return null;
        var path = $"brand/{name}-{Convert.ToHexStringLower(SHA256.HashData(picture.Bytes)).AsSpan(0, 10)}{picture.Extension}";
        using var stream = new MemoryStream(picture.Bytes, writable: false);
        return await media.CreateFileFromStreamAsync(path, stream, overwrite: true);
    }
}

/// <summary>Short random texts that tell one version from another.</summary>
internal static class Stamps
{
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5));
}
