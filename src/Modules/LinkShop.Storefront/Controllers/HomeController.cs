using LinkShop.Storefront.Services;
using LinkShop.Storefront.ViewModels;
using LinkShop.VirtualGoods.Services;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;

namespace LinkShop.Storefront.Controllers;

public sealed class HomeController(ICatalogue catalogue, Cards cards) : Controller
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
            Categories = await cards.CategoriesAsync(),
            Featured = await cards.ToViewsAsync(featured.Items),
            Newest = await cards.ToViewsAsync(newest.Items),
        });
    }
}
