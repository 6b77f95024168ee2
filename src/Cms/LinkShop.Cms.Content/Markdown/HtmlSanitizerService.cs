using System.Collections.Frozen;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using OrchardCore.Infrastructure.Html;

namespace LinkShop.Cms.Content.Markdown;

/// <summary>
/// Lets through only what an article needs. No scripts, styles, frames, forms or foreign content (SVG, MathML); no class or id either,
/// which could dress a text up as a part of the page around it.
/// </summary>
internal sealed class HtmlSanitizerService(RenderedTexts rendered) : IHtmlSanitizerService
{
    private static readonly FrozenSet<string> Elements = new[]
    {
        "a", "abbr", "b", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption", "figure",
        "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "small", "span", "strong", "sub",
        "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var",
    }.ToFrozenSet();

    /// <summary>Elements whose content is not text of the article either. Any other unknown element is replaced by its content.</summary>
    private static readonly FrozenSet<string> Dropped = new[]
    {
        "script", "style", "iframe", "frame", "frameset", "object", "embed", "applet", "noscript", "noembed", "noframes", "template", "svg", "math", "head", "title", "base", "link", "meta",
        "textarea", "select", "option", "button", "input", "form", "audio", "video", "canvas", "plaintext", "xmp", "dialog", "portal",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> Attributes = new[]
    {
        "alt", "align", "cite", "colspan", "datetime", "dir", "height", "href", "lang", "open", "rowspan", "scope", "span", "src", "start", "title", "type", "width",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> LinkSchemes = new[] { "http", "https", "mailto", "tel" }.ToFrozenSet();
    private static readonly FrozenSet<string> ImageSchemes = new[] { "http", "https" }.ToFrozenSet();

    public string Sanitize(string html) => rendered.GetOrMake("html", html, static text => Clean(text));

    private static string Clean(string html)
    {
        var parser = new HtmlParser();
        using var document = parser.ParseDocument("<!DOCTYPE html><html><body></body></html>");
        var body = document.Body!;
        foreach (var node in parser.ParseFragment(html, body).ToArray())
            body.AppendChild(node);
        CleanChildren(body);
        return body.InnerHtml;
    }

    private static void CleanChildren(INode parent)
    {
        for (var i = 0; i < parent.ChildNodes.Length;)
            switch (parent.ChildNodes[i])
            {
                case IText:
                    i++;
                    break;
                case IHtmlElement element when Elements.Contains(element.LocalName):
                    CleanAttributes(element);
                    CleanChildren(element);
                    i++;
                    break;
                case IHtmlElement element when !Dropped.Contains(element.LocalName):
                    // Its content is looked at next, in its place.
                    while (element.FirstChild is { } child)
                        parent.InsertBefore(child, element);
                    parent.RemoveChild(element);
                    break;
                case var other:
                    parent.RemoveChild(other);
                    break;
            }
    }

    private static void CleanAttributes(IHtmlElement element)
    {
        foreach (var attribute in element.Attributes.ToArray())
            if (!Attributes.Contains(attribute.Name) || !IsAllowed(element.LocalName, attribute))
                element.RemoveAttribute(attribute.NamespaceUri, attribute.LocalName);
        if (element.LocalName == "a" && element.HasAttribute("href"))
            element.SetAttribute("rel", "nofollow noopener noreferrer ugc");
        if (element.LocalName == "img")
            element.SetAttribute("loading", "lazy");
    }

    private static bool IsAllowed(string element, IAttr attribute) => attribute.Name switch
    {
        "href" => element == "a" && HasScheme(attribute.Value, LinkSchemes),
        "src" => element == "img" && HasScheme(attribute.Value, ImageSchemes),
        "cite" => HasScheme(attribute.Value, ImageSchemes),
        _ => true,
    };

    /// <summary>Whether an address is relative or has an allowed scheme. What browsers skip in a scheme (spaces, control characters) is skipped here too.</summary>
    private static bool HasScheme(string address, FrozenSet<string> allowed)
    {
        var plain = string.Concat(address.Where(letter => !char.IsWhiteSpace(letter) && !char.IsControl(letter) && letter is not ('\u00AD' or '\u200B' or '\uFEFF')));
        var colon = plain.IndexOf(':');
        if (colon < 0 || plain.AsSpan(0, colon).IndexOfAny("/?#") >= 0)
            return true;
        return allowed.Contains(plain[..colon].ToLowerInvariant());
    }
}
