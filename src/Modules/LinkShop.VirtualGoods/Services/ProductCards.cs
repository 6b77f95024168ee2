using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using LinkShop.Commerce.Offers;
using LinkShop.VirtualGoods.Models;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement;

namespace LinkShop.VirtualGoods.Services;

/// <summary>What a list shows of a product, in all its languages.</summary>
/// <param name="ProductId">Content item id.</param>
/// <param name="Path">Address within the tenant, without leading slash.</param>
/// <param name="CategoryId">Content item id of the category.</param>
/// <param name="Titles">Titles by culture; <c>""</c> is the shop's default language.</param>
/// <param name="Summaries">Summaries likewise.</param>
/// <param name="Picture">Path in the media store, or null.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="PriceFromMinor">Lowest price of one unit.</param>
/// <param name="SeveralPrices">Whether variants differ in price.</param>
/// <param name="OriginalPriceMinor">Former price of the cheapest variant, or null.</param>
/// <param name="Wholesale">Whether larger quantities cost less.</param>
/// <param name="ByHand">Whether a person delivers all variants.</param>
/// <param name="Skus">Ids of the variants on sale.</param>
public sealed record ProductCard(
    string ProductId,
    string Path,
    string CategoryId,
    IReadOnlyDictionary<string, string> Titles,
    IReadOnlyDictionary<string, string> Summaries,
    string? Picture,
    string Currency,
    long PriceFromMinor,
    bool SeveralPrices,
    long? OriginalPriceMinor,
    bool Wholesale,
    bool ByHand,
    IReadOnlyList<string> Skus)
{
    public string TitleIn(string culture) => Cultures.Pick(Titles, culture) ?? Titles.GetValueOrDefault("", ProductId);

    public string SummaryIn(string culture) => Cultures.Pick(Summaries, culture) ?? Summaries.GetValueOrDefault("", "");
}

internal static class ProductCards
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public static ProductCard Describe(ContentItem item, VirtualGoodsPart part)
    {
        var onSale = part.Skus.Where(sku => sku.OnSale).ToList();
        var cheapest = onSale.MinBy(sku => sku.PriceMinor);
        return new(
            item.ContentItemId,
            item.As<AutoroutePart>()?.Path ?? "",
            part.CategoryId,
            Texts(item.DisplayText, part, text => text.Title),
            Texts(part.Summary, part, text => text.Summary),
            part.Pictures.FirstOrDefault(),
            part.Currency,
            cheapest?.PriceMinor ?? 0,
            onSale.Select(sku => sku.PriceMinor).Distinct().Skip(1).Any(),
            cheapest?.OriginalPriceMinor,
            onSale.Exists(sku => sku.Tiers.Count > 0),
            onSale.Count > 0 && onSale.TrueForAll(sku => sku.Delivery == DeliveryKind.Manual),
            [.. onSale.Select(sku => sku.Id)]);
    }

    public static Dictionary<string, string> Texts(string? text, VirtualGoodsPart part, Func<LocalizedText, string?> select)
    {
        var texts = new Dictionary<string, string> { [""] = text ?? "" };
        foreach (var (culture, translation) in part.Translations)
        {
            if (select(translation) is { Length: > 0 } value)
                texts[culture] = value;
        }

        return texts;
    }
}
