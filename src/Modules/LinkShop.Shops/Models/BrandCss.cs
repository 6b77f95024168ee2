using System.Text;

namespace LinkShop.Shops.Models;

/// <summary>A brand as a style sheet of custom properties for the theme.</summary>
internal static class BrandCss
{
    /// <summary>Changed with the form of the style sheet, as it is part of its tag.</summary>
    public const string Version = "2";

    public static string Write(ShopBrand brand)
    {
        var css = new StringBuilder(1500);
        css.Append(":root{--ls-font:").Append(FontOf(brand)).Append(';');
        Colours(css, BrandColors.Light(brand)).Append("}\n@media (prefers-color-scheme:dark){:root:not(.ls-mode-light){");
        var dark = Colours(new StringBuilder(400), BrandColors.Dark(brand)).ToString();
        css.Append(dark).Append("}}\n:root.ls-mode-dark{").Append(dark).Append("}\n");
        if (UrlOf(brand.Logo) is { } logo)
            css.Append(".ls-brand__mark{background:url(\"").Append(logo).Append("\") center/contain no-repeat}.ls-brand__mark>*{display:none}\n");
        if (UrlOf(brand.Banner) is { } banner)
            css.Append(".ls-front__banner{background-image:url(\"").Append(banner).Append("\")}\n");
        return css.ToString();
    }

    public static string FontOf(ShopBrand brand) => BrandFonts.All.GetValueOrDefault(brand.Font ?? "") ?? BrandFonts.All[BrandPresets.Of(brand.Preset).Font];

    private static StringBuilder Colours(StringBuilder css, BrandColors c) => css
        .Append("--ls-fill:").Append(c.Fill).Append(";--ls-on-fill:").Append(c.OnFill).Append(";--ls-fill-strong:").Append(c.FillStrong)
        .Append(";--ls-brand:").Append(c.Text).Append(";--ls-brand-strong:").Append(c.TextStrong).Append(";--ls-brand-soft:").Append(c.Soft)
        .Append(";--ls-on-brand:").Append(c.OnText).Append(";--ls-accent:").Append(c.Accent);

    // beside the style sheet, so it holds at every host the shop answers at; nothing but what an address may have gets in
    private static string? UrlOf(string? path) =>
        string.IsNullOrEmpty(path) ? null : "media/" + string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.EscapeDataString)).Replace("'", "%27", StringComparison.Ordinal);
}
