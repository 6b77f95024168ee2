using LinkShop.Catalogue;
using System.Globalization;
using LinkShop.Commerce;
using LinkShop.VirtualGoods.ViewModels;
using LinkShop.VirtualGoods.Models;
using Microsoft.AspNetCore.Http;
using OrchardCore.ContentManagement;
using OrchardCore.Markdown.Models;
using OrchardCore.Media;

namespace LinkShop.VirtualGoods.Services;

/// <summary>Makes what a product page shows, once for each version of a product, language and address of the shop: Markdown and money aren't formatted on each request.</summary>
public sealed class ProductPages(TenantCache cache, ICatalogue catalogue, MarkdownTexts markdown, IMediaFileStore media, IHttpContextAccessor http)
{
    private static readonly TimeSpan s_age = TimeSpan.FromMinutes(5);

    public ValueTask<ProductView> GetAsync(ContentItem item, VirtualGoodsPart part)
    {
        var key = $"product:{http.HttpContext!.Request.PathBase}:{item.ContentItemVersionId}:{item.ModifiedUtc?.Ticks}:{CultureInfo.CurrentUICulture.Name}";
        return cache.GetAsync(key, s_age, () => MakeAsync(item, part));
    }

    private async Task<ProductView> MakeAsync(ContentItem item, VirtualGoodsPart part)
    {
        var culture = CultureInfo.CurrentUICulture;
        var text = Cultures.Pick(part.Translations, culture.Name);
        var body = string.IsNullOrWhiteSpace(text?.Body) ? item.As<MarkdownBodyPart>()?.Markdown : text.Body;
        var category = (await catalogue.CategoriesAsync()).FirstOrDefault(category => category.Id == part.CategoryId);
        var skus = part.Skus.Where(sku => sku.OnSale).Select(sku => ToView(sku, part.Currency, culture)).ToList();
        return new(
            item.ContentItemId,
            Cultures.FirstOf(text?.Title, item.DisplayText),
            Cultures.FirstOf(text?.Summary, part.Summary),
            markdown.ToHtml(body),
            part.Pictures.ConvertAll(media.MapPathToPublicUrl),
            category is null ? null : new(category.Id, http.HttpContext!.Request.PathBase.Value + "/" + category.Path, category.TitleIn(culture.Name), category.Icon),
            skus,
            [.. skus.Select(sku => sku.Id)],
            part.BuyerFields.ConvertAll(field => Cultures.Pick(field.Labels, culture.Name) ?? field.Labels.Values.FirstOrDefault() ?? field.Name));
    }

    private static SkuView ToView(SkuDefinition sku, string currency, CultureInfo culture) => new(
        sku.Id,
        sku.NameIn(culture.Name),
        new Money(sku.PriceMinor, currency).Format(culture),
        sku.OriginalPriceMinor is { } was ? new Money(was, currency).Format(culture) : null,
        sku.OriginalPriceMinor is > 0 and { } before ? (int)((before - sku.PriceMinor) * 100 / before) : 0,
        sku.TiersPerOrder.ConvertAll(tier => new TierView(tier.MinQuantity, new Money(tier.UnitPriceMinor, currency).Format(culture))),
        sku.LeastPerOrder,
        sku.MostPerOrder,
        sku.MaxPerBuyer,
        sku.Delivery,
        sku.PickSurchargeMinor is { } surcharge ? new Money(surcharge, currency).Format(culture) : null);
}
