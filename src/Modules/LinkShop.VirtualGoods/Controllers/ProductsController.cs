using LinkShop.VirtualGoods.Services;
using LinkShop.VirtualGoods.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using OrchardCore.Admin;
using OrchardCore.Contents;

namespace LinkShop.VirtualGoods.Controllers;

/// <summary>The shop's products with price and stock. Editing and publishing is the CMS's own.</summary>
[Admin("Products/{action}", "Products{action}")]
public sealed class ProductsController(ProductAdminPages pages, IAuthorizationService authorization) : Controller
{
    /// <summary>The list.</summary>
    [HttpGet]
    [Admin("Products", "Products.Index")]
    public async Task<IActionResult> Index(ProductFilter filter) =>
        await authorization.AuthorizeAsync(User, CommonPermissions.ListContent) ? View(await pages.ListAsync(filter)) : Forbid();
}
