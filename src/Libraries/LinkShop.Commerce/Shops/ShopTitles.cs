using System.Globalization;
using System.Text;

namespace LinkShop.Commerce.Shops;

/// <summary>What a shop may be called. A small list, so that nobody sells in the platform's or a payment service's name; it is not a trade mark register.</summary>
public static class ShopTitles
{
    /// <summary>Longest title, in characters.</summary>
    public const int MaxLength = 40;

    // letters of other scripts that look like Latin ones, in the order of Twins
    private const string Strangers = "аеорсухіјѕԁһӏңкмтвαεορυχικντ";
    private const string Twins = "aeopcyxijsdhlhkmtbaeopyxiknt";

    private static readonly string[] Refused = [.. new[]
    {
        "官方", "官網", "官网", "链动", "鏈動", "平台自营", "平台客服", "支付宝", "支付寶", "微信支付", "云闪付", "银联", "LinkShop", "official", "Alipay", "WeChat Pay", "UnionPay", "PayPal",
    }.Select(Plain)];

    /// <summary>A title without what can't be seen: composed, with single spaces.</summary>
    /// <param name="title">What was typed.</param>
    public static string Normalize(string? title) => string.Join(' ', (title ?? "").Normalize(NormalizationForm.FormC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>What is wrong with a normalized title; null when nothing is.</summary>
    /// <param name="title">The title.</param>
    public static CommerceError? Check(string title)
    {
        if (title.Length == 0)
            return new(CommerceErrors.Required, "A shop has a name.", "title");
        if (title.Length > MaxLength)
            return new(CommerceErrors.TooLong, "A name has at most 40 characters.", "title");
        // invisible letters, and marks that turn the direction of reading, hide what is written
        if (title.Any(c => char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned))
            return new(CommerceErrors.Invalid, "A name has no invisible characters.", "title");
        if (!title.Any(char.IsLetterOrDigit))
            return new(CommerceErrors.Invalid, "A name has a letter or a digit.", "title");
        var plain = Plain(title);
        return Array.Exists(Refused, word => plain.Contains(word, StringComparison.Ordinal))
            ? new(ShopErrors.TitleReserved, "This name reads as if the platform or a payment service itself were selling.", "title")
            : null;
    }

    // full-width and small forms become ordinary ones, look-alikes of other scripts Latin ones; accents, blanks and signs go
    private static string Plain(string title)
    {
        var text = new StringBuilder(title.Length);
        foreach (var c in title.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c))
                text.Append(Strangers.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at ? Twins[at] : c);
        }

        return ShopSlugs.Skeleton(text.ToString());
    }
}
