using LinkShop.Catalogue;
using LinkShop.VirtualGoods.ViewModels;
using LinkShop.VirtualGoods.Models;
using LinkShop.VirtualGoods.Services;
using Microsoft.AspNetCore.Http;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Media;
using OrchardCore.ResourceManagement;

namespace LinkShop.VirtualGoods.Drivers;

/// <summary>The product page.</summary>
internal sealed class ProductPageDriver(ProductPages pages, ICatalogue catalogue, IResourceManager resources, IMediaFileStore media, IEnumerable<IShopStyle> styles, IEnumerable<IPromotion> promotions, IEnumerable<ISalesPause> pauses, IHttpContextAccessor http)
    : ContentPartDisplayDriver<VirtualGoodsPart>
{
    public override async Task<IDisplayResult?> DisplayAsync(VirtualGoodsPart part, BuildPartDisplayContext context)
    {
        if (context.DisplayType != "Detail")
            return null;
        var product = await pages.GetAsync(part.ContentItem, part);
        var stock = await catalogue.StockAsync(product.SkuIds);
        if (product.Summary.Length > 0)
            resources.RegisterMeta(new MetaEntry("description", content: product.Summary));
        await DescribeAsync(product);
        var pause = pauses.LastOrDefault() is { } times ? await times.NowAsync() : null;
        var model = new ProductPageViewModel { Product = product, Stock = stock, Pause = pause };
        var wanted = http.HttpContext!.Request.Query["sku"].ToString();
        var selected = product.Skus.FirstOrDefault(sku => sku.Id == wanted) ?? product.Skus.FirstOrDefault(model.CanBuy) ?? product.Skus.FirstOrDefault();
        if (selected is null)
            return View("ProductUnavailable", model).Location("Detail", "Content:1");
        var promotes = promotions.LastOrDefault() is { } promotion && await promotion.PaysAsync();
        return Initialize<ProductPageViewModel>("ProductPage", shape => (shape.Product, shape.Stock, shape.Pause, shape.Selected, shape.Promotes) = (product, stock, pause, selected, promotes)).Location("Detail", "Content:1");
    }

    /// <summary>What is shown of the goods where a link to them is shared.</summary>
    private async Task DescribeAsync(ProductView product)
    {
        var request = http.HttpContext!.Request;
        var host = $"{request.Scheme}://{request.Host}";
        resources.RegisterMeta(new MetaEntry(property: "og:type", content: "product"));
        resources.RegisterMeta(new MetaEntry(property: "og:title", content: product.Title));
        resources.RegisterMeta(new MetaEntry(property: "og:url", content: $"{host}{request.PathBase}{request.Path}"));
        if (product.Summary.Length > 0)
            resources.RegisterMeta(new MetaEntry(property: "og:description", content: product.Summary));
        if ((product.Pictures.Count > 0 ? product.Pictures[0] : await BrandAsync()) is { } picture)
            resources.RegisterMeta(new MetaEntry(property: "og:image", content: picture.StartsWith('/') ? host + picture : picture));
    }

    // goods without a picture show the shop's
    private async Task<string?> BrandAsync() => styles.LastOrDefault() is { } style && (await style.GetAsync()).Picture is { } path ? media.MapPathToPublicUrl(path) : null;
}
