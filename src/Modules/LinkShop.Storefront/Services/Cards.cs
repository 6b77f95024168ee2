using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Storefront.ViewModels;
using LinkShop.VirtualGoods.Services;
using Microsoft.AspNetCore.Http;
using OrchardCore.Media;

namespace LinkShop.Storefront.Services;

/// <summary>Products and categories in the visitor's language, with addresses.</summary>
public sealed class Cards(ICatalogue catalogue, IMediaFileStore media, StockTexts stockTexts, IHttpContextAccessor http)
{
    private string Base => http.HttpContext!.Request.PathBase.Value + "/";

    public async Task<IReadOnlyList<CardView>> ToViewsAsync(IReadOnlyList<ProductCard> cards)
    {
        var stock = await catalogue.StockAsync([.. cards.SelectMany(card => card.Skus)]);
        return [.. cards.Select(card => ToView(card, stock))];
    }

    public async Task<IReadOnlyList<CategoryView>> CategoriesAsync()
    {
        var culture = CultureInfo.CurrentUICulture.Name;
        return [.. (await catalogue.CategoriesAsync()).Select(category => new CategoryView(category.Id, Base + category.Path, category.TitleIn(culture), category.Icon))];
    }

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
