using LinkShop.Catalogue;
using System.Globalization;
using LinkShop.VirtualGoods.Services;
using LinkShop.VirtualGoods.ViewModels;
using LinkShop.VirtualGoods.Models;
using Microsoft.AspNetCore.Http;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.DisplayManagement.Views;

namespace LinkShop.VirtualGoods.Drivers;

/// <summary>The page of a category: its products with filters.</summary>
internal sealed class CategoryPageDriver(IShopWindow shop, IHttpContextAccessor http) : ContentPartDisplayDriver<CategoryPart>
{
    public override IDisplayResult? Display(CategoryPart part, BuildPartDisplayContext context)
    {
        if (context.DisplayType != "Detail")
            return null;
        var request = http.HttpContext!.Request;
        return Initialize<ProductListingViewModel>("ProductListing", async model =>
        {
            var item = part.ContentItem;
            model.Heading = Cultures.FirstOf(Cultures.Pick(part.Titles, CultureInfo.CurrentUICulture.Name), item.DisplayText);
            model.Url = $"{request.PathBase}/{item.As<AutoroutePart>()?.Path}";
            model.Filters = ListingFilters.Read(request.Query);
            // the page is of one category, whatever the address says
            (model.Filters.Category, model.Filters.Search) = (null, null);
            await shop.FillAsync(model, item.ContentItemId);
        }).Location("Detail", "Content:1");
    }
}
