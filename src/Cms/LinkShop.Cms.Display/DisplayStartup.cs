using LinkShop.Cms.Display.Content;
using LinkShop.Cms.Display.Menus;
using LinkShop.Cms.Display.Mvc;
using LinkShop.Cms.Display.Notify;
using LinkShop.Cms.Display.Rendering;
using LinkShop.Cms.Display.Resources;
using LinkShop.Cms.Display.Shapes;
using LinkShop.Cms.Display.Themes;
using LinkShop.Cms.Display.Themes.Recipes;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Admin;
using OrchardCore.ContentManagement.Display;
using OrchardCore.ContentManagement.Display.ContentDisplay;
using OrchardCore.DisplayManagement;
using OrchardCore.DisplayManagement.Layout;
using OrchardCore.DisplayManagement.ModelBinding;
using OrchardCore.DisplayManagement.Notify;
using OrchardCore.DisplayManagement.Razor;
using OrchardCore.DisplayManagement.Theming;
using OrchardCore.DisplayManagement.Title;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Recipes;
using OrchardCore.ResourceManagement;
using OrchardCore.Themes.Services;

namespace LinkShop.Cms.Display;

/// <summary>Shapes, templates, themes, menus and messages.</summary>
internal sealed class DisplayStartup : StartupBase
{
    public override int Order => -100;

    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<PageState>();
        services.AddScoped<PageWriter>();
        services.AddScoped<TemplateRenderer>();
        services.AddScoped<IDisplayHelper, HtmlDisplay>();
        services.AddScoped<IOrchardDisplayHelper, OrchardDisplayHelper>();
        services.AddSingleton<ShapeTables>();
        services.AddScoped<IShapeFactory, ShapeFactory>();
        services.AddScoped<ILayoutAccessor, LayoutAccessor>();
        services.AddScoped<IPageTitleBuilder, PageTitleBuilder>();
        services.AddShapeTableProvider<CoreShapes>();

        services.AddScoped<IUpdateModelAccessor, UpdateModelAccessor>();
        services.AddScoped<PlacementBinder>();
        services.AddScoped(typeof(IDisplayManager<>), typeof(DisplayManager<>));
        services.AddScoped<IContentItemDisplayManager, ContentItemDisplayManager>();
        services.AddScoped<IContentDisplayHandler, ContentItemDisplayCoordinator>();

        services.AddScoped<SiteThemeService>();
        services.AddScoped<ISiteThemeService>(sp => sp.GetRequiredService<SiteThemeService>());
        services.AddScoped<IAdminThemeService>(sp => sp.GetRequiredService<SiteThemeService>());
        services.AddScoped<IThemeSelector, SiteThemeSelector>();
        services.AddScoped<IThemeSelector, AdminThemeSelector>();
        services.AddScoped<IThemeManager, ThemeManager>();
        services.AddRecipeExecutionStep<ThemesStep>();

        services.AddScoped<INavigationManager, NavigationManager>();
        services.AddScoped<INotifier, Notifier>();
        services.AddScoped<NotifyCookie>();
        services.AddScoped<IResourceManager, ResourceManager>();
    }
}
