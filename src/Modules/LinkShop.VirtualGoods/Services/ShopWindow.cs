using System.Globalization;
using LinkShop.Catalogue;
using LinkShop.Commerce;
using Microsoft.AspNetCore.Http;
using OrchardCore.Media;

namespace LinkShop.VirtualGoods.Services;

internal sealed class ShopWindow(ICatalogue catalogue, IMediaFileStore media, StockTexts stockTexts, IHttpContextAccessor http) : IShopWindow
{
    private const int PageSize = 24;

    private string Base => http.HttpContext!.Request.PathBase.Value + "/";

    public async Task<IReadOnlyList<CardView>> CardsAsync(IReadOnlyList<ProductCard> products)
    {
        var stock = await catalogue.StockAsync([.. products.SelectMany(card => card.Skus)]);
        return [.. products.Select(card => ToView(card, stock))];
    }

    public async Task<IReadOnlyList<CategoryView>> CategoriesAsync()
    {
        var culture = CultureInfo.CurrentUICulture.Name;
        return [.. (await catalogue.CategoriesAsync()).Select(category => new CategoryView(category.Id, Base + category.Path, category.TitleIn(culture), category.Icon))];
    }

    public async Task FillAsync(ProductListingViewModel model, string? categoryId)
    {
        var filters = model.Filters;
        var (category, currency) = (categoryId ?? filters.Category, "");
        if (filters.Min is not null || filters.Max is not null)
            currency = await CurrencyAsync(category);
        var list = await catalogue.ListAsync(new(
            category, filters.Search, Sort: filters.Sort, Page: filters.Page, PageSize: PageSize,
            PriceMinMinor: Minor(filters.Min, currency), PriceMaxMinor: Minor(filters.Max, currency)));
        model.Cards = await CardsAsync(list.Items);
        model.Total = list.Total;
        model.Pages = (list.Total + PageSize - 1) / PageSize;
    }

    // a person means the currency that the prices are shown in; where there are several, that of the goods in front
    private async Task<string> CurrencyAsync(string? category)
        => (await catalogue.ListAsync(new(category, PageSize: 1))).Items.FirstOrDefault()?.Currency ?? "CNY";

    private static long? Minor(decimal? price, string currency) =>
        price is { } value && Money.Parse(value.ToString("F" + Currencies.DigitsOf(currency), CultureInfo.InvariantCulture), currency) is { Succeeded: true } money ? money.Value.Minor : null;

    private CardView ToView(ProductCard card, IReadOnlyDictionary<string, int?> stock)
    {
        var culture = CultureInfo.CurrentUICulture;
        var left = Left(card, stock);
        return new(
            Base + card.Path,
            card.TitleIn(culture.Name),
            card.Picture is null ? null : media.MapPathToPublicUrl(card.Picture),
            new Money(card.PriceFromMinor, card.Currency).Format(culture),
            card.SeveralPrices,
            card.OriginalPriceMinor is { } was ? new Money(was, card.Currency).Format(culture) : null,
            card.Wholesale,
            card.ByHand,
            left is null or > 0,
            stockTexts.Of(left));
    }

    // the variant with most left speaks for the product; null, without limit, is the most
    private static int? Left(ProductCard card, IReadOnlyDictionary<string, int?> stock)
    {
        var most = 0;
        foreach (var sku in card.Skus)
        {
            if (!stock.TryGetValue(sku, out var left))
                continue;
            if (left is not { } units)
                return null;
            most = Math.Max(most, units);
        }

        return most;
    }
}
