using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using LinkShop.Catalogue;
using LinkShop.Commerce.Offers;
using LinkShop.VirtualGoods.Models;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement;

namespace LinkShop.VirtualGoods.Services;

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
            onSale.Exists(sku => sku.TiersPerOrder.Count > 0),
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
