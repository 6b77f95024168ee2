namespace LinkShop.Storefront.ViewModels;

/// <summary>The form of a page.</summary>
public sealed class PageForm
{
    /// <summary>The content item, or null for a new one.</summary>
    public string? Id { get; set; }

    /// <summary>Which state of the page the form was opened with.</summary>
    public string? Revision { get; set; }

    public string? TitleZh { get; set; }

    public string? TitleEn { get; set; }

    public string? Path { get; set; }

    /// <summary>Markdown.</summary>
    public string? BodyZh { get; set; }

    /// <summary>Markdown.</summary>
    public string? BodyEn { get; set; }

    public bool InFooter { get; set; }

    public int Position { get; set; }
}

/// <summary>A page in the list.</summary>
public sealed record PageRow(string Id, string Title, string Path, bool InFooter, bool Published);

/// <summary>One row of the menu's form.</summary>
public sealed class MenuRow
{
    /// <summary><c>link</c>, the id of a page or category, or empty for no entry.</summary>
    public string? Target { get; set; }

    public string? Url { get; set; }

    public string? TextZh { get; set; }

    public string? TextEn { get; set; }

    public int Position { get; set; }
}

/// <summary>What a menu entry can lead to.</summary>
public sealed record MenuTarget(string Id, string Title);

/// <summary>The screen with pages and menu.</summary>
public sealed record PagesPage(IReadOnlyList<PageRow> Pages, IReadOnlyList<MenuRow> Menu, IReadOnlyList<MenuTarget> PageTargets, IReadOnlyList<MenuTarget> CategoryTargets, bool IsDefaultMenu);
