using LinkShop.Commerce;
using LinkShop.Commerce.Shops;
using LinkShop.Http;
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
using OrchardCore.Media;
using OrchardCore.Modules;
using OrchardCore.Settings;

namespace LinkShop.Shops.Controllers;

/// <summary>Where a shop's owner changes its face.</summary>
[Feature("LinkShop.Shops.Shop")]
[Admin("ShopDesk/{action}", "ShopDesk{action}")]
public sealed class ShopDeskController(
    IShops shops, ShopSync sync, ISiteService sites, IMediaFileStore media, LookForms looks, ShopMessages messages, OpeningClock clock, PlatformRoads roads, ShellSettings shell,
    IAuthorizationService authorization, INotifier notifier, IHtmlLocalizer<ShopDeskController> H) : Controller
{
    private const int MaxNote = 500;

    /// <summary>The look.</summary>
    public async Task<IActionResult> Look()
    {
        if (!await MayAsync())
            return Forbid();
        var site = await sites.GetSiteSettingsAsync();
        return View(PageOf(LookForms.Fill(new LookForm(), site.As<ShopBrand>()), site.As<ShopBrand>(), site.SiteName));
    }

    /// <summary>Stores the look and the name.</summary>
    [HttpPost, ActionName("Look"), ValidateAntiForgeryToken]
    [RequestSizeLimit(4 * 1024 * 1024)]
    public async Task<IActionResult> LookPost(LookForm form, string? title)
    {
        if (!await MayAsync())
            return Forbid();
        var present = (await sites.GetSiteSettingsAsync()).As<ShopBrand>();
        var brand = looks.Read(form, ModelState);
        var (logo, banner) = await looks.PicturesAsync(form, ModelState, HttpContext.RequestAborted);
        if (ShopTitles.Check(ShopTitles.Normalize(title)) is { } wrong)
            ModelState.AddModelError("title", messages.Of(wrong));
        if (!ModelState.IsValid)
            return Refused(form, present, title);
        try
        {
            brand.Logo = await BrandPictures.StoreAsync(media, "logo", logo) ?? (form.RemoveLogo ? null : present.Logo);
            brand.Banner = await BrandPictures.StoreAsync(media, "banner", banner) ?? (form.RemoveBanner ? null : present.Banner);
        }
        catch (OrchardCore.FileStorage.FileStoreException full)
        {
            ModelState.AddModelError("", full.Message);
            return Refused(form, present, title);
        }

        // after all that can refuse the look: the register is another database
        var named = await shops.RetitleAsync(PlatformTenant.Scope, shell.Name, title ?? "", Actor(), tellShop: false, HttpContext.RequestAborted);
        if (named.Error is { } error)
        {
            ModelState.AddModelError("title", messages.Of(error));
            return Refused(form, present, title);
        }

        brand.Stamp = Stamps.New();
        // the owner has seen why, and what the platform did before this is over
        brand.PlatformLook = present.PlatformLook;
        var site = await sites.LoadSiteSettingsAsync();
        site.Put(brand);
        site.SiteName = ShopTitles.Normalize(title);
        await sites.UpdateSiteSettingsAsync(site);
        await notifier.SuccessAsync(H["The look was saved. Your visitors see it now."]);
        return RedirectToAction(nameof(Look));
    }

    /// <summary>Opening, pause, announcement.</summary>
    public async Task<IActionResult> Opening()
    {
        if (!await MayAsync())
            return Forbid();
        var site = await sites.GetSiteSettingsAsync();
        return View(new OpeningPage(site.As<ShopStatus>(), site.As<ShopNotes>(), site.As<ShopHours>(), site.TimeZoneId, await clock.NowAsync()));
    }

    /// <summary>Stores announcement and hours.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Notes(ShopNotes notes)
    {
        if (!await MayAsync())
            return Forbid();
        (notes.Announcement, notes.Hours) = (Trimmed(notes.Announcement), Trimmed(notes.Hours));
        if (notes.Announcement?.Length > MaxNote || notes.Hours?.Length > MaxNote)
        {
            await notifier.ErrorAsync(H["At most {0} characters.", MaxNote]);
            return RedirectToAction(nameof(Opening));
        }

        var site = await sites.LoadSiteSettingsAsync();
        site.Put(notes);
        await sites.UpdateSiteSettingsAsync(site);
        await notifier.SuccessAsync(H["Saved. Your visitors see it now."]);
        return RedirectToAction(nameof(Opening));
    }

    /// <summary>Stores the weekly hours.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Hours(ShopHours week)
    {
        if (!await MayAsync())
            return Forbid();
        if (!ModelState.IsValid || week.Days.Count != 7 || (week.On && !week.Days.Exists(d => d.Open)))
        {
            await notifier.ErrorAsync(H["Please give hours like 09:00 for at least one day, or don't use opening hours."]);
            return RedirectToAction(nameof(Opening));
        }

        var site = await sites.LoadSiteSettingsAsync();
        site.Put(week);
        await sites.UpdateSiteSettingsAsync(site);
        await notifier.SuccessAsync(H["Saved. Your visitors see it now."]);
        return RedirectToAction(nameof(Opening));
    }

    /// <summary>Takes no orders for now, or takes them again.</summary>
    [HttpPost, ValidateAntiForgeryToken]
    public async Task<IActionResult> Pause(bool paused, string? reason)
    {
        if (!await MayAsync())
            return Forbid();
        var moved = await shops.MoveAsync(PlatformTenant.Scope, shell.Name, paused ? ShopState.Paused : ShopState.Open, reason, Actor(), byOwner: true);
        if (moved.Error is { } error)
        {
            await notifier.ErrorAsync(new LocalizedHtmlString("refused", messages.Of(error), isResourceNotFound: false, messages.Of(error)));
            return RedirectToAction(nameof(Opening));
        }

        await sync.TryAsync(new ShopChanged(shell.Name));
        await (paused ? notifier.SuccessAsync(H["The shop is paused: its pages are there, but nobody can order."]) : notifier.SuccessAsync(H["The shop takes orders again."]));
        return RedirectToAction(nameof(Opening));
    }

    /// <summary>Address, code, poster.</summary>
    public async Task<IActionResult> Share() => await MayAsync() ? View(await SharedAsync()) : Forbid();

    /// <summary>The code as a picture to load down.</summary>
    [Admin("ShopDesk/Qr.svg", "ShopDeskQr")]
    public async Task<IActionResult> Qr()
    {
        if (!await MayAsync())
            return Forbid();
        var page = await SharedAsync();
        return Svg(QrCodes.Svg(page.Address, page.Title), "qr");
    }

    /// <summary>The same as a PNG file, which every program can open.</summary>
    [Admin("ShopDesk/Qr.png", "ShopDeskQrPng")]
    public async Task<IActionResult> QrPng()
    {
        if (!await MayAsync())
            return Forbid();
        Response.Headers.CacheControl = "no-store";
        return File(QrCodes.Png(roads.ShopAddress(Request)), "image/png", $"qr-{shell.RequestUrlPrefix}.png");
    }

    /// <summary>The poster as a picture to load down.</summary>
    [Admin("ShopDesk/Poster.svg", "ShopDeskPoster")]
    public async Task<IActionResult> Poster()
    {
        if (!await MayAsync())
            return Forbid();
        var page = await SharedAsync();
        var colours = BrandColors.Light((await sites.GetSiteSettingsAsync()).As<ShopBrand>());
        return Svg(QrCodes.Poster(page.Title, page.Slogan, page.Address, H["Scan and visit my shop"].Value, colours.Fill.ToString(), colours.OnFill.ToString()), "poster");
    }

    private FileContentResult Svg(string svg, string name)
    {
        // shown on the page, and a file when a link with the attribute download is followed
        Response.Headers.CacheControl = "no-store";
        Response.Headers.ContentDisposition = $"inline; filename={name}-{shell.RequestUrlPrefix}.svg";
        return File(System.Text.Encoding.UTF8.GetBytes(svg), "image/svg+xml");
    }

    private async Task<SharePage> SharedAsync()
    {
        var site = await sites.GetSiteSettingsAsync();
        return new SharePage(roads.ShopAddress(Request), site.SiteName, site.As<ShopBrand>().Slogan(System.Globalization.CultureInfo.CurrentUICulture.Name));
    }

    private ViewResult Refused(LookForm form, ShopBrand present, string? title)
    {
        Response.StatusCode = 422;
        return View("Look", PageOf(form, present, title ?? ""));
    }

    private LookPage PageOf(LookForm form, ShopBrand brand, string title) => new(new LookFields(form, title, UrlOf(brand.Logo), UrlOf(brand.Banner)), title, brand.PlatformReason);

    private string? UrlOf(string? path) => path is null ? null : $"{Request.PathBase}/media/{path}";

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private string Actor() => User.Identity?.Name ?? "";

    private Task<bool> MayAsync() => authorization.AuthorizeAsync(User, ShopPermissions.ManageShopDesk);
}
