using System.ComponentModel;
using System.Text.Json;
using LinkShop.Catalogue;
using LinkShop.Commerce.Offers;
using LinkShop.Http;
using LinkShop.VirtualGoods.Models;
using LinkShop.VirtualGoods.Services;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement;
using OrchardCore.Markdown.Models;
using OrchardCore.Media;

namespace LinkShop.VirtualGoods.Api;

/// <summary>A page of products.</summary>
internal sealed record ProductListResponse(IReadOnlyList<ProductSummary> Items, int Total, int Page, int PageSize);

/// <summary>A product in a list. Titles and summaries are by culture; "" is the shop's default language.</summary>
internal sealed record ProductSummary(
    string Id, string Path, string CategoryId, IReadOnlyDictionary<string, string> Titles, IReadOnlyDictionary<string, string> Summaries,
    string? Picture, string Currency, [property: Description("Lowest price of a variant, in minor units.")] long PriceFromMinor, bool InStock)
{
    public static ProductSummary From(ProductCard card, IMediaFileStore media, IReadOnlyDictionary<string, int?> stock) => new(
        card.ProductId, "/" + card.Path, card.CategoryId, card.Titles, card.Summaries, card.Picture is null ? null : media.MapPathToPublicUrl(card.Picture),
        card.Currency, card.PriceFromMinor, card.Skus.Any(sku => stock.TryGetValue(sku, out var left) && left is null or > 0));
}

/// <summary>A variant.</summary>
internal sealed record SkuResponse(
    [property: Description("What an order's line names as skuId.")] string Id, string Name,
    [property: Description("Names by culture.")] IReadOnlyDictionary<string, string> Names,
    [property: Description("Price of one unit, in minor units.")] long PriceMinor, long? OriginalPriceMinor, IReadOnlyList<WholesaleTier> Tiers,
    int MinPerOrder, int MaxPerOrder, [property: OneOf(typeof(DeliveryKind))] string Delivery,
    [property: Description("What picking a specific key costs more; null when none can be picked.")] long? PickSurchargeMinor, bool OnSale,
    [property: Description("How many are left; null when there is no limit.")] int? Available);

/// <summary>Something buyers must or may tell.</summary>
internal sealed record BuyerFieldResponse(
    [property: Description("What an order's line names in its fields.")] string Name, [property: OneOf(typeof(BuyerFieldKind))] string Kind, bool Required, int MinLength, int MaxLength, string? Pattern, IReadOnlyList<string> Choices, IReadOnlyDictionary<string, string> Labels);

/// <summary>A product with all its variants.</summary>
internal sealed record ProductResponse(
    string Id, string Path, string CategoryId, IReadOnlyDictionary<string, string> Titles, IReadOnlyDictionary<string, string> Summaries,
    IReadOnlyDictionary<string, string> Descriptions, IReadOnlyList<string> Pictures, string Currency, IReadOnlyList<SkuResponse> Skus, IReadOnlyList<BuyerFieldResponse> BuyerFields)
{
    public static ProductResponse From(ContentItem item, IMediaFileStore media, IReadOnlyDictionary<string, int?> stock)
    {
        var part = item.As<VirtualGoodsPart>()!;
        return new(
            item.ContentItemId,
            "/" + item.As<AutoroutePart>()?.Path,
            part.CategoryId,
            ProductCards.Texts(item.DisplayText, part, text => text.Title),
            ProductCards.Texts(part.Summary, part, text => text.Summary),
            ProductCards.Texts(item.As<MarkdownBodyPart>()?.Markdown, part, text => text.Body),
            part.Pictures.ConvertAll(media.MapPathToPublicUrl),
            part.Currency,
            part.Skus.ConvertAll(sku => new SkuResponse(
                sku.Id, sku.Name, sku.Names, sku.PriceMinor, sku.OriginalPriceMinor, sku.TiersPerOrder, sku.LeastPerOrder, sku.MostPerOrder, Name(sku.Delivery),
                sku.PickSurchargeMinor, sku.OnSale, stock.TryGetValue(sku.Id, out var left) ? left : 0)),
            part.BuyerFields.ConvertAll(field => new BuyerFieldResponse(
                field.Name, Name(field.Kind), field.Required, field.MinLength, field.MaxLength, field.Pattern, field.Choices, field.Labels)));
    }

    // names survive a renumbering and say something to whoever reads the answer
    private static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
