using LinkShop.VirtualGoods.Services;

namespace LinkShop.Storefront.ViewModels;

/// <summary>A product card in one language.</summary>
public sealed record CardView(
    string Url, string Title, string? Picture, string Price, bool SeveralPrices, string? Was, bool Wholesale, bool ByHand, bool InStock, string StockText);

public class ProductCardsViewModel
{
    public IReadOnlyList<CardView> Cards { get; set; } = [];
}

public class HomeViewModel
{
    public IReadOnlyList<CategoryView> Categories { get; set; } = [];

    public IReadOnlyList<CardView> Featured { get; set; } = [];

    public IReadOnlyList<CardView> Newest { get; set; } = [];
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

/// <summary>What the visitor asked for; values that make no sense are taken as not given.</summary>
public class ListingFilters
{
    public string? Search { get; set; }

    public string? Category { get; set; }

    public decimal? Min { get; set; }

    public decimal? Max { get; set; }

    public ProductSort Sort { get; set; }

    public int Page { get; set; } = 1;

    public string ToUrl(string url, int page)
    {
        var query = new Dictionary<string, string?>();
        Add("q", Search);
        Add("category", Category);
        Add("min", Min?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("max", Max?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Add("sort", Sort == ProductSort.Position ? null : Sort.ToString());
        Add("page", page <= 1 ? null : page.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(url, query);

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                query[name] = value;
        }
    }
}
