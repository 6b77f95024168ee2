using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Routing;
using OrchardCore.Settings;

namespace LinkShop.Cms.Display.Mvc;

/// <summary>Leads the root of the site to the action that the settings name.</summary>
internal sealed class HomeRouteTransformer(ISiteService sites) : DynamicRouteValueTransformer
{
    public override async ValueTask<RouteValueDictionary> TransformAsync(HttpContext httpContext, RouteValueDictionary values)
    {
        var route = (await sites.GetSiteSettingsAsync()).HomeRoute;
        return route.Count > 0 ? new RouteValueDictionary(route) : null!;
    }
}
