using System.Collections.Concurrent;
using OrchardCore.Infrastructure.Html;
using OrchardCore.Markdown.Services;

namespace LinkShop.Cms.Display.Content.Parts;

/// <summary>The HTML of Markdown texts, made once per text: parsing and cleaning costs more than the rest of a product page.</summary>
internal sealed class MarkdownHtml(MarkdownHtmlCache cache, IMarkdownService markdown, IHtmlSanitizerService sanitizer)
{
    public string Of(string? text, bool sanitize)
    {
        if (string.IsNullOrEmpty(text))
            return "";

        if (cache.Find(text, sanitize) is { } known)
            return known;

        var html = markdown.ToHtml(text);
        if (sanitize)
            html = sanitizer.Sanitize(html);

        cache.Add(text, sanitize, html);
        return html;
    }
}

/// <summary>Results by text. The result depends on the text alone, so tenants may share it.</summary>
internal sealed class MarkdownHtmlCache
{
    // About 16 MB at worst: longer texts aren't kept.
    private const int MaxEntries = 2000;
    private const int MaxLength = 4000;
    private readonly ConcurrentDictionary<(string Text, bool Sanitize), string> _html = new();

    public string? Find(string text, bool sanitize) => _html.GetValueOrDefault((text, sanitize));

    public void Add(string text, bool sanitize, string html)
    {
        if (text.Length > MaxLength || html.Length > 2 * MaxLength)
            return;

        // Starting anew now and then is simpler than ageing, and costs one conversion per text.
        if (_html.Count >= MaxEntries)
            _html.Clear();

        _html[(text, sanitize)] = html;
    }
}
