using OrchardCore.ContentManagement;

namespace LinkShop.Storefront.Models;

/// <summary>Translations of an information page; the item's own title and body are the shop's default language.</summary>
public class PageTextsPart : ContentPart
{
    /// <summary>Whether the footer links to the page.</summary>
    public bool InFooter { get; set; } = true;

    public int Position { get; set; }

    public Dictionary<string, PageText> Translations { get; set; } = [];
}

/// <summary>A page's texts in one culture.</summary>
public sealed class PageText
{
    public string? Title { get; set; }

    /// <summary>Markdown.</summary>
    public string? Body { get; set; }
}
