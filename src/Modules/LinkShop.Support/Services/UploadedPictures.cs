using LinkShop.Commerce.Support;
using Microsoft.AspNetCore.Http;

namespace LinkShop.Support.Services;

/// <summary>Reads the pictures of a form. What they are, and whether they are too many or too big, the library decides by their content.</summary>
internal static class UploadedPictures
{
    /// <summary>Bytes that a form with three pictures can have.</summary>
    public const long MostBytes = 7 * 1024 * 1024;

    public static async Task<IReadOnlyList<byte[]>> ReadAsync(IEnumerable<IFormFile>? files, CancellationToken cancellationToken)
    {
        var pictures = new List<byte[]>();
        foreach (var file in (files ?? []).Where(f => f.Length > 0))
        {
            using var content = new MemoryStream((int)Math.Min(file.Length, MostBytes));
            await file.CopyToAsync(content, cancellationToken);
            pictures.Add(content.ToArray());
        }

        return pictures;
    }

    /// <summary>The answer that carries a picture: named by us, of the type that its content has, never to be taken for something else.</summary>
    public static Microsoft.AspNetCore.Mvc.FileContentResult Serve(HttpContext context, TicketPicture picture, int number, int position)
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        context.Response.Headers.ContentDisposition = $"inline; filename=\"picture-{number}-{position}{picture.Extension}\"";
        return new(picture.Content, picture.ContentType);
    }
}
