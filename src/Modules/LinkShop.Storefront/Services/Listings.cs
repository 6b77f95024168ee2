using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Storefront.ViewModels;
using LinkShop.VirtualGoods.Services;
using Microsoft.AspNetCore.Http;

namespace LinkShop.Storefront.Services;

/// <summary>Fills pages that list products by filters in the address.</summary>
public sealed class Listings(ICatalogue catalogue, Cards cards)
{
    private const int PageSize = 24;
    private const string Currency = "CNY";

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

    public async Task FillAsync(ProductListingViewModel model, string? categoryId)
    {
        var filters = model.Filters;
        var list = await catalogue.ListAsync(new(
            categoryId ?? filters.Category, filters.Search, Sort: filters.Sort, Page: filters.Page, PageSize: PageSize,
            PriceMinMinor: Minor(filters.Min), PriceMaxMinor: Minor(filters.Max)));
        model.Cards = await cards.ToViewsAsync(list.Items);
        model.Total = list.Total;
        model.Pages = (list.Total + PageSize - 1) / PageSize;
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim()[..Math.Min(value.Trim().Length, 100)];

    private static decimal? Price(string? value) =>
        decimal.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price) && price < 1_000_000_000 ? price : null;

    private static long? Minor(decimal? price) =>
        price is { } value && Money.Parse(value.ToString("F2", CultureInfo.InvariantCulture), Currency) is { Succeeded: true } money ? money.Value.Minor : null;
}
