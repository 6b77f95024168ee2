using System.Net.Mail;
using LinkShop.Commerce.Shops;
using LinkShop.Shops.Models;
using LinkShop.Shops.Services;
using LinkShop.Shops.ViewModels;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Entities;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;
using OrchardCore.Settings;

namespace LinkShop.Shops.Controllers;

/// <summary>Where mails about a shop's work go.</summary>
[Feature("LinkShop.Shops.Shop")]
[Admin("ShopDesk/Mails", "ShopDeskMails")]
public sealed class ShopMailsController(
    IShops shops, ISiteService sites, LinkShop.Http.IDeskMail mails, ShellSettings shell, IAuthorizationService authorization, INotifier notifier, IHtmlLocalizer<ShopMailsController> H) : Controller
{
    private const int Most = 500;

    /// <summary>The form.</summary>
    public async Task<IActionResult> Index()
    {
        if (!await MayAsync())
            return Forbid();
        var present = await mails.GetAsync(HttpContext.RequestAborted);
        return View(new ShopMailsPage(present.Chosen, present.Default));
    }

    /// <summary>Stores the addresses; none: they go to the owner's account again.</summary>
    [HttpPost, ActionName("Index"), ValidateAntiForgeryToken]
    public async Task<IActionResult> IndexPost(string? addresses)
    {
        if (!await MayAsync())
            return Forbid();
        var wanted = string.IsNullOrWhiteSpace(addresses) ? null : addresses.Replace('，', ',').Trim();
        if (wanted?.Length > Most || wanted?.Split(',').Any(mail => !MailAddress.TryCreate(mail.Trim(), out _)) == true)
        {
            ModelState.AddModelError("addresses", H.GetString("Please give an e-mail address, or several separated by commas."));
            Response.StatusCode = 422;
            return View("Index", new ShopMailsPage(addresses, (await mails.GetAsync(HttpContext.RequestAborted)).Default));
        }

        if (await shops.FindAsync(PlatformTenant.Scope, shell.Name, HttpContext.RequestAborted) is not { } shop)
            return NotFound();
        var site = await sites.LoadSiteSettingsAsync();
        site.Put(new ShopMails { Addresses = wanted, OwnerId = shop.OwnerUser });
        await sites.UpdateSiteSettingsAsync(site);
        await notifier.SuccessAsync(H["Saved."]);
        return RedirectToAction(nameof(Index));
    }

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, ShopPermissions.ManageShopDesk);
}
