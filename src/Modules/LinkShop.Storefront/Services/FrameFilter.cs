using System.Globalization;
using LinkShop.Catalogue;
using LinkShop.Storefront.Models;
using LinkShop.Storefront.ViewModels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Caching.Memory;
using OrchardCore.Admin;
using OrchardCore.Autoroute.Models;
using OrchardCore.ContentManagement;
using OrchardCore.ContentManagement.Records;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Layout;
using OrchardCore.DisplayManagement.Zones;
using OrchardCore.Environment.Cache;
using OrchardCore.Environment.Shell;
using OrchardCore.Localization;
using YesSql;

namespace LinkShop.Storefront.Services;

/// <summary>Puts the shop's header and footer around every page of the site's theme.</summary>
internal sealed class FrameFilter(
    ILayoutAccessor layouts, IShapeFactory shapes, IShopWindow shop, IMemoryCache cache, ISignal signal, ShellSettings shell, ILocalizationService localization, YesSql.ISession session) : IAsyncResultFilter
{
    /// <summary>The signal that a page was published or withdrawn.</summary>
    public const string PagesChanged = "LinkShop.Pages";

    private static readonly TimeSpan s_age = TimeSpan.FromMinutes(10);

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
        model.Categories = await shop.CategoriesAsync();
        model.Search = request.Query["q"];
        var here = QueryHelpers.ParseQuery(request.QueryString.Value).Where(pair => pair.Key != "culture").ToList();
        model.Languages = [.. (await localization.GetSupportedCulturesAsync())
            .Where(culture => culture != CultureInfo.CurrentUICulture.Name)
            .Select(culture => new LanguageLink(
                culture,
                ShortName(CultureInfo.GetCultureInfo(culture)),
                QueryHelpers.AddQueryString(request.PathBase + request.Path, here.Append(new("culture", culture)))))];
    }

    // the header of a phone has room for the language, not for its region and script
    private static string ShortName(CultureInfo culture) => culture.NativeName.Split('(', '（')[0].Trim();

    private async ValueTask FillFooterAsync(StorefrontFooterViewModel model, HttpContext context)
    {
        var culture = CultureInfo.CurrentUICulture.Name;
        // containers are shared between tenants, so the key names the tenant; a shop has several addresses
        model.Pages = (await cache.GetOrCreateAsync<IReadOnlyList<PageLink>>((shell.Name, "footer", context.Request.PathBase.Value, culture), async entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = s_age;
            entry.AddExpirationToken(signal.GetToken(PagesChanged));
            var items = await session.Query<ContentItem, ContentItemIndex>(index => index.ContentType == "Page" && index.Published).ListAsync();
            return [.. items.Select(item => (item, part: item.As<PageTextsPart>() ?? new PageTextsPart()))
                .Where(pair => pair.part.InFooter).OrderBy(pair => pair.part.Position)
                .Select(pair => new PageLink(
                    $"{context.Request.PathBase}/{pair.item.As<AutoroutePart>()?.Path}",
                    Cultures.FirstOf(Cultures.Pick(pair.part.Translations, culture)?.Title, pair.item.DisplayText)))];
        }))!;
    }
}
