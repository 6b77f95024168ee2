using AngleSharp.Html.Parser;
using LinkShop.Cms.Content.Markdown;
using Xunit;

namespace LinkShop.Cms.Tests.Content;

public sealed class HtmlSanitizerTests
{
    private readonly HtmlSanitizerService _sanitizer = new(new RenderedTexts());

    [Theory]
    [InlineData("<script>alert(1)</script>x", "x")]
    [InlineData("<img src=x onerror=alert(1)>", "<img src=\"x\" loading=\"lazy\">")]
    [InlineData("<a href=\"javascript:alert(1)\">a</a>", "<a>a</a>")]
    [InlineData("<a href=\" java\tscript:alert(1)\">a</a>", "<a>a</a>")]
    [InlineData("<a href=\"JaVaScRiPt&colon;alert(1)\">a</a>", "<a>a</a>")]
    [InlineData("<a href=\"data:text/html,<script>\">a</a>", "<a>a</a>")]
    [InlineData("<img src=\"data:image/svg+xml,<svg onload=alert(1)>\">", "<img loading=\"lazy\">")]
    [InlineData("<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>after", "after")]
    [InlineData("<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">", null)]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", null)]
    [InlineData("<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", null)]
    [InlineData("<iframe src=\"//evil\"></iframe><object data=x></object><embed src=x>t", "t")]
    [InlineData("<p style=\"position:fixed\" class=\"modal\" id=\"x\" onclick=\"a()\">t</p>", "<p>t</p>")]
    [InlineData("<custom-tag><b>kept</b> text</custom-tag>", "<b>kept</b> text")]
    [InlineData("<!-- c --><p>a</p>", "<p>a</p>")]
    [InlineData("<a href=\"/cards\">in</a>", "<a href=\"/cards\" rel=\"nofollow noopener noreferrer ugc\">in</a>")]
    [InlineData("<base href=\"//evil\"><meta http-equiv=refresh content=0><link rel=stylesheet href=x>t", "t")]
    [InlineData("<template><script>alert(1)</script></template>t", "t")]
    [InlineData("<table><tr><td colspan=2 background=\"javascript:x\">c</td></tr></table>", "<table><tbody><tr><td colspan=\"2\">c</td></tr></tbody></table>")]
    public void What_could_run_code_or_imitate_the_page_is_removed(string html, string? expected)
    {
        var clean = _sanitizer.Sanitize(html);
        if (expected is not null)
            Assert.Equal(expected, clean);
        var document = new HtmlParser().ParseDocument(clean);
        Assert.Empty(document.QuerySelectorAll("script,style,iframe,object,embed,svg,math,form,base,meta,link,template"));
        Assert.DoesNotContain(document.All.SelectMany(element => element.Attributes), attribute =>
            attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || attribute.Name is "style" or "class" or "id"
            || attribute.Value.Replace("\t", "", StringComparison.Ordinal).Trim().StartsWith("javascript", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(clean, _sanitizer.Sanitize(clean));
    }

    [Fact]
    public void Markdown_becomes_clean_html_and_html_in_it_is_text()
    {
        var html = _sanitizer.Sanitize(new MarkdownService(new RenderedTexts()).ToHtml("# 标题\n\n- [click](javascript:alert(1))\n- **b** <b onclick=x>raw</b>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"));
        Assert.Contains("<h1>标题</h1>", html, StringComparison.Ordinal);
        Assert.Contains("<strong>b</strong>", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b onclick=x&gt;", html, StringComparison.Ordinal);
        Assert.Contains("<table>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript", html, StringComparison.Ordinal);
    }
}
