using System.Globalization;
using LinkShop.Shops.Models;
using LinkShop.Shops.Services;
using LinkShop.Shops.ViewModels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Layout;
using OrchardCore.ResourceManagement;
using OrchardCore.Settings;

namespace LinkShop.Shops.Filters;

/// <summary>
/// Puts the shop's brand on every page of its storefront: style sheet, notices, the front of the home page; and on the start page of its admin that it takes no orders. All of it is in the site's
/// settings; nothing is read.
/// </summary>
internal sealed class ShopFrame(ILayoutAccessor layouts, IShapeFactory shapes, ISiteService sites, IResourceManager resources, OpeningClock clock) : IAsyncResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context.Result is ViewResult && AdminAttribute.IsApplied(context.HttpContext))
            await DeskAsync(context);
        else if (context.Result is ViewResult)
            await (context.RouteData.Values["area"]?.ToString() == "OrchardCore.Users" ? DoorAsync(context) : FrameAsync(context));
        await next();
    }

    private async Task FrameAsync(ResultExecutingContext context)
    {
        var site = await sites.GetSiteSettingsAsync();
        var (brand, status, notes) = (site.As<ShopBrand>(), site.As<ShopStatus>(), site.As<ShopNotes>());
        var layout = await layouts.GetLayoutAsync();
        layout.Classes.Add("ls-preset-" + BrandPresets.Of(brand.Preset).Id);
        if (brand.Mode is "light" or "dark")
            layout.Classes.Add("ls-mode-" + brand.Mode);
        resources.RegisterUrl("stylesheet", $"{context.HttpContext.Request.PathBase}/brand.css?v={brand.Stamp}", null);
        var now = await clock.NowAsync();
        if (!now.Open || notes.Announcement is not null || notes.Hours is not null || status.State == Commerce.Shops.ShopState.Paused)
            await layout.Zones["Notice"].AddAsync(await shapes.CreateAsync<ShopNoticeViewModel>("ShopNotice", model => (model.Status, model.Notes, model.Now) = (status, notes, now)), "1");
        if (context.RouteData.Values["area"]?.ToString() == "LinkShop.Storefront" && context.RouteData.Values["controller"]?.ToString() == "Home")
        {
            Describe(context.HttpContext.Request, site.SiteName, brand);
            await layout.Zones["Front"].AddAsync(await shapes.CreateAsync<ShopFrontViewModel>("ShopFront", model =>
                (model.Slogan, model.HasBanner) = (brand.Slogan(CultureInfo.CurrentUICulture.Name), brand.Banner is not null)), "1");
        }
    }

    /// <summary>What is shown of the shop where a link to it is shared.</summary>
    private void Describe(HttpRequest request, string title, ShopBrand brand)
    {
        var root = $"{request.Scheme}://{request.Host}{request.PathBase}";
        resources.RegisterMeta(new MetaEntry(property: "og:type", content: "website"));
        resources.RegisterMeta(new MetaEntry(property: "og:title", content: title));
        resources.RegisterMeta(new MetaEntry(property: "og:url", content: root));
        if (brand.Slogan(CultureInfo.CurrentUICulture.Name) is { Length: > 0 } slogan)
            resources.RegisterMeta(new MetaEntry(property: "og:description", content: slogan));
        if ((brand.Banner ?? brand.Logo) is { } picture)
            resources.RegisterMeta(new MetaEntry(property: "og:image", content: $"{root}/media/{picture}"));
    }

    /// <summary>Whoever works here is told first of all why nothing is ordered.</summary>
    private async Task DeskAsync(ResultExecutingContext context)
    {
        if (context.RouteData.Values["controller"]?.ToString() == "Dashboard" && (await sites.GetSiteSettingsAsync()).As<ShopStatus>() is { State: not Commerce.Shops.ShopState.Open } status)
            await (await layouts.GetLayoutAsync()).Zones["Messages"].AddAsync(await shapes.CreateAsync<ShopNoticeViewModel>("ShopDeskNotice", model => model.Status = status), "0");
    }

    /// <summary>On the sign-in page: owners have no password here.</summary>
    private async Task DoorAsync(ResultExecutingContext context)
    {
        if (context.RouteData.Values["action"]?.ToString() == "Login")
            await (await layouts.GetLayoutAsync()).Zones["Content"].AddAsync(await shapes.CreateAsync("ShopDoor"), "9");
    }
}
