using System.Globalization;
using LinkShop.Storefront.Services;
using LinkShop.Storefront.ViewModels;
using LinkShop.VirtualGoods.Models;
using Microsoft.AspNetCore.Http;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.ContentManagement.Display.Models;
using OrchardCore.DisplayManagement.Views;

namespace LinkShop.Storefront.Drivers;

/// <summary>The page of a category: its products with filters.</summary>
internal sealed class CategoryDisplayDriver(Listings listings, IHttpContextAccessor http) : ContentPartDisplayDriver<CategoryPart>
{
    public override IDisplayResult? Display(CategoryPart part, BuildPartDisplayContext context)
    {
        if (context.DisplayType != "Detail")
            return null;
        var request = http.HttpContext!.Request;
        return Initialize<ProductListingViewModel>("ProductListing", async model =>
        {
            var item = part.ContentItem;
            model.Heading = Texts.FirstOf(Texts.Pick(part.Titles, CultureInfo.CurrentUICulture.Name), item.DisplayText);
            model.Url = $"{request.PathBase}/{item.As<AutoroutePart>()?.Path}";
            model.Filters = Listings.Read(request.Query);
            // the page is of one category, whatever the address says
            (model.Filters.Category, model.Filters.Search) = (null, null);
            await listings.FillAsync(model, item.ContentItemId);
        }).Location("Detail", "Content:1");
    }
}
