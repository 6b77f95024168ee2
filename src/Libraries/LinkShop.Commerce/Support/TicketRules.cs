using LinkShop.Commerce.Ordering;

namespace LinkShop.Commerce.Support;

/// <summary>What can be said about a message or a ticket without looking at the database.</summary>
internal static class TicketRules
{
    public const int MaxText = 4000;
    public const int MaxPictures = 3;
    public const int MaxPictureSize = 2 * 1024 * 1024;
    public const int MaxMessages = 200;

    public static void Check(MessageDraft message, List<CommerceError> errors)
    {
        if (message.Id is not { Length: >= 1 and <= 64 })
            errors.Add(new(CommerceErrors.Invalid, "A message's id has 1 to 64 characters.", "id"));
        if (string.IsNullOrWhiteSpace(message.Text))
            errors.Add(new(CommerceErrors.Required, "A message says something.", "text"));
        else if (message.Text.Trim().Length > MaxText)
            errors.Add(new(CommerceErrors.TooLong, $"At most {MaxText} characters.", "text"));
        if (message.Pictures.Count > MaxPictures)
            errors.Add(new(CommerceErrors.TooLong, $"At most {MaxPictures} pictures.", "pictures"));
        foreach (var picture in message.Pictures)
        {
            if (picture.Length > MaxPictureSize)
                errors.Add(new(CommerceErrors.TooLong, "A picture has at most 2 MB.", "pictures"));
            else if (PictureKinds.Of(picture) is null)
                errors.Add(new(CommerceErrors.Invalid, "Pictures are PNG, JPEG, GIF or WebP files.", "pictures"));
        }
    }

    public static List<CommerceError> Check(TicketDraft draft, string? contact)
    {
        var errors = new List<CommerceError>();
        Check(draft.Message, errors);
        if (!Enum.IsDefined(draft.Category))
            errors.Add(new(CommerceErrors.Invalid, "There is no such category.", "category"));
        if (draft.OrderId is null)
            OrderRequestRules.CheckBuyer(new OrderRequest { Lines = [], Contact = draft.Contact, LookupPassword = draft.LookupPassword, UserId = draft.UserId, Culture = draft.Culture }, contact, errors);
        return errors;
    }
}

/// <summary>What a picture is.</summary>
public enum PictureKind
{
    /// <summary>PNG.</summary>
    Png,
    /// <summary>JPEG.</summary>
    Jpeg,
    /// <summary>GIF.</summary>
    Gif,
    /// <summary>WebP.</summary>
    Webp,
}

/// <summary>Tells pictures by their content: names and types that browsers send are what the sender wants them to be. SVG isn't among them, as it is a program.</summary>
public static class PictureKinds
{
    /// <summary>The kind; null when it is none of them.</summary>
    /// <param name="content">The file, or its first 16 bytes.</param>
    public static PictureKind? Of(ReadOnlySpan<byte> content) =>
        content is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] ? PictureKind.Png
        : content is [0xFF, 0xD8, 0xFF, ..] ? PictureKind.Jpeg
        : content.StartsWith("GIF87a"u8) || content.StartsWith("GIF89a"u8) ? PictureKind.Gif
        : content.Length > 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8) ? PictureKind.Webp
        : null;

    /// <summary>The type that browsers are told, and the extension with its dot.</summary>
    /// <param name="kind">The kind.</param>
    public static (string ContentType, string Extension) Describe(PictureKind kind) => kind switch
    {
        PictureKind.Png => ("image/png", ".png"),
        PictureKind.Jpeg => ("image/jpeg", ".jpg"),
        PictureKind.Gif => ("image/gif", ".gif"),
        PictureKind.Webp => ("image/webp", ".webp"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind."),
    };
}
