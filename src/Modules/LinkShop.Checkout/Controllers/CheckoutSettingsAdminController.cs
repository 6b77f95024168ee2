using System.Net.Mail;
using LinkShop.Checkout.Models;
using LinkShop.Checkout.Services;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Localization;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.Entities;
using OrchardCore.Settings;

namespace LinkShop.Checkout.Controllers;

/// <summary>Reservation time, limits and mails of this mall.</summary>
[Admin("CheckoutSettings", "CheckoutSettings")]
public sealed class CheckoutSettingsAdminController(
    ISiteService sites, CheckoutPolicy policy, IAuthorizationService authorization, INotifier notifier, IHtmlLocalizer<CheckoutSettingsAdminController> H) : Controller
{
    /// <summary>The form.</summary>
    public async Task<IActionResult> Index()
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        ViewData["Defaults"] = policy.Defaults();
        return View((await sites.GetSiteSettingsAsync()).As<CheckoutSettings>());
    }

    /// <summary>Saves it.</summary>
    [HttpPost, ActionName("Index"), ValidateAntiForgeryToken]
    public async Task<IActionResult> IndexPost(CheckoutSettings settings)
    {
        if (!await MayAsync())
        {
            return Forbid();
        }

        CheckRange(nameof(settings.ReserveMinutes), settings.ReserveMinutes, 1440);
        CheckRange(nameof(settings.MaxUnpaidPerContact), settings.MaxUnpaidPerContact, 100_000);
        CheckRange(nameof(settings.MaxUnpaidPerAddress), settings.MaxUnpaidPerAddress, 1_000_000);
        if (settings.PointsPercent is { } percent && (percent is < 0 or > 100 || percent * 100 != decimal.Truncate(percent * 100)))
        {
            ModelState.AddModelError(nameof(settings.PointsPercent), H.GetString("Please give a percentage from 0 to 100 with at most two decimals."));
        }

        settings.ShopMail = string.IsNullOrWhiteSpace(settings.ShopMail) ? null : settings.ShopMail.Trim().Replace('，', ',');
        if (settings.ShopMail?.Split(',').Any(mail => !MailAddress.TryCreate(mail.Trim(), out _)) == true)
        {
            ModelState.AddModelError(nameof(settings.ShopMail), H.GetString("Please give an e-mail address, or several separated by commas."));
        }

        if (!ModelState.IsValid)
        {
            ViewData["Defaults"] = policy.Defaults();
            Response.StatusCode = 422;
            return View("Index", settings);
        }

        var site = await sites.LoadSiteSettingsAsync();
        site.Put(settings);
        await sites.UpdateSiteSettingsAsync(site);
        await notifier.SuccessAsync(H["The settings were saved. They hold for new orders."]);
        return RedirectToAction(nameof(Index));
    }

    private void CheckRange(string field, int? value, int most)
    {
        if (value < 1 || value > most)
        {
            ModelState.AddModelError(field, H.GetString("Please give a number from 1 to {0}, or leave it empty.", most));
        }
    }

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, Permissions.ManageCheckoutSettings);
}
