using LinkShop.Commerce.Shops;
using LinkShop.Http;
using LinkShop.Shops.Services;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Shops.Filters;

/// <summary>
/// Leads from a former address of a shop to its present one, below the platform and at its subdomain. Requests that no shop answers reach the platform; as soon as somebody else has the
/// address they don't. Only what is read is led on: a form that was sent to an old address is lost, and whoever sent it sees that.
/// </summary>
internal static class FormerAddresses
{
    // a browser that kept it would go round in circles once the shop has its old name again
    private const string Kept = "no-cache";

    public static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            await next(context);
            return;
        }

        // at a subdomain the platform would show its own pages
        if (Label(context) is { } label && await FollowAsync(context, label) is { } at)
        {
            Lead(context, $"{request.Scheme}://{at}{request.AsciiHost().Value![label.Length..]}{request.PathBase}{request.Path}{request.QueryString}");
            return;
        }

        await next(context);
        if (context.Response.StatusCode != StatusCodes.Status404NotFound || context.Response.HasStarted || request.Path.Value is not { Length: > 1 } path)
            return;
        var end = path.IndexOf('/', 1);
        var slug = end < 0 ? path[1..] : path[1..end];
        if (await FollowAsync(context, slug) is { } present)
            Lead(context, $"{request.PathBase}/{present}{new PathString(end < 0 ? "" : path[end..])}{request.QueryString}");
    }

    /// <summary>The subdomain of the platform that was asked for, or null.</summary>
    private static string? Label(HttpContext context)
    {
        var host = context.Request.AsciiHost().Host;
        return PlatformTenant.DomainOf(context.RequestServices.GetRequiredService<IConfiguration>()) is { } domain
            && host.Length > domain.Length + 1 && host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase) ? host[..^(domain.Length + 1)] : null;
    }

    // made-up addresses ask the database one indexed row each, and not without limit
    private static async Task<string?> FollowAsync(HttpContext context, string slug) =>
        ShopSlugs.Check(slug.ToLowerInvariant()) is null && context.RequestServices.GetRequiredService<RequestLimits>().Allows(LimitedAction.Read, PlatformTenant.Scope.Tenant, context)
            ? await context.RequestServices.GetRequiredService<IShops>().FollowAsync(PlatformTenant.Scope, slug.ToLowerInvariant(), context.RequestAborted)
            : null;

    private static void Lead(HttpContext context, string to)
    {
        context.Response.StatusCode = StatusCodes.Status308PermanentRedirect;
        context.Response.Headers.Location = to;
        context.Response.Headers.CacheControl = Kept;
    }
}
