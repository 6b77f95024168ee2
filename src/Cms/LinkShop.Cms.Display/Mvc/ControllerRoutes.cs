using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using OrchardCore.Admin;

namespace LinkShop.Cms.Display.Mvc;

/// <summary>Maps each action without a route attribute to <c>{area}/{controller}/{action}/{id?}</c>, admin ones below the admin prefix.</summary>
internal static class ControllerRoutes
{
    private const string DefaultPattern = "{area}/{controller}/{action}/{id?}";

    public static void Map(IEndpointRouteBuilder routes, IEnumerable<ControllerActionDescriptor> actions, string adminPrefix)
    {
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var action in actions)
        {
            if (action.AttributeRouteInfo is not null)
                continue;

            var (name, pattern) = Describe(action, adminPrefix);
            if (!known.Add(pattern + "|" + action.RouteValues["area"] + "|" + action.ControllerName + "|" + action.ActionName))
                continue;

            routes.MapAreaControllerRoute(
                name is null ? $"{action.RouteValues["area"]}.{action.ControllerName}.{action.ActionName}" : Fill(name, action),
                action.RouteValues["area"]!,
                pattern,
                new { controller = action.ControllerName, action = action.ActionName });
        }
    }

    private static (string? Name, string Pattern) Describe(ControllerActionDescriptor action, string adminPrefix)
    {
        var ofAction = action.MethodInfo.GetCustomAttribute<AdminAttribute>();
        var ofController = action.ControllerTypeInfo.GetCustomAttribute<AdminAttribute>();
        if (ofAction is null && ofController is null && action.ControllerName != "Admin")
            return (null, Fill(DefaultPattern, action));

        var chosen = !string.IsNullOrWhiteSpace(ofAction?.Template) ? ofAction : !string.IsNullOrWhiteSpace(ofController?.Template) ? ofController : null;
        return (chosen?.RouteName, adminPrefix + "/" + Fill((chosen?.Template ?? DefaultPattern).TrimStart('/'), action));
    }

    private static string Fill(string pattern, ControllerActionDescriptor action) => pattern
        .Replace("{area}", action.RouteValues["area"], StringComparison.Ordinal)
        .Replace("{controller}", action.ControllerName, StringComparison.Ordinal)
        .Replace("{action}", action.ActionName, StringComparison.Ordinal);
}
