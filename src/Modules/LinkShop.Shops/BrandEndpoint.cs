using LinkShop.Shops.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Settings;

namespace LinkShop.Shops;

/// <summary>Serves the shop's brand as a style sheet, as pages may have no styles of their own.</summary>
internal static class BrandEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("brand.css", ServeAsync);

    private static async Task ServeAsync(HttpContext context)
    {
        var brand = (await context.RequestServices.GetRequiredService<ISiteService>().GetSiteSettingsAsync()).As<ShopBrand>();
        var (tag, headers) = ($"\"{BrandCss.Version}-{brand.Stamp}\"", context.Response.Headers);
        headers.ETag = tag;
        // the address of this version holds for ever; any other gets the present version, and asks again
        headers.CacheControl = context.Request.Query["v"] == brand.Stamp ? "public, max-age=31536000, immutable" : "no-cache";
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = "text/css; charset=utf-8";
        await context.Response.WriteAsync(BrandCss.Write(brand), context.RequestAborted);
    }
}
