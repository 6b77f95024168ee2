using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace LinkShop.Catalogue;

/// <summary>What the visitor asked for; values that make no sense are taken as not given.</summary>
public class ListingFilters
{
    public string? Search { get; set; }

    public string? Category { get; set; }

    public decimal? Min { get; set; }

    public decimal? Max { get; set; }

    public ProductSort Sort { get; set; }

    public int Page { get; set; } = 1;

    /// <summary>Reads the filters from an address.</summary>
    public static ListingFilters Read(IQueryCollection query)
    {
        var filters = new ListingFilters
        {
            Search = Text(query["q"]),
            Category = Text(query["category"]),
            Min = Price(query["min"]),
            Max = Price(query["max"]),
        };
        if (Enum.TryParse<ProductSort>(query["sort"], ignoreCase: true, out var sort) && Enum.IsDefined(sort))
            filters.Sort = sort;
        if (int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page))
            filters.Page = Math.Clamp(page, 1, 10_000);
        return filters;
    }

    /// <summary>The address with these filters.</summary>
    public string ToUrl(string url, int page)
    {
        var query = new Dictionary<string, string?>();
        Add("q", Search);
        Add("category", Category);
        Add("min", Min?.ToString(CultureInfo.InvariantCulture));
        Add("max", Max?.ToString(CultureInfo.InvariantCulture));
        Add("sort", Sort == ProductSort.Position ? null : Sort.ToString());
        Add("page", page <= 1 ? null : page.ToString(CultureInfo.InvariantCulture));
        return QueryHelpers.AddQueryString(url, query);

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                query[name] = value;
        }
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim()[..Math.Min(value.Trim().Length, 100)];

    private static decimal? Price(string? value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price) && price < 1_000_000_000 ? price : null;
}
