using LinkShop.Commerce.Shops;
using LinkShop.Http;
using LinkShop.Shops.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;

namespace LinkShop.Shops;

/// <summary>
/// Once a domain leads here, the file that proves it can't be on another server: the shop serves it itself. For domains that are proven only, or whoever points a domain here
/// before wanting it would prove it for the first stranger who wants it.
/// </summary>
internal static class DomainProofEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet(DomainFile.Path, ServeAsync);

    private static async Task ServeAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var shop = services.GetRequiredService<ShellSettings>();
        context.Response.Headers.CacheControl = "no-store";
        if (!services.GetRequiredService<RequestLimits>().Allows(LimitedAction.Read, shop.Name, context))
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        var domain = await services.GetRequiredService<IShopDomains>().FindAsync(PlatformTenant.Scope, shop.Name, context.Request.AsciiHost().Host.ToLowerInvariant(), context.RequestAborted);
        if (domain is not { State: ShopDomainState.Proven })
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(domain.Token, context.RequestAborted);
    }
}
