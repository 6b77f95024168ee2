using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using OrchardCore.ContentManagement.Routing;

namespace LinkShop.Cms.Content.Autoroute;

/// <summary>Leads the path of a content item to the action that shows it.</summary>
internal sealed class AutorouteTransformer(IAutorouteEntries entries, IOptions<AutorouteOptions> options) : DynamicRouteValueTransformer
{
    public override async ValueTask<RouteValueDictionary> TransformAsync(HttpContext httpContext, RouteValueDictionary values)
    {
        var path = httpContext.Request.Path.Value;
        if (string.IsNullOrEmpty(path) || path == "/")
            return null!;
        var (found, entry) = await entries.TryGetEntryByPathAsync(path);
        if (!found)
            return null!;
        return new RouteValueDictionary(options.Value.GlobalRouteValues) { [options.Value.ContentItemIdKey] = entry!.ContentItemId };
    }
}
