using System.Globalization;
using System.Text;

namespace LinkShop.Http;

/// <summary>What a poster for goods says.</summary>
public sealed record PosterText
{
    /// <summary>The shop's name, on top.</summary>
    public required string Brand { get; init; }

    /// <summary>What is recommended.</summary>
    public required string Title { get; init; }

    /// <summary>Its price as shown, or null.</summary>
    public string? Price { get; init; }

    /// <summary>What to do with the code.</summary>
    public required string Call { get; init; }

    /// <summary>The code as a word, for people who can't scan; or null.</summary>
    public string? Code { get; init; }

    /// <summary>That somebody may earn by it.</summary>
    public required string Disclosure { get; init; }

    /// <summary>The address in the QR code.</summary>
    public required string Address { get; init; }

    /// <summary>A <c>data:</c> address of a picture, or null: a picture file that loads others doesn't show them.</summary>
    public string? Picture { get; init; }

    /// <summary>The brand's colour, <c>#rrggbb</c>.</summary>
    public string Fill { get; init; } = "#2f55e8";

    /// <summary>A colour that reads on it.</summary>
    public string OnFill { get; init; } = "#ffffff";
}

/// <summary>A poster for a shop's goods as a vector picture that stands alone: brand, picture, price, QR code, and who earns by it.</summary>
public static class GoodsPoster
{
    /// <summary>Size of the poster, in its own units.</summary>
    public const int Width = 1000, Height = 1414;

    private const double Line = 30;

    /// <summary>The picture.</summary>
    public static string Svg(PosterText text)
    {
        var (path, size) = QrCodes.Draw(text.Address);
        var scale = (330d / size).ToString("0.####", CultureInfo.InvariantCulture);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}" font-family="system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif">
            <path fill="#fff" d="M0 0h1000v1414H0z"/><path fill="{text.Fill}" d="M0 0h1000v150H0z"/>
            <text x="500" y="98" text-anchor="middle" fill="{text.OnFill}" font-weight="700"{QrCodes.Fit(text.Brand, 60)}>{QrCodes.Text(text.Brand)}</text>

            """);
        if (text.Picture is { } picture)
            svg.Append(CultureInfo.InvariantCulture, $"""<image x="60" y="190" width="880" height="560" preserveAspectRatio="xMidYMid meet" href="{QrCodes.Text(picture)}"/>""").Append('\n');
        var top = text.Picture is null ? 420 : 830;
        svg.Append(CultureInfo.InvariantCulture, $"""
            <text x="60" y="{top}" fill="#171a26" font-weight="700"{QrCodes.Fit(text.Title, 54)}>{QrCodes.Text(text.Title)}</text>
            <text x="60" y="{top + 84}" fill="#c2330a" font-weight="700"{QrCodes.Fit(text.Price ?? "", 62)}>{QrCodes.Text(text.Price ?? "")}</text>
            <g transform="translate(610 930) scale({scale})"><path fill="#000" shape-rendering="crispEdges" d="{path}"/></g>
            <text x="60" y="1040" fill="#171a26" font-weight="600"{QrCodes.Fit(text.Call, 38, 530)}>{QrCodes.Text(text.Call)}</text>
            <text x="60" y="1110" fill="{text.Fill}" font-weight="700"{QrCodes.Fit(text.Code ?? "", 46, 530)}>{QrCodes.Text(text.Code ?? "")}</text>
            <text x="60" y="1170" fill="#555c70"{QrCodes.Fit(text.Address, 28, 530)}>{QrCodes.Text(text.Address)}</text>

            """);
        var lines = Wrap(text.Disclosure, 880 / Line);
        for (var i = 0; i < lines.Count; i++)
            svg.Append(CultureInfo.InvariantCulture, $"""<text x="60" y="{1300 + (i * 42)}" fill="#555c70" font-size="{Line}">{QrCodes.Text(lines[i])}</text>""").Append('\n');
        return svg.Append("</svg>").ToString();
    }

    /// <summary>Breaks a text into lines of at most so many full letters: between words, or anywhere where there are none.</summary>
    internal static IReadOnlyList<string> Wrap(string text, double most)
    {
        var (lines, line) = (new List<string>(), new StringBuilder());
        foreach (var word in Words(text))
        {
            if (line.Length > 0 && QrCodes.Width(line + word.TrimEnd()) > most)
            {
                lines.Add(line.ToString().TrimEnd());
                line.Clear();
            }

            line.Append(word);
        }

        if (line.Length > 0)
            lines.Add(line.ToString().TrimEnd());
        return lines;
    }

    // closing punctuation stays with the letter before it
    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var c in text)
        {
            if (word.Length > 0 && c > 0x2E7F && !"，。、；：！？）”》".Contains(c, StringComparison.Ordinal))
            {
                yield return word.ToString();
                word.Clear();
            }

            word.Append(c);
            if (c == ' ')
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
            yield return word.ToString();
    }
}
