using OrchardCore.DisplayManagement.ModelBinding;
using OrchardCore.DisplayManagement.Views;

namespace OrchardCore.DisplayManagement.Handlers
{
    /// <summary>Gives the shapes of a model.</summary>
    public interface IDisplayDriver<TModel, TDisplayContext, TEditorContext, TUpdateContext>
        where TDisplayContext : BuildDisplayContext
        where TEditorContext : BuildEditorContext
        where TUpdateContext : UpdateEditorContext
    {
        /// <summary>Shapes to show; null for none.</summary>
        Task<IDisplayResult?> BuildDisplayAsync(TModel model, TDisplayContext context);

        /// <summary>Shapes to edit; null for none.</summary>
        Task<IDisplayResult?> BuildEditorAsync(TModel model, TEditorContext context);

        /// <summary>Takes the posted form, then the shapes to edit; null for none.</summary>
        Task<IDisplayResult?> UpdateEditorAsync(TModel model, TUpdateContext context);
    }

    /// <summary>Gives the shapes of a model.</summary>
    public interface IDisplayDriver<TModel> : IDisplayDriver<TModel, BuildDisplayContext, BuildEditorContext, UpdateEditorContext>
    {
    }

    /// <summary>Base of drivers; override what the model needs.</summary>
    public abstract class DisplayDriver<TModel, TDisplayContext, TEditorContext, TUpdateContext> : DisplayDriverBase, IDisplayDriver<TModel, TDisplayContext, TEditorContext, TUpdateContext>
        where TModel : class
        where TDisplayContext : BuildDisplayContext
        where TEditorContext : BuildEditorContext
        where TUpdateContext : UpdateEditorContext
    {
        /// <summary>Name of the model, the start of the form prefix.</summary>
        protected static readonly string ModelName = typeof(TModel).Name;

        /// <summary>Whether the driver handles this instance.</summary>
        public virtual bool CanHandleModel(TModel model) => true;

        /// <summary>Shapes to show.</summary>
        public virtual Task<IDisplayResult?> DisplayAsync(TModel model, TDisplayContext context) => Task.FromResult(Display(model, context));

        /// <summary>Shapes to show.</summary>
        public virtual IDisplayResult? Display(TModel model, TDisplayContext context) => NullShapeResult();

        /// <summary>Shapes to edit.</summary>
        public virtual Task<IDisplayResult?> EditAsync(TModel model, TEditorContext context) => Task.FromResult(Edit(model, context));

        /// <summary>Shapes to edit.</summary>
        public virtual IDisplayResult? Edit(TModel model, TEditorContext context) => NullShapeResult();

        /// <summary>Takes the posted form.</summary>
        public virtual Task<IDisplayResult?> UpdateAsync(TModel model, TUpdateContext context) => EditAsync(model, context as TEditorContext ?? throw new InvalidOperationException("The update context isn't an editor context."));

        /// <summary>No shape.</summary>
        protected static IDisplayResult? NullShapeResult() => null;

        /// <summary>Sets the prefix of the form fields.</summary>
        protected virtual void BuildPrefix(TModel model, string htmlFieldPrefix) =>
            Prefix = string.IsNullOrEmpty(htmlFieldPrefix) ? ModelName : htmlFieldPrefix + "." + ModelName;

        Task<IDisplayResult?> IDisplayDriver<TModel, TDisplayContext, TEditorContext, TUpdateContext>.BuildDisplayAsync(TModel model, TDisplayContext context)
        {
            if (!CanHandleModel(model))
                return Task.FromResult<IDisplayResult?>(null);

            BuildPrefix(model, context.HtmlFieldPrefix);
            return DisplayAsync(model, context);
        }

        Task<IDisplayResult?> IDisplayDriver<TModel, TDisplayContext, TEditorContext, TUpdateContext>.BuildEditorAsync(TModel model, TEditorContext context)
        {
            if (!CanHandleModel(model))
                return Task.FromResult<IDisplayResult?>(null);

            BuildPrefix(model, context.HtmlFieldPrefix);
            return EditAsync(model, context);
        }

        Task<IDisplayResult?> IDisplayDriver<TModel, TDisplayContext, TEditorContext, TUpdateContext>.UpdateEditorAsync(TModel model, TUpdateContext context)
        {
            if (!CanHandleModel(model))
                return Task.FromResult<IDisplayResult?>(null);

            BuildPrefix(model, context.HtmlFieldPrefix);
            return UpdateAsync(model, context);
        }
    }

    /// <summary>Base of drivers; override what the model needs.</summary>
    public abstract class DisplayDriver<TModel> : DisplayDriver<TModel, BuildDisplayContext, BuildEditorContext, UpdateEditorContext>, IDisplayDriver<TModel>
        where TModel : class
    {
    }
}

namespace OrchardCore.DisplayManagement
{
    /// <summary>Builds the shape of a model from all its drivers.</summary>
    public interface IDisplayManager<TModel>
    {
        /// <summary>The shape to show.</summary>
        Task<IShape> BuildDisplayAsync(TModel model, IUpdateModel updater, string displayType = "", string groupId = "");

        /// <summary>The shape to edit.</summary>
        Task<IShape> BuildEditorAsync(TModel model, IUpdateModel updater, bool isNew, string groupId = "", string htmlPrefix = "");

        /// <summary>Takes the posted form; errors are in the updater's model state.</summary>
        Task<IShape> UpdateEditorAsync(TModel model, IUpdateModel updater, bool isNew, string groupId = "", string htmlPrefix = "");
    }
}
