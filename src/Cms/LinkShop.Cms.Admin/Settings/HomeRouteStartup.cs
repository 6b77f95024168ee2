using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;
using OrchardCore.Settings;

namespace LinkShop.Cms.Admin.Settings;

/// <summary>The site's first page: the action that the site's settings name.</summary>
[Feature("OrchardCore.HomeRoute")]
internal sealed class HomeRouteStartup : StartupBase
{
    // before the paths of content items, after a module's own route for "/"
    private const int RouteOrder = 900;

    public override void ConfigureServices(IServiceCollection services) => services.AddScoped<HomeRouteTransformer>();

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider) =>
        routes.MapDynamicControllerRoute<HomeRouteTransformer>("/", null!, RouteOrder);
}

internal sealed class HomeRouteTransformer(ISiteService siteService) : DynamicRouteValueTransformer
{
    public override async ValueTask<RouteValueDictionary> TransformAsync(HttpContext httpContext, RouteValueDictionary values)
    {
        var home = (await siteService.GetSiteSettingsAsync()).HomeRoute;
        return home.Count > 0 ? new RouteValueDictionary(home) : null!;
    }
}
