using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewEngines;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.Extensions.Options;
using OrchardCore.DisplayManagement;

namespace LinkShop.Cms.Display.Rendering;

/// <summary>Runs compiled templates into buffers, without the framework's view lookup and nested result objects.</summary>
internal sealed class TemplateRenderer(PageState state, IRazorPageActivator activator, IModelMetadataProvider metadata, IOptions<MvcViewOptions> options)
{
    private readonly HtmlHelperOptions _htmlOptions = options.Value.HtmlHelperOptions;

    public async Task<IHtmlContent> RenderShapeAsync(CompiledView view, IShape shape, string? prefix)
    {
        if (!view.ModelType.IsInstanceOfType(shape))
            throw new InvalidOperationException($"The template {view.Path} wants a {view.ModelType}, but the shape '{shape.Metadata.Type}' is a {shape.GetType()}.");

        var viewData = view.CreateViewData(metadata, state.ModelState);
        viewData.Model = shape;
        if (!string.IsNullOrEmpty(prefix))
            viewData.TemplateInfo.HtmlFieldPrefix = prefix;

        return await RunAsync(view.CreatePage(), viewData);
    }

    public async Task<HtmlBuffer> RunAsync(IRazorPage page, ViewDataDictionary viewData)
    {
        var buffer = state.NewBuffer();
        var context = new ViewContext(state.ActionContext, PageView.Instance, viewData, state.TempData, buffer, _htmlOptions) { ExecutingFilePath = page.Path };
        var outer = state.ViewContext;
        page.ViewContext = context;
        state.ViewContext = context;
        try
        {
            activator.Activate(page, context);
            await page.ExecuteAsync();
        }
        finally
        {
            state.ViewContext = outer;
        }

        return buffer;
    }

    // View contexts insist on a view; ours are pages that run on their own.
    private sealed class PageView : IView
    {
        public static readonly PageView Instance = new();

        public string Path => "";

        public Task RenderAsync(ViewContext context) => throw new NotSupportedException("Templates are rendered by the display manager.");
    }
}
