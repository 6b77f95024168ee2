using LinkShop.Commerce;
using LinkShop.Commerce.Shops;
using LinkShop.Http;
using LinkShop.Shops.Controllers;
using LinkShop.Shops.Models;
using LinkShop.Shops.Services;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Settings;

namespace LinkShop.Shops.Filters;

/// <summary>
/// Stands before a shop that is shut (nothing but a notice, but orders that exist, payments and the way in go on), paused, or closed by its hours (no new orders). Reads the site's settings, which
/// every page needs anyway.
/// </summary>
internal static class ShopGate
{
    // what goes on while a shop is shut: whatever isn't named here doesn't
    private static readonly string[] Open =
        ["/orders", "/support", "/payments", "/account", "/Admin", "/Login", "/Users", "/ChangePassword", "/media", "/brand.css", "/shop-entry", "/shop-notice", "/api/v1/orders", "/.well-known/linkshop.txt"];

    public static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        var status = (await context.RequestServices.GetRequiredService<ISiteService>().GetSiteSettingsAsync()).As<ShopStatus>();
        if (status.State == ShopState.Open ? !IsNewOrder(context) || await SellsAsync(context) : !(status.IsShut ? IsClosed(context) : IsNewOrder(context)))
        {
            await next(context);
            return;
        }

        if (context.Request.Path.StartsWithSegments("/api"))
        {
            var (code, text) = status.IsShut ? (ShopErrors.Suspended, "This shop is shut.") : status.State == ShopState.Paused ? (ShopErrors.Paused, "This shop takes no orders at the moment.")
                : (ShopErrors.Closed, "This shop is closed at the moment.");
            await Problems.WriteAsync(context, new CommerceError(code, text), StatusCodes.Status409Conflict);
            return;
        }

        Show(context);
        await next(context);
    }

    // goods by hand are told from the others where the order is made: HoursOrdering
    private static async Task<bool> SellsAsync(HttpContext context) =>
        await context.RequestServices.GetRequiredService<OpeningClock>().NowAsync() is { Open: true } or { SellsAutomatic: true };

    private static bool IsClosed(HttpContext context) =>
        IsNewOrder(context) || !Array.Exists(Open, road => context.Request.Path.StartsWithSegments(road, StringComparison.OrdinalIgnoreCase));

    // by where the request was routed to, not by how its address is written
    private static bool IsNewOrder(HttpContext context) => context.GetEndpoint() is RouteEndpoint endpoint
        && (endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is { ControllerName: "Checkout" }
            || (HttpMethods.IsPost(context.Request.Method) && endpoint.RoutePattern.RawText?.Trim('/') == "api/v1/orders"));

    /// <summary>The same address answers with the notice.</summary>
    private static void Show(HttpContext context)
    {
        var notice = context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints
            .First(e => e.Metadata.GetMetadata<ControllerActionDescriptor>()?.ControllerTypeInfo == typeof(ShutController));
        context.Request.Method = HttpMethods.Get;
        context.Request.RouteValues = new RouteValueDictionary(notice.Metadata.GetMetadata<ControllerActionDescriptor>()!.RouteValues);
        context.SetEndpoint(notice);
    }
}
