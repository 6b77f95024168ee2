using LinkShop.Catalogue;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using Microsoft.AspNetCore.OutputCaching;

namespace LinkShop.Storefront.Controllers;

[Route("search")]
public sealed class SearchController(IShopWindow shop, IHtmlLocalizer<SearchController> H) : Controller
{
    [HttpGet("")]
    [OutputCache(Duration = 5)]
    public async Task<IActionResult> Index()
    {
        var filters = ListingFilters.Read(Request.Query);
        var model = new ProductListingViewModel
        {
            Heading = filters.Search is null ? H["All goods"].Value : string.Format(System.Globalization.CultureInfo.CurrentCulture, H["Results for “{0}”"].Value, filters.Search),
            Url = Request.PathBase + "/search",
            Filters = filters,
            Categories = await shop.CategoriesAsync(),
        };
        await shop.FillAsync(model, null);
        return View(model);
    }
}
