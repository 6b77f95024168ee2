using LinkShop.Cms.Shell.Catalog;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Razor;
using OrchardCore.DisplayManagement.Razor;

namespace LinkShop.Cms.Display.Mvc;

/// <summary>Where the framework looks for an action's view: the theme, the themes it is based on, then the module.</summary>
internal sealed class ViewLocations(ModuleCatalog catalog) : IViewLocationExpander
{
    private const string ThemeKey = "theme";
    private const string ModuleKey = "module";

    public void PopulateValues(ViewLocationExpanderContext context)
    {
        if (context.ActionContext.HttpContext.Features.Get<RazorViewFeature>()?.Theme is { } theme)
            context.Values[ThemeKey] = theme.Id;

        if (context.ActionContext.ActionDescriptor is ControllerActionDescriptor action)
            context.Values[ModuleKey] = action.ControllerTypeInfo.Assembly.GetName().Name;
    }

    public IEnumerable<string> ExpandViewLocations(ViewLocationExpanderContext context, IEnumerable<string> viewLocations)
    {
        foreach (var theme in ThemeChain.Of(catalog, Value(context, ThemeKey)))
        {
            yield return $"/Areas/{theme.Id}/Views/{{2}}/{{1}}/{{0}}.cshtml";
            yield return $"/Areas/{theme.Id}/Views/{{2}}/Shared/{{0}}.cshtml";
            yield return $"/Areas/{theme.Id}/Views/Shared/{{0}}.cshtml";
        }

        if (Value(context, ModuleKey) is { } module)
        {
            // One assembly of the host holds several of Orchard's areas; their views lie in a folder of the area's name.
            yield return $"/Areas/{module}/Views/{{2}}/{{1}}/{{0}}.cshtml";
            yield return $"/Areas/{module}/Views/{{1}}/{{0}}.cshtml";
            yield return $"/Areas/{module}/Views/Shared/{{0}}.cshtml";
        }
    }

    private static string? Value(ViewLocationExpanderContext context, string key) => context.Values.TryGetValue(key, out var value) ? value : null;
}

/// <summary>A theme and the themes it is based on.</summary>
internal static class ThemeChain
{
    /// <summary>The theme first.</summary>
    public static IEnumerable<ModuleEntry> Of(ModuleCatalog catalog, string? themeId)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!string.IsNullOrEmpty(themeId) && seen.Add(themeId) && catalog.FindModule(themeId) is { } theme)
        {
            yield return theme;
            themeId = (theme.Manifest as OrchardCore.DisplayManagement.Manifest.ThemeAttribute)?.BaseTheme;
        }
    }
}
