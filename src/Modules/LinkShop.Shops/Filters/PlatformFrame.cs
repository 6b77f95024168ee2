using System.Globalization;
using LinkShop.Shops.ViewModels;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.WebUtilities;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Layout;
using OrchardCore.Localization;

namespace LinkShop.Shops.Filters;

/// <summary>The head of the platform's own pages: the way to open a shop and to one's shops. And where sites are made by hand, which a shop isn't, the way to open one.</summary>
internal sealed class PlatformFrame(ILayoutAccessor layouts, IShapeFactory shapes, ILocalizationService localization) : IAsyncResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context.Result is ViewResult && !AdminAttribute.IsApplied(context.HttpContext))
        {
            var request = context.HttpContext.Request;
            var here = QueryHelpers.ParseQuery(request.QueryString.Value).Where(pair => pair.Key != "culture").ToList();
            var languages = (await localization.GetSupportedCulturesAsync()).Where(culture => culture != CultureInfo.CurrentUICulture.Name)
                .Select(culture => (culture, CultureInfo.GetCultureInfo(culture).NativeName.Split('(', '（')[0].Trim(), QueryHelpers.AddQueryString(request.PathBase + request.Path, here.Append(new("culture", culture)))))
                .ToList();
            await (await layouts.GetLayoutAsync()).Zones["Header"].AddAsync(await shapes.CreateAsync<PlatformHeaderViewModel>("PlatformHeader", model => model.Languages = languages), "1");
        }

        else if (context.Result is ViewResult && context.RouteData.Values is { } route && (route["controller"] as string, route["action"] as string) == ("Tenants", "Create"))
            await (await layouts.GetLayoutAsync()).Zones["Messages"].AddAsync(await shapes.CreateAsync("ShopHint"), "0");

        await next();
    }
}
