namespace LinkShop.Catalogue;

/// <summary>A product card in one language.</summary>
public sealed record CardView(
    string Url, string Title, string? Picture, string Price, bool SeveralPrices, string? Was, bool Wholesale, bool ByHand, bool InStock, string StockText);

public class ProductCardsViewModel
{
    public IReadOnlyList<CardView> Cards { get; set; } = [];
}

public sealed record CategoryView(string Id, string Url, string Title, string Icon);

/// <summary>A list of products with its filters.</summary>
public class ProductListingViewModel
{
    public string Heading { get; set; } = "";

    /// <summary>Address of the page without filters.</summary>
    public string Url { get; set; } = "";

    public ListingFilters Filters { get; set; } = new();

    public IReadOnlyList<CardView> Cards { get; set; } = [];

    public int Total { get; set; }

    public int Pages { get; set; }

    /// <summary>Categories to choose from; empty on a category's own page.</summary>
    public IReadOnlyList<CategoryView> Categories { get; set; } = [];

    /// <summary>The address of another page of the same list.</summary>
    public string PageUrl(int page) => Filters.ToUrl(Url, page);
}
