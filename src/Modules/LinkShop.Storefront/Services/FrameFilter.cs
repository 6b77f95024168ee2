using System.Globalization;
using LinkShop.Catalogue;
using LinkShop.Http;
using LinkShop.Storefront.ViewModels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Layout;
using OrchardCore.DisplayManagement.Zones;
using OrchardCore.Localization;

namespace LinkShop.Storefront.Services;

/// <summary>Puts the shop's header and footer around every page of the site's theme.</summary>
internal sealed class FrameFilter(
    ILayoutAccessor layouts, IShapeFactory shapes, FrameLinks links, IEnumerable<IPromotion> promotions, ILocalizationService localization) : IAsyncResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context.Result is ViewResult && !AdminAttribute.IsApplied(context.HttpContext))
        {
            var layout = await layouts.GetLayoutAsync();
            await AddAsync(layout, "Header", await shapes.CreateAsync<StorefrontHeaderViewModel>("StorefrontHeader", model => FillHeaderAsync(model, context.HttpContext)));
            await AddAsync(layout, "Footer", await shapes.CreateAsync<StorefrontFooterViewModel>("StorefrontFooter", model => FillFooterAsync(model, context.HttpContext)));
        }

        await next();
    }

    private static async Task AddAsync(IZoneHolding layout, string zone, IShape shape)
    {
        if (layout.Zones[zone] is { } target)
            await target.AddAsync(shape, "5");
    }

    private async ValueTask FillHeaderAsync(StorefrontHeaderViewModel model, HttpContext context)
    {
        var request = context.Request;
        model.Menu = await links.MenuAsync(context);
        model.Search = request.Query["q"];
        model.Languages = [.. (await localization.GetSupportedCulturesAsync())
            .Where(culture => culture != CultureInfo.CurrentUICulture.Name)
            .Select(culture => new LanguageLink(
                culture,
                ShortName(CultureInfo.GetCultureInfo(culture)),
                PageAddress.In(request, culture)))];
    }

    // the header of a phone has room for the language, not for its region and script
    private static string ShortName(CultureInfo culture) => culture.NativeName.Split('(', '（')[0].Trim();

    private async ValueTask FillFooterAsync(StorefrontFooterViewModel model, HttpContext context)
    {
        model.Pages = [.. (await links.PagesAsync(context)).Where(page => page.InFooter)];
        model.Promotes = promotions.LastOrDefault() is { } promotion && await promotion.ConcernsAsync(OrderGate.UserId(context));
    }
}
