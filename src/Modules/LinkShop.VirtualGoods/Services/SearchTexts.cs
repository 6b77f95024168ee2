using System.Text;
using LinkShop.VirtualGoods.Models;
using OrchardCore.ContentManagement;

namespace LinkShop.VirtualGoods.Services;

/// <summary>Prepares product texts and what people type for a search by substring, which needs no word breaks and so works for Chinese too.</summary>
internal static class SearchTexts
{
    private const int MaxTerms = 8;

    public static string For(ContentItem item, VirtualGoodsPart part)
    {
        var text = new StringBuilder();
        Add(item.DisplayText);
        Add(part.Summary);
        foreach (var translation in part.Translations.Values)
        {
            Add(translation.Title);
            Add(translation.Summary);
        }

        foreach (var sku in part.Skus)
        {
            Add(sku.Name);
            foreach (var name in sku.Names.Values)
                Add(name);
        }

        return text.ToString();

        void Add(string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
                text.Append(Normalize(value)).Append('\n');
        }
    }

    /// <summary>The words that must all occur.</summary>
    public static IReadOnlyList<string> Terms(string? query) => Normalize(query ?? "")
        .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Distinct().Take(MaxTerms).ToArray();

    /// <summary>Pairs of neighbouring Chinese characters of the words: what to look for when the words as typed occur nowhere.</summary>
    public static IReadOnlyList<string> Bigrams(IEnumerable<string> terms) => terms
        .SelectMany(term => Enumerable.Range(0, Math.Max(0, term.Length - 1)).Select(i => term.Substring(i, 2)))
        .Where(pair => IsHan(pair[0]) && IsHan(pair[1]))
        .Distinct().Take(MaxTerms).ToArray();

    // compatibility form: full-width letters and digits, common on Chinese keyboards, find half-width ones
    private static string Normalize(string text)
    {
        var folded = text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        return string.Create(folded.Length, folded, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsLetterOrDigit(source[i]) || source[i] is '.' or '+' or '-' ? source[i] : ' ';
        });
    }

    private static bool IsHan(char c) => c is >= '\u3400' and <= '\u9fff';
}
