using OrchardCore.Media;

namespace LinkShop.Referrals.Services;

/// <summary>Pictures of goods inside other pictures: a poster is one file, so its picture comes along as text.</summary>
public sealed class DataPictures(IMediaFileStore media)
{
    // a poster with more is no longer quick to load on a phone
    private const long Most = 1024 * 1024;

    /// <summary>A <c>data:</c> address; null when there is no such picture, it is too big, or no picture.</summary>
    public async Task<string?> ReadAsync(string? path)
    {
        if (path is null || TypeOf(path) is not { } type || await media.GetFileInfoAsync(path) is not { Length: <= Most } file)
            return null;
        await using var stream = await media.GetFileStreamAsync(path);
        using var bytes = new MemoryStream((int)file.Length);
        await stream.CopyToAsync(bytes);
        return $"data:{type};base64,{Convert.ToBase64String(bytes.GetBuffer(), 0, (int)bytes.Length)}";
    }

    private static string? TypeOf(string path) => System.IO.Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".webp" => "image/webp",
        _ => null,
    };
}
