using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace LinkShop.Commerce.Referrals;

/// <summary>Share codes 口令: how they are made, and found in what people paste.</summary>
internal static partial class ReferralCodes
{
    private const int MaxPasted = 500;

    // without what is mistaken for another when it is read out
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

    /// <summary>A made code: eight characters, 40 bits.</summary>
    public static string Make() => Random(8);

    /// <summary>The id of a link in its address.</summary>
    public static string LinkId() => Random(10);

    /// <summary>The one spelling by which a code is found; null when it can't be one.</summary>
    public static string? Key(string? code)
    {
        if (string.IsNullOrWhiteSpace(code) || code.Length > 60)
            return null;
        var key = ReferralWords.Plain(code).Replace("%", "", StringComparison.Ordinal);
        return key.Length is >= 2 and <= 30 ? key : null;
    }

    /// <summary>The spellings that a pasted text may mean: what is marked in it first, else all of it.</summary>
    public static string[] KeysIn(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [];
        var pasted = text.Length > MaxPasted ? text[..MaxPasted] : text;
        var marked = Marked().Matches(pasted).Select(m => Key(m.Groups[1].Value)).OfType<string>().Take(3).ToArray();
        return marked.Length > 0 ? marked : Key(pasted) is { } whole ? [whole] : [];
    }

    private static string Random(int length) => RandomNumberGenerator.GetString(Alphabet, length);

    [GeneratedRegex("[#＃「『【￥]([^#＃「」『』【】￥]{2,60})[#＃」』】￥]")]
    private static partial Regex Marked();
}
