using System.Text.RegularExpressions;

namespace LinkShop.Referrals.Services;

/// <summary>The phrase (口令) of a link: a sentence that people copy, with the code between two ￥.</summary>
public static partial class SharePhrase
{
    /// <summary>Code of a phrase, of a short link or of the bare code; null when there is none in the text.</summary>
    /// <param name="text">What somebody pasted.</param>
    /// <param name="bare">Whether the text may be the code alone: in a field that asks for a code, not in a search box.</param>
    public static string? CodeIn(string? text, bool bare)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 500)
            return null;
        if (Marked().Match(text) is { Success: true } marked)
            return marked.Groups[1].Value.ToUpperInvariant();
        if (Link().Match(text) is { Success: true } link)
            return link.Groups[1].Value.ToUpperInvariant();
        return bare && Bare().Match(text) is { Success: true } code ? code.Groups[1].Value.ToUpperInvariant() : null;
    }

    // keyboards and messengers make half-width signs of full-width ones
    [GeneratedRegex("[￥¥$]([0-9A-Za-z]{4,16})[￥¥$]")]
    private static partial Regex Marked();

    [GeneratedRegex(@"https?://\S+?/r/([0-9A-Za-z]{4,16})\b")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\s*([0-9A-Za-z]{4,16})\s*$")]
    private static partial Regex Bare();
}
