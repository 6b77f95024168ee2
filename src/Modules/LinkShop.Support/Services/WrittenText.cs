using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;

namespace LinkShop.Support.Services;

/// <summary>Shows what people wrote: everything encoded, and only whole https addresses become links, so that a reader sees where they lead.</summary>
public static partial class WrittenText
{
    /// <summary>The text as HTML.</summary>
    public static IHtmlContent Show(string text)
    {
        var html = new HtmlContentBuilder();
        var done = 0;
        foreach (Match match in Address().Matches(text))
        {
            // https://bank.example@elsewhere.example leads elsewhere
            if (!Uri.TryCreate(match.Value, UriKind.Absolute, out var address) || address.UserInfo.Length > 0)
                continue;
            html.Append(text[done..match.Index]);
            html.AppendHtml("<a rel=\"noopener noreferrer nofollow\" target=\"_blank\" href=\"").Append(match.Value).AppendHtml("\">").Append(match.Value).AppendHtml("</a>");
            done = match.Index + match.Length;
        }

        return html.Append(text[done..]);
    }

    [GeneratedRegex(@"\bhttps://[!-~]*[\w/=&#-]", RegexOptions.ECMAScript)]
    private static partial Regex Address();
}
