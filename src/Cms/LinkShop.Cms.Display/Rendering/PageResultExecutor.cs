using System.Collections.Concurrent;
using LinkShop.Cms.Display.Mvc;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace LinkShop.Cms.Display.Rendering;

/// <summary>Answers with an action's view inside the theme's layout. A view that sets <c>Layout = null</c> is the whole page.</summary>
internal sealed class PageResultExecutor(ICompositeViewEngine engine, ViewCatalog views, ITempDataDictionaryFactory tempData, IModelMetadataProvider metadata) : IActionResultExecutor<ViewResult>
{
    // Looking a view up takes the framework longer than rendering a small one. Names in code are few, so this doesn't grow.
    private readonly ConcurrentDictionary<(string? Theme, string Action, string Name), FoundView> _found = new();

    // Marks a view that left its layout alone.
    private const string ThemeLayout = "ThemeLayout";

    public async Task ExecuteAsync(ActionContext context, ViewResult result)
    {
        var services = context.HttpContext.RequestServices;
        var writer = services.GetRequiredService<PageWriter>();
        var feature = await writer.PrepareAsync(context);
        var view = Find(context, result, feature.Theme?.Id);
        var page = view.View.CreatePage();
        page.Layout = ThemeLayout;
        var viewData = result.ViewData ?? new ViewDataDictionary(metadata, context.ModelState);
        _ = result.TempData ?? tempData.GetTempData(context.HttpContext);

        var renderer = services.GetRequiredService<TemplateRenderer>();
        foreach (var startView in view.ViewStarts)
        {
            var start = startView.CreatePage();
            start.Layout = page.Layout;
            await renderer.RunAsync(start, viewData);
            page.Layout = start.Layout;
        }

        var body = await renderer.RunAsync(page, viewData);
        var response = context.HttpContext.Response;
        response.ContentType = result.ContentType ?? PageWriter.ContentType;
        if (result.StatusCode is { } status)
            response.StatusCode = status;

        if (page.Layout is not null and not ThemeLayout)
            throw new InvalidOperationException($"The view {page.Path} sets the layout '{page.Layout}'. Set ViewLayout to a shape type such as 'Layout__Wide', or Layout to null.");

        await writer.WriteAsync(context.HttpContext, page.Layout is null || feature.Theme is null ? null : feature.ThemeLayout, body);
    }

    private FoundView Find(ActionContext context, ViewResult result, string? theme)
    {
        var name = result.ViewName ?? (context.ActionDescriptor as ControllerActionDescriptor)?.ActionName ?? "";
        var key = (theme, context.ActionDescriptor.Id, name);
        return _found.TryGetValue(key, out var known) ? known : _found.GetOrAdd(key, Find(context, name));
    }

    private FoundView Find(ActionContext context, string name)
    {
        var found = engine.GetView(null, name, isMainPage: true);
        if (!found.Success)
        {
            var tried = found.SearchedLocations;
            found = engine.FindView(context, name, isMainPage: true);
            found.EnsureSuccessful(tried);
        }

        var view = found.View as RazorView ?? throw new InvalidOperationException($"The view '{name}' is no Razor view.");
        return new(Compiled(view.RazorPage), [.. view.ViewStartPages.Select(Compiled)]);
    }

    private CompiledView Compiled(IRazorPage page) => views.Find(page.Path) ?? throw new InvalidOperationException($"The view {page.Path} isn't compiled into a module.");

    private sealed record FoundView(CompiledView View, CompiledView[] ViewStarts);
}

/// <summary>Prepares what partial views and view components need; whole pages prepare it themselves.</summary>
internal sealed class PrepareViewFilter : Microsoft.AspNetCore.Mvc.Filters.IAsyncResultFilter
{
    public async Task OnResultExecutionAsync(Microsoft.AspNetCore.Mvc.Filters.ResultExecutingContext context, Microsoft.AspNetCore.Mvc.Filters.ResultExecutionDelegate next)
    {
        if (context.Result is PartialViewResult or ViewComponentResult)
            await context.HttpContext.RequestServices.GetRequiredService<PageWriter>().PrepareAsync(context);

        await next();
    }
}
