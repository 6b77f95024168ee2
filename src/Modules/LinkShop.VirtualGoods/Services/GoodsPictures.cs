using System.Security.Cryptography;
using LinkShop.Http;
using LinkShop.VirtualGoods.ViewModels;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;
using OrchardCore.FileStorage;
using OrchardCore.Media;

namespace LinkShop.VirtualGoods.Services;

/// <summary>Takes over what a product's editor says about its pictures: those that stay, the main one, and new ones.</summary>
internal sealed class GoodsPictures(IMediaFileStore media, IStringLocalizer<GoodsPictures> S)
{
    /// <summary>Most pictures of a product.</summary>
    public const int Most = 10;

    private const int MaxBytes = 5 * 1024 * 1024;

    /// <summary>Stores new pictures, whatever else is wrong with the form: it comes back with them.</summary>
    /// <param name="model">The form.</param>
    /// <param name="fail">Hears what was refused.</param>
    /// <returns>Paths in the media store, the main picture first.</returns>
    public async Task<List<string>> TakeAsync(VirtualGoodsPartViewModel model, Action<string> fail)
    {
        var paths = new List<string>();
        foreach (var row in model.Pictures.Where(row => !row.Remove && !string.IsNullOrEmpty(row.Path)))
        {
            // a path is only what a browser sent
            if (!paths.Contains(row.Path!) && await IsThereAsync(row.Path!))
                paths.Add(row.Path!);
        }

        if (model.MainPicture is { } main && paths.Remove(main))
            paths.Insert(0, main);
        foreach (var file in model.Upload.Where(file => file.Length > 0))
        {
            if (paths.Count == Most)
            {
                fail(S["A product has at most {0} pictures.", Most]);
                break;
            }

            if (await StoreAsync(file, fail) is { } path && !paths.Contains(path))
                paths.Add(path);
        }

        return paths;
    }

    private async Task<bool> IsThereAsync(string path)
    {
        try
        {
            return await media.GetFileInfoAsync(path) is not null;
        }
        catch (FileStoreException)
        {
            // some stores say so of a path that leads out of them
            return false;
        }
    }

    private async Task<string?> StoreAsync(IFormFile file, Action<string> fail)
    {
        if (file.Length > MaxBytes)
        {
            fail(S["{0}: a picture has at most {1} MB.", file.FileName, MaxBytes / 1024 / 1024]);
            return null;
        }

        var bytes = new byte[file.Length];
        await using (var upload = file.OpenReadStream())
            await upload.ReadExactlyAsync(bytes);
        if (PictureFormat.ExtensionOf(bytes) is not { } extension)
        {
            fail(S["{0}: this is no PNG, JPEG, GIF or WebP picture.", file.FileName]);
            return null;
        }

        try
        {
            // named by what is in it: another picture never has the same address, and the same one is there once
            using var content = new MemoryStream(bytes, writable: false);
            return await media.CreateFileFromStreamAsync($"products/{Convert.ToHexStringLower(SHA256.HashData(bytes))[..20]}{extension}", content, overwrite: true);
        }
        catch (FileStoreException refused)
        {
            fail($"{file.FileName}: {refused.Message}");
            return null;
        }
    }
}
