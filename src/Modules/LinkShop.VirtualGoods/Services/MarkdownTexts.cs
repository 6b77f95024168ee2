using Microsoft.AspNetCore.Html;
using OrchardCore.Infrastructure.Html;
using OrchardCore.Markdown.Services;

namespace LinkShop.VirtualGoods.Services;

/// <summary>Markdown that a merchant wrote, as HTML that is safe to show.</summary>
public sealed class MarkdownTexts(IMarkdownService markdown, IHtmlSanitizerService sanitizer)
{
    public IHtmlContent ToHtml(string? text) => string.IsNullOrWhiteSpace(text) ? HtmlString.Empty : new HtmlString(sanitizer.Sanitize(markdown.ToHtml(text)));
}
