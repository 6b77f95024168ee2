using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LinkShop.Cms.Content.Autoroute;

/// <summary>
/// Content items are pages: they are read, and never lie under <c>/api</c>. Without this, routing would ask for an item with the path of each call of the API and each
/// callback, because a route with a transformer is tried even where another route has already won.
/// </summary>
internal sealed class PagePathConstraint : IRouteConstraint
{
    public const string Name = "contentPage";

    private static readonly PathString Api = new("/api");

    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection)
    {
        if (routeDirection == RouteDirection.UrlGeneration || httpContext is null)
            return true;
        var request = httpContext.Request;
        return (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && !request.Path.StartsWithSegments(Api);
    }
}
