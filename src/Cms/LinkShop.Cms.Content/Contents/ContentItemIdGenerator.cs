using System.Security.Cryptography;
using OrchardCore.ContentManagement;

namespace LinkShop.Cms.Content.Contents;

/// <summary>128 random bits as 26 characters of a base-32 alphabet without look-alikes.</summary>
internal sealed class ContentItemIdGenerator : IContentItemIdGenerator
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    public string GenerateUniqueId(ContentItem contentItem)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        var number = new UInt128(BitConverter.ToUInt64(bytes), BitConverter.ToUInt64(bytes[8..]));
        Span<char> text = stackalloc char[26];
        text[0] = Alphabet[(int)(number & 7)];
        number >>= 3;
        for (var i = 1; i < text.Length; i++, number >>= 5)
            text[i] = Alphabet[(int)(number & 31)];
        return new string(text);
    }
}
