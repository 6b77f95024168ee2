using Microsoft.Extensions.DependencyInjection;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.DisplayManagement.Views;
using OrchardCore.Entities;
using OrchardCore.Settings;

namespace OrchardCore.DisplayManagement.Entities
{
    /// <summary>Base of drivers for one section of an entity.</summary>
    public abstract class SectionDisplayDriverBase<TModel, TSection> : DisplayDriver<TModel>
        where TModel : class, IEntity
        where TSection : class, new()
    {
        /// <summary>Name of the section.</summary>
        protected virtual string PropertyName => typeof(TSection).Name;

        /// <inheritdoc />
        public override Task<IDisplayResult?> DisplayAsync(TModel model, BuildDisplayContext context) => DisplayAsync(model, GetSection(model), context);

        /// <summary>Shapes to show.</summary>
        public virtual Task<IDisplayResult?> DisplayAsync(TModel model, TSection section, BuildDisplayContext context) => Task.FromResult(Display(model, section, context));

        /// <summary>Shapes to show.</summary>
        public virtual IDisplayResult? Display(TModel model, TSection section, BuildDisplayContext context) => null;

        /// <inheritdoc />
        public override Task<IDisplayResult?> EditAsync(TModel model, BuildEditorContext context) => EditAsync(model, GetSection(model), context);

        /// <summary>Shapes to edit.</summary>
        public virtual Task<IDisplayResult?> EditAsync(TModel model, TSection section, BuildEditorContext context) => Task.FromResult(Edit(model, section, context));

        /// <summary>Shapes to edit.</summary>
        public virtual IDisplayResult? Edit(TModel model, TSection section, BuildEditorContext context) => null;

        /// <inheritdoc />
        public override async Task<IDisplayResult?> UpdateAsync(TModel model, UpdateEditorContext context)
        {
            var section = GetSection(model);
            var result = await UpdateAsync(model, section, context);
            if (result is not null)
                model.Put(PropertyName, section);

            return result;
        }

        /// <summary>Takes the posted form into the section, which is stored if a result is returned.</summary>
        public virtual Task<IDisplayResult?> UpdateAsync(TModel model, TSection section, UpdateEditorContext context) => EditAsync(model, section, context);

        /// <inheritdoc />
        protected override void BuildPrefix(TModel model, string htmlFieldPrefix) =>
            Prefix = string.IsNullOrEmpty(htmlFieldPrefix) ? PropertyName : htmlFieldPrefix + "." + PropertyName;

        private TSection GetSection(TModel model) => model.As<TSection>(PropertyName);
    }

    /// <summary>Base of drivers for one section of the site settings; its shapes show on the group's page alone.</summary>
    public abstract class SiteDisplayDriver<TSettings> : SectionDisplayDriverBase<ISite, TSettings>
        where TSettings : class, new()
    {
        /// <summary>Id of the settings page.</summary>
        protected abstract string SettingsGroupId { get; }

        /// <inheritdoc />
        public override async Task<IDisplayResult?> UpdateAsync(ISite model, UpdateEditorContext context) =>
            string.Equals(context.GroupId, SettingsGroupId, StringComparison.OrdinalIgnoreCase) ? await base.UpdateAsync(model, context) : null;

        /// <inheritdoc />
        protected override ShapeResult Factory(string shapeType, Func<IBuildShapeContext, ValueTask<IShape>> shapeBuilder, Func<IShape, Task> initializeAsync) =>
            base.Factory(shapeType, shapeBuilder, initializeAsync).OnGroup(SettingsGroupId);
    }
}

namespace OrchardCore.DisplayManagement.Handlers
{
    /// <summary>Registers drivers.</summary>
    public static class SiteServiceCollectionExtensions
    {
        /// <summary>Registers a driver of a model.</summary>
        public static IServiceCollection AddDisplayDriver<TModel, TDriver>(this IServiceCollection services)
            where TDriver : class, IDisplayDriver<TModel> => services.AddScoped<IDisplayDriver<TModel>, TDriver>();

        /// <summary>Registers a driver of the site settings.</summary>
        public static IServiceCollection AddSiteDisplayDriver<TDriver>(this IServiceCollection services)
            where TDriver : class, IDisplayDriver<ISite> => services.AddDisplayDriver<ISite, TDriver>();
    }
}

namespace OrchardCore.DisplayManagement
{
    /// <summary>Registers shape table providers.</summary>
    public static class ShapeTableProviderExtensions
    {
        /// <summary>Registers a shape table provider.</summary>
        public static IServiceCollection AddShapeTableProvider<TProvider>(this IServiceCollection services)
            where TProvider : class, Descriptors.IShapeTableProvider => services.AddScoped<Descriptors.IShapeTableProvider, TProvider>();
    }
}
