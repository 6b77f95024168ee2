namespace LinkShop.Storefront.Models;

/// <summary>The menu below the head of each page: a section of the site's settings. Without entries, all categories are shown.</summary>
public sealed class StorefrontMenu
{
    /// <summary>At most this many entries.</summary>
    public const int Most = 12;

    /// <summary>The entries in order.</summary>
    public List<MenuEntry> Entries { get; set; } = [];
}

/// <summary>One entry of the menu.</summary>
public sealed class MenuEntry
{
    /// <summary>The content item of a page or category, or null for a link to elsewhere.</summary>
    public string? ContentItemId { get; set; }

    /// <summary>Where else it leads: an <c>https</c> address, or null.</summary>
    public string? Url { get; set; }

    /// <summary>What it is called in Chinese; empty for the page's or category's own name.</summary>
    public string? TextZh { get; set; }

    /// <summary>The same in English.</summary>
    public string? TextEn { get; set; }
}
