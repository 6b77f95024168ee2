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
        return View(new HomeViewModel
        {
            Categories = await shop.CategoriesAsync(),
            Featured = await shop.CardsAsync(featured.Items),
            Newest = await shop.CardsAsync(newest.Items),
        });
    }
}
