namespace LinkShop.Shops.Models;

/// <summary>The colours that follow from a brand in one scheme. Every text reads on its ground, whatever the owner chose.</summary>
/// <param name="Fill">Ground of buttons: the owner's colour itself.</param>
/// <param name="OnFill">Text on it.</param>
/// <param name="FillStrong">The same under the pointer; <see cref="OnFill"/> reads on it.</param>
/// <param name="Text">Links and marks on the page, cards and sunken areas.</param>
/// <param name="TextStrong">Text on <see cref="Soft"/>.</param>
/// <param name="Soft">A tint as a ground.</param>
/// <param name="OnText">Text on a ground of <see cref="Text"/>.</param>
/// <param name="Accent">Decoration only: nothing is read in it.</param>
internal sealed record BrandColors(Rgb Fill, Rgb OnFill, Rgb FillStrong, Rgb Text, Rgb TextStrong, Rgb Soft, Rgb OnText, Rgb Accent)
{
    // the theme's grounds (css/tokens.css): page, card, sunken
    public static readonly IReadOnlyList<Rgb> LightGrounds = [Rgb.Parse("#f5f6fa"), Rgb.White, Rgb.Parse("#f0f2f7")];
    public static readonly IReadOnlyList<Rgb> DarkGrounds = [Rgb.Parse("#0f121b"), Rgb.Parse("#181c28"), Rgb.Parse("#222736")];

    public static BrandColors Light(ShopBrand brand) => Of(brand, LightGrounds, Rgb.Black);

    public static BrandColors Dark(ShopBrand brand) => Of(brand, DarkGrounds, Rgb.White);

    private static BrandColors Of(ShopBrand brand, IReadOnlyList<Rgb> grounds, Rgb away)
    {
        var preset = BrandPresets.Of(brand.Preset);
        var fill = Rgb.TryParse(brand.Primary, out var own) ? own : Rgb.Parse(preset.Primary);
        var accent = Rgb.TryParse(brand.Accent, out var second) ? second : Rgb.Parse(preset.Accent);
        var onFill = fill.Ink();
        var soft = grounds[1].Towards(fill, 0.1);
        // a tint of the tint's own colour is the hardest ground of all
        var text = fill.Until(away, [.. grounds, soft]);
        var strong = fill.Towards(onFill == Rgb.White ? Rgb.Black : Rgb.White, 0.16);
        return new(fill, onFill, strong, text, text.Towards(away, 0.2), soft, text.Ink(), accent);
    }
}
