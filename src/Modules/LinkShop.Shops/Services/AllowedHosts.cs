using System.Collections.Concurrent;
using LinkShop.Commerce.Shops;
using LinkShop.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Environment.Shell;

namespace LinkShop.Shops.Services;

/// <summary>
/// Tells a proxy for which hosts it may get a certificate (<c>GET /api/v1/platform/domains/allowed?domain=…</c>: 200 or 404, nothing else): proven domains, and the addresses of shops below
/// the platform's domain. It asks the table by which requests find their shop, which is in memory and changes everywhere within a second; a made-up name never reaches the database.
/// </summary>
internal sealed class AllowedHosts(IRunningShellTable table, IConfiguration configuration, TimeProvider clock)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    // by shop, so as many as there are shops at most
    private readonly ConcurrentDictionary<string, (bool Open, DateTimeOffset Until)> _states = new(StringComparer.OrdinalIgnoreCase);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("api/v1/platform/domains/allowed", AnswerAsync).ExcludeFromDescription();

    public async Task<bool> AllowsAsync(string? host, IShops shops, CancellationToken cancellationToken)
    {
        if (host is not { Length: > 3 and <= 253 } || host.AsSpan().ContainsAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-."))
            return false;
        if (table.Match(new HostString(host), new PathString("/"), fallbackToDefault: false) is not { } settings || !settings.IsRunning() || settings["RecipeName"] != ShopOpening.RecipeName)
            return false;
        if (ShopDomains.Split(settings).Contains(host, StringComparer.OrdinalIgnoreCase))
            return true;
        return PlatformTenant.DomainOf(configuration) is { } own && string.Equals(host, $"{settings.RequestUrlPrefix}.{own}", StringComparison.OrdinalIgnoreCase) && await IsOpenAsync(settings.Name, shops, cancellationToken);
    }

    private async Task<bool> IsOpenAsync(string shop, IShops shops, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (_states.TryGetValue(shop, out var known) && known.Until > now)
            return known.Open;
        var open = await shops.FindAsync(PlatformTenant.Scope, shop, cancellationToken) is { State: not (ShopState.Opening or ShopState.Closed) };
        _states[shop] = (open, now + Remembered);
        return open;
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var services = context.RequestServices;
        context.Response.Headers.CacheControl = "no-store";
        // no body, and no error page in its place
        context.Response.ContentLength = 0;
        context.Response.StatusCode = !services.GetRequiredService<RequestLimits>().Allows(LimitedAction.DomainQuestion, PlatformTenant.Scope.Tenant, context) ? StatusCodes.Status429TooManyRequests
            : await services.GetRequiredService<AllowedHosts>().AllowsAsync(context.Request.Query["domain"], services.GetRequiredService<IShops>(), context.RequestAborted) ? StatusCodes.Status200OK
            : StatusCodes.Status404NotFound;
    }
}
