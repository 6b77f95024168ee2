namespace LinkShop.Storefront.ViewModels;

/// <summary>What the header shows on every page.</summary>
public class StorefrontHeaderViewModel
{
    public IReadOnlyList<MenuLink> Menu { get; set; } = [];

    public string? Search { get; set; }

    /// <summary>The languages one can switch to: name in itself, culture, address that switches.</summary>
    public IReadOnlyList<LanguageLink> Languages { get; set; } = [];
}

public sealed record LanguageLink(string Culture, string Name, string Url);

public class StorefrontFooterViewModel
{
    public IReadOnlyList<PageLink> Pages { get; set; } = [];

    /// <summary>Whether the reader is led to what promoters see.</summary>
    public bool Promotes { get; set; }
}

/// <summary>A published page.</summary>
public sealed record PageLink(string Url, string Title, string ContentItemId, bool InFooter);

/// <summary>An entry of the menu.</summary>
public sealed record MenuLink(string Url, string Title, bool External);

public class PageTextsViewModel
{
    public string Title { get; set; } = "";

    public Microsoft.AspNetCore.Html.IHtmlContent Body { get; set; } = Microsoft.AspNetCore.Html.HtmlString.Empty;
}
