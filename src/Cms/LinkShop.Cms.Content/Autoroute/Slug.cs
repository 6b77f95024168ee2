using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OrchardCore.ContentManagement;
using OrchardCore.Title.Models;

namespace LinkShop.Cms.Content.Autoroute;

/// <summary>Makes paths from titles. Letters of every script stay (Chinese too): browsers show them as they are.</summary>
internal static partial class Slug
{
    private const int MaxLength = 80;

    public static string Of(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormKC).ToLowerInvariant().EnumerateRunes())
        {
            if (slug.Length >= MaxLength)
                break;
            if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
                slug.Append(rune.ToString());
            else if (slug.Length > 0 && slug[^1] != '-' && rune.Value != '\'')
                slug.Append('-');
        }

        return slug.ToString().Trim('-');
    }

    /// <summary>The path that a pattern makes for an item.</summary>
    public static string FromPattern(string pattern, ContentItem item)
    {
        var path = Expression().Replace(pattern, match =>
        {
            var value = match.Groups["name"].Value switch
            {
                "DisplayText" => item.DisplayText ?? item.As<TitlePart>()?.Title ?? "",
                "ContentType" => item.ContentType,
                "ContentItemId" => item.ContentItemId,
                _ => throw new InvalidOperationException($"The path pattern '{pattern}' of {item.ContentType} has '{match.Value}', which isn't known here."),
            };
            return Of(value);
        });
        return string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [GeneratedRegex(@"\{\{\s*(?:Model\.)?(?:ContentItem\.)?(?<name>[\w.]+)\s*(?:\|\s*slugify\s*)?\}\}")]
    private static partial Regex Expression();
}
