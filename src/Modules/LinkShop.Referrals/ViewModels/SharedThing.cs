namespace LinkShop.Referrals.ViewModels;

/// <summary>What a link shares, as posters, cards and lists of links show it.</summary>
public sealed record SharedThing
{
    /// <summary>The link's id, as in its address.</summary>
    public required string Id { get; init; }

    /// <summary>The share code (口令), or null.</summary>
    public string? Code { get; init; }

    /// <summary>The short link, absolute.</summary>
    public required string Address { get; init; }

    /// <summary>The page that the link leads to, within the tenant.</summary>
    public required string Target { get; init; }

    /// <summary>Name of the shop.</summary>
    public required string Brand { get; init; }

    /// <summary>Name of the goods; the shop's when it is shared as a whole.</summary>
    public required string Title { get; init; }

    /// <summary>What it costs; null for a shop.</summary>
    public string? PriceText { get; init; }

    /// <summary>What it is paid in; null for a shop.</summary>
    public string? Currency { get; init; }

    /// <summary>Path of a picture in the media store, or null.</summary>
    public string? Picture { get; init; }

    /// <summary>The same as an address, or null.</summary>
    public string? PictureUrl { get; init; }

    /// <summary>A sentence with the code that people paste into the search box or at checkout; null without a code.</summary>
    public string? Phrase { get; init; }

    /// <summary>That the promoter may earn by a purchase.</summary>
    public required string Disclosure { get; init; }

    /// <summary>What a buyer saves with the code, in percent; 0 for nothing.</summary>
    public decimal SavesPercent { get; init; }

    /// <summary>Path of the brand's style sheet within the tenant, or null.</summary>
    public string? StyleSheet { get; init; }

    /// <summary>The brand's colour and one that reads on it.</summary>
    public required (string Fill, string OnFill) Colours { get; init; }
}
