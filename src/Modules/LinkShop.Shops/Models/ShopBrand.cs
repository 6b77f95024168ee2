namespace LinkShop.Shops.Models;

/// <summary>How a shop looks: a section of its site settings. Colours are empty when they are the preset's.</summary>
public sealed class ShopBrand
{
    /// <summary>One of <see cref="BrandPresets"/>.</summary>
    public string Preset { get; set; } = BrandPresets.All[0].Id;

    /// <summary>The main colour, <c>#rrggbb</c>, or null.</summary>
    public string? Primary { get; set; }

    /// <summary>The second colour, or null.</summary>
    public string? Accent { get; set; }

    /// <summary>One of <see cref="BrandFonts"/>, or null for the preset's.</summary>
    public string? Font { get; set; }

    /// <summary><c>auto</c>, <c>light</c> or <c>dark</c>.</summary>
    public string Mode { get; set; } = "auto";

    /// <summary>Path of the logo in the shop's media, or null.</summary>
    public string? Logo { get; set; }

    /// <summary>Path of the banner in the shop's media, or null.</summary>
    public string? Banner { get; set; }

    /// <summary>One line below the name, in Chinese.</summary>
    public string? SloganZh { get; set; }

    /// <summary>One line below the name, in English.</summary>
    public string? SloganEn { get; set; }

    /// <summary>Changes with every change: part of the style sheet's address.</summary>
    public string Stamp { get; set; } = "0";

    /// <summary>The last look that the platform gave, or null. See <see cref="Commerce.Shops.ShopLook.Id"/>.</summary>
    public string? PlatformLook { get; set; }

    /// <summary>Why it did, until the owner has chosen a look since; or null.</summary>
    public string? PlatformReason { get; set; }

    /// <summary>The line for a reader's language; the other one when there is none in it.</summary>
    /// <param name="culture">Name of the culture.</param>
    public string? Slogan(string culture) => culture.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? SloganZh ?? SloganEn : SloganEn ?? SloganZh;

    /// <summary>An independent copy.</summary>
    public ShopBrand Copy() => (ShopBrand)MemberwiseClone();
}
