using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Routing;
using OrchardCore.DisplayManagement.ModelBinding;

namespace LinkShop.Cms.Display.Rendering;

/// <summary>What the templates of one request share: the action, the form's state and the memory they write to.</summary>
internal sealed class PageState(IHttpContextAccessor http, ITempDataDictionaryFactory tempData, IUpdateModelAccessor updater) : IDisposable
{
    private readonly List<HtmlBuffer> _buffers = new(16);
    private ActionContext? _actionContext;
    private ITempDataDictionary? _tempData;

    public ActionContext ActionContext
    {
        get => _actionContext ??= CreateActionContext();
        set => _actionContext = value;
    }

    public ITempDataDictionary TempData => _tempData ??= tempData.GetTempData(ActionContext.HttpContext);

    public ModelStateDictionary ModelState => updater.ModelUpdater.ModelState;

    /// <summary>The view that is being rendered, for templates that ask for its data.</summary>
    public ViewContext? ViewContext { get; set; }

    public HtmlBuffer NewBuffer()
    {
        var buffer = new HtmlBuffer();
        _buffers.Add(buffer);
        return buffer;
    }

    public void Dispose()
    {
        foreach (var buffer in _buffers)
            buffer.Release();

        _buffers.Clear();
    }

    // Pages outside of an action: errors, e-mails made in a request.
    private ActionContext CreateActionContext()
    {
        var context = http.HttpContext ?? throw new InvalidOperationException("Templates can be rendered only during a request.");
        return new ActionContext(context, context.GetRouteData() ?? new RouteData(), new ActionDescriptor());
    }
}
