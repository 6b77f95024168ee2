using System.Linq.Expressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using OrchardCore.DisplayManagement.ModelBinding;

namespace LinkShop.Cms.Display.Mvc;

/// <summary>Binds models with the controller's own machinery, so that errors end in its model state.</summary>
internal sealed class ControllerUpdater(Controller controller) : IUpdateModel
{
    public ModelStateDictionary ModelState => controller.ModelState;

    public Task<bool> TryUpdateModelAsync<TModel>(TModel model)
        where TModel : class => controller.TryUpdateModelAsync(model);

    public Task<bool> TryUpdateModelAsync<TModel>(TModel model, string prefix)
        where TModel : class => controller.TryUpdateModelAsync(model, prefix);

    public Task<bool> TryUpdateModelAsync<TModel>(TModel model, string prefix, params Expression<Func<TModel, object?>>[] includeExpressions)
        where TModel : class => controller.TryUpdateModelAsync(model, prefix, includeExpressions);

    public bool TryValidateModel(object model) => controller.TryValidateModel(model);

    public bool TryValidateModel(object model, string prefix) => controller.TryValidateModel(model, prefix);
}

/// <summary>Outside of a controller there is no form; binding changes nothing.</summary>
internal sealed class EmptyUpdater : IUpdateModel
{
    public ModelStateDictionary ModelState { get; } = new();

    public Task<bool> TryUpdateModelAsync<TModel>(TModel model)
        where TModel : class => Task.FromResult(true);

    public Task<bool> TryUpdateModelAsync<TModel>(TModel model, string prefix)
        where TModel : class => Task.FromResult(true);

    public Task<bool> TryUpdateModelAsync<TModel>(TModel model, string prefix, params Expression<Func<TModel, object?>>[] includeExpressions)
        where TModel : class => Task.FromResult(true);

    public bool TryValidateModel(object model) => true;

    public bool TryValidateModel(object model, string prefix) => true;
}

internal sealed class UpdateModelAccessor : IUpdateModelAccessor
{
    public IUpdateModel ModelUpdater { get => field ??= new EmptyUpdater(); set; }
}

/// <summary>Makes the running controller the request's updater.</summary>
internal sealed class UpdaterFilter(IUpdateModelAccessor accessor) : IActionFilter
{
    public void OnActionExecuting(ActionExecutingContext context)
    {
        if (context.Controller is Controller controller)
            accessor.ModelUpdater = new ControllerUpdater(controller);
    }

    public void OnActionExecuted(ActionExecutedContext context)
    {
    }
}
