using LinkShop.Catalogue;
using LinkShop.Storefront.ViewModels;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;

namespace LinkShop.Storefront.Controllers;

public sealed class HomeController(ICatalogue catalogue, IShopWindow shop) : Controller
{
    private const int Shown = 8;

    [HttpGet]
    [OutputCache(Duration = 5)]
    public async Task<IActionResult> Index()
    {
        var featured = await catalogue.ListAsync(new(Featured: true, PageSize: Shown));
        var newest = await catalogue.ListAsync(new(Sort: ProductSort.Newest, PageSize: Shown));
        // one look at the stock for all of them
        var cards = await shop.CardsAsync([.. featured.Items, .. newest.Items]);
        return View(new HomeViewModel
        {
            Categories = await shop.CategoriesAsync(),
            Featured = [.. cards.Take(featured.Items.Count)],
            Newest = [.. cards.Skip(featured.Items.Count)],
        });
    }
}
