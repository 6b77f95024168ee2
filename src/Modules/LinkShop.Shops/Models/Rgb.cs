using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace LinkShop.Shops.Models;

/// <summary>A colour, and how well one is read on another by WCAG 2.</summary>
internal readonly record struct Rgb(byte R, byte G, byte B)
{
    /// <summary>What text needs on its ground (level AA).</summary>
    public const double Readable = 4.5;

    public static readonly Rgb Black = new(0, 0, 0);
    public static readonly Rgb White = new(255, 255, 255);

    /// <summary>Reads <c>#rrggbb</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Rgb colour)
    {
        colour = default;
        if (text is not { Length: 7 } || text[0] != '#' || !int.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            return false;
        colour = new((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        return true;
    }

    public static Rgb Parse(string text) => TryParse(text, out var colour) ? colour : throw new FormatException($"'{text}' is not a colour.");

    public static double Contrast(Rgb one, Rgb other)
    {
        var (a, b) = (one.Luminance(), other.Luminance());
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>Black or white, whichever is read better on this ground; one of them always can be.</summary>
    public Rgb Ink() => Contrast(White, this) >= Readable ? White : Contrast(Black, this) >= Contrast(White, this) ? Black : White;

    /// <summary>This colour, moved towards another by a part.</summary>
    public Rgb Towards(Rgb other, double part) => new(Mix(R, other.R, part), Mix(G, other.G, part), Mix(B, other.B, part));

    /// <summary>This colour, moved towards another just so far that it is read on all grounds.</summary>
    public Rgb Until(Rgb towards, params ReadOnlySpan<Rgb> grounds)
    {
        for (var step = 0; step <= 50; step++)
        {
            var colour = Towards(towards, step / 50d);
            var reads = true;
            foreach (var ground in grounds)
                reads &= Contrast(colour, ground) >= Readable;
            if (reads)
                return colour;
        }

        return towards;
    }

    public override string ToString() => $"#{R:x2}{G:x2}{B:x2}";

    private static byte Mix(byte from, byte to, double part) => (byte)Math.Round(from + ((to - from) * part));

    private double Luminance() => (0.2126 * Linear(R)) + (0.7152 * Linear(G)) + (0.0722 * Linear(B));

    private static double Linear(byte channel)
    {
        var c = channel / 255d;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }
}
