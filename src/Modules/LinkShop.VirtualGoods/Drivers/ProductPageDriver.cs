using LinkShop.Catalogue;
using LinkShop.VirtualGoods.ViewModels;
using LinkShop.VirtualGoods.Models;
using LinkShop.VirtualGoods.Services;
using Microsoft.AspNetCore.Http;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.ResourceManagement;

namespace LinkShop.VirtualGoods.Drivers;

/// <summary>The product page.</summary>
internal sealed class ProductPageDriver(ProductPages pages, ICatalogue catalogue, IResourceManager resources, IHttpContextAccessor http)
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
        var model = new ProductPageViewModel { Product = product, Stock = stock };
        var wanted = http.HttpContext!.Request.Query["sku"].ToString();
        var selected = product.Skus.FirstOrDefault(sku => sku.Id == wanted) ?? product.Skus.FirstOrDefault(model.CanBuy) ?? product.Skus.FirstOrDefault();
        return selected is null
            ? View("ProductUnavailable", model).Location("Detail", "Content:1")
            : Initialize<ProductPageViewModel>("ProductPage", shape => (shape.Product, shape.Stock, shape.Selected) = (product, stock, selected)).Location("Detail", "Content:1");
    }
}
