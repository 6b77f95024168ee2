using System.Linq.Expressions;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace OrchardCore.DisplayManagement.ModelBinding;

/// <summary>Fills models from the posted form and collects errors.</summary>
public interface IUpdateModel
{
    /// <summary>Values and errors of the form.</summary>
    ModelStateDictionary ModelState { get; }

    /// <summary>Fills a model from fields without a prefix; false when a field is invalid.</summary>
    Task<bool> TryUpdateModelAsync<TModel>(TModel model)
        where TModel : class;

    /// <summary>Fills a model from the fields with that prefix; false when a field is invalid.</summary>
    Task<bool> TryUpdateModelAsync<TModel>(TModel model, string prefix)
        where TModel : class;

    /// <summary>Fills the named properties from the fields with that prefix; false when a field is invalid.</summary>
    Task<bool> TryUpdateModelAsync<TModel>(TModel model, string prefix, params Expression<Func<TModel, object?>>[] includeExpressions)
        where TModel : class;

    /// <summary>Checks the model's annotations.</summary>
    bool TryValidateModel(object model);

    /// <summary>Checks the model's annotations; errors get the prefix.</summary>
    bool TryValidateModel(object model, string prefix);
}

/// <summary>Gives the updater of the current request.</summary>
public interface IUpdateModelAccessor
{
    /// <summary>The updater.</summary>
    IUpdateModel ModelUpdater { get; set; }
}
