using System.Globalization;
using System.Net;
using System.Text;
using QRCoder;

namespace LinkShop.Http;

/// <summary>QR codes as pictures.</summary>
public static class QrCodes
{
    private const int Quiet = 4;

    /// <summary>A picture of its own.</summary>
    /// <param name="text">What the code says.</param>
    /// <param name="label">What a screen reader says about it.</param>
    public static string Svg(string text, string label)
    {
        var (path, size) = Draw(text);
        return string.Create(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="480" height="480" role="img" aria-label="{Text(label)}"><path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" shape-rendering="crispEdges" d="{path}"/></svg>""");
    }

    /// <summary>The code alone as a PNG file, about 600 pixels wide.</summary>
    /// <param name="text">What the code says.</param>
    public static byte[] Png(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        return code.GetGraphic(Math.Max(4, 600 / data.ModuleMatrix.Count));
    }

    /// <summary>A poster: the shop's name and line above its code, the address below.</summary>
    public static string Poster(string title, string? slogan, string address, string call, string fill, string onFill)
    {
        var (path, size) = Draw(address);
        var scale = (640d / size).ToString("0.####", CultureInfo.InvariantCulture);
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1414" width="1000" height="1414" font-family="system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif" text-anchor="middle">
            <path fill="#fff" d="M0 0h1000v1414H0z"/><path fill="{fill}" d="M0 0h1000v400H0z"/>
            <text x="500" y="215" fill="{onFill}" font-weight="700"{Fit(title, 88)}>{Text(title)}</text>
            <text x="500" y="310" fill="{onFill}"{Fit(slogan ?? "", 44)}>{Text(slogan ?? "")}</text>
            <g transform="translate(180 480) scale({scale})"><path fill="#000" shape-rendering="crispEdges" d="{path}"/></g>
            <text x="500" y="1205" fill="#171a26" font-size="40" font-weight="600">{Text(call)}</text>
            <text x="500" y="1285" fill="#555c70"{Fit(address, 34)}>{Text(address)}</text>
            </svg>
            """;
    }

    /// <summary>The dark squares as a path, and how many squares wide the code is with its quiet zone.</summary>
    internal static (string Path, int Size) Draw(string text)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        // the matrix has its own quiet zone, which differs between versions of the library: only what is drawn counts
        var rows = data.ModuleMatrix;
        var path = new StringBuilder();
        var (first, last) = (rows.FindIndex(r => r.Cast<bool>().Contains(true)), rows.FindLastIndex(r => r.Cast<bool>().Contains(true)));
        for (var y = first; y <= last; y++)
        {
            for (var x = first; x <= last; x++)
            {
                if (rows[y][x])
                    path.Append(CultureInfo.InvariantCulture, $"M{x - first + Quiet} {y - first + Quiet}h1v1h-1z");
            }
        }

        return (path.ToString(), last - first + 1 + (2 * Quiet));
    }

    // a wide letter takes its size, a Latin one about half of it
    internal static string Fit(string text, int size, int room = 880)
    {
        var width = Width(text);
        var fits = width <= 0 ? size : Math.Min(size, (int)(room / width));
        return string.Create(CultureInfo.InvariantCulture, $" font-size=\"{fits}\"");
    }

    /// <summary>How wide a text is, in letters of full width.</summary>
    internal static double Width(string text) => text.Sum(c => c > 0x2E7F ? 1.0 : 0.58);

    internal static string Text(string text) => WebUtility.HtmlEncode(text);
}
