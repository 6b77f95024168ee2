using LinkShop.Cms.Display.Mvc;
using LinkShop.Cms.Display.Notify;
using LinkShop.Cms.Display.Rendering;
using LinkShop.Cms.Display.Resources;
using LinkShop.Cms.Shell.Blueprints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationModels;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrchardCore.Admin;
using OrchardCore.Modules;

namespace LinkShop.Cms.Display;

/// <summary>Controllers and views of the enabled features.</summary>
[Feature("OrchardCore.Mvc")]
internal sealed class MvcStartup : StartupBase
{
    public override int Order => -200;

    // Behind everything else: modules' own endpoints come first.
    public override int ConfigureOrder => 1000;

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<ViewCatalog>();
        services.AddSingleton(PartsOf(services));
        services.AddControllersWithViews(options =>
            {
                options.Filters.Add<AdminAccess>(-1000);
                options.Filters.Add<UpdaterFilter>(-1000);
                options.Filters.Add<PrepareViewFilter>();
                options.Filters.Add<NotifyFilter>();
                options.Filters.Add(new StaleForms());
                options.Filters.Add(new AutoValidateAntiforgeryTokenAttribute());
            })
            .AddViewLocalization()
            .AddDataAnnotationsLocalization();

        services.AddSingleton<IApplicationModelProvider, AreaModelProvider>();
        services.Replace(ServiceDescriptor.Singleton<IRazorPageFactoryProvider, CatalogPageFactoryProvider>());
        services.AddSingleton<ViewLocations>();
        services.AddSingleton<IConfigureOptions<RazorViewEngineOptions>>(sp =>
            new ConfigureOptions<RazorViewEngineOptions>(options => options.ViewLocationExpanders.Add(sp.GetRequiredService<ViewLocations>())));
        services.Replace(ServiceDescriptor.Singleton<IActionResultExecutor<ViewResult>, PageResultExecutor>());
        services.Replace(ServiceDescriptor.Singleton<IFileVersionProvider, FileVersions>());
        services.Replace(ServiceDescriptor.Singleton(Html.Encoder));
    }

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
    {
        routes.MapControllers();
        var actions = serviceProvider.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<ControllerActionDescriptor>();
        ControllerRoutes.Map(routes, actions, serviceProvider.GetRequiredService<IOptions<AdminOptions>>().Value.AdminUrlPrefix);
    }

    // The framework takes its parts from this instance instead of looking for assemblies itself.
    private static ApplicationPartManager PartsOf(IServiceCollection services)
    {
        var blueprint = (BlueprintRoot)services.First(descriptor => descriptor.ServiceType == typeof(BlueprintRoot)).ImplementationInstance!;
        var manager = new ApplicationPartManager();
        manager.ApplicationParts.Add(new FeaturePart(blueprint));
        manager.FeatureProviders.Add(new FeatureControllers());
        return manager;
    }

    // Controllers of the host and of modules may be internal.
    private sealed class FeatureControllers : ControllerFeatureProvider
    {
        protected override bool IsController(System.Reflection.TypeInfo typeInfo) =>
            base.IsController(typeInfo) || (typeInfo is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false, IsPublic: false } && typeof(ControllerBase).IsAssignableFrom(typeInfo));
    }
}
