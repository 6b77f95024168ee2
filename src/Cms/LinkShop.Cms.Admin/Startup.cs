using LinkShop.Cms.Admin.Contents;
using LinkShop.Cms.Content.Caching;
using LinkShop.Cms.Admin.Menus;
using LinkShop.Cms.Admin.Roles;
using LinkShop.Cms.Admin.Settings;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrchardCore.Admin;
using OrchardCore.DisplayManagement.Handlers;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Recipes;
using OrchardCore.Security;
using OrchardCore.Security.Permissions;
using OrchardCore.Security.Services;
using OrchardCore.Settings;
using OrchardCore.Setup.Events;

namespace LinkShop.Cms.Admin;

[Feature("OrchardCore.Settings")]
internal sealed class SettingsStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<TenantFolders>();
        services.AddScoped<ISiteService, SiteService>();
        services.AddScoped<ISetupEventHandler, SettingsSetupHandler>();
        services.AddRecipeExecutionStep<SettingsStep>();
        services.AddSiteDisplayDriver<GeneralSettingsDriver>();
        services.AddScoped<IPermissionProvider, SettingsPermissionProvider>();
        services.AddNavigationProvider<SettingsMenu>();
        // Roles are a feature of their own, but whoever asks for a permission must get an answer without it as well.
        services.AddScoped<RolePermissions>();
        services.AddScoped<IAuthorizationHandler, RolesPermissionsHandler>();
        services.AddScoped<IPermissionService, PermissionService>();
    }
}

[Feature("OrchardCore.Roles")]
internal sealed class RolesStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<IRoleService, RoleService>();
        services.AddScoped<IRoleStore<IRole>, RoleStore>();
        services.AddScoped<RoleManager<IRole>>();
        services.TryAddScoped<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.TryAddScoped<IdentityErrorDescriber>();
        services.AddRecipeExecutionStep<RolesStep>();
        services.AddScoped<IPermissionProvider, RolesPermissionProvider>();
        services.AddNavigationProvider<RolesMenu>();
    }
}

[Feature("OrchardCore.Contents")]
internal sealed class ContentsStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<IPermissionProvider, ContentPermissionProvider>();
        services.AddScoped<IAuthorizationHandler, ContentTypeAuthorizationHandler>();
        services.AddNavigationProvider<ContentsMenu>();
    }
}

[Feature("OrchardCore.ContentTypes")]
internal sealed class ContentTypesStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<IPermissionProvider, ContentTypesPermissionProvider>();
        services.AddNavigationProvider<ContentTypesMenu>();
    }
}

[Feature("OrchardCore.Features")]
internal sealed class FeaturesStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<IPermissionProvider, FeaturesPermissionProvider>();
        services.AddNavigationProvider<FeaturesMenu>();
    }
}

[Feature("OrchardCore.Tenants")]
internal sealed class TenantsStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<IPermissionProvider, TenantsPermissionProvider>();
        services.AddNavigationProvider<TenantsMenu>();
    }
}

[Feature("OrchardCore.Recipes")]
internal sealed class RecipesStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<IPermissionProvider, RecipesPermissionProvider>();
        services.AddNavigationProvider<RecipesMenu>();
    }
}

[Feature("OrchardCore.Themes")]
internal sealed class ThemesStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<IPermissionProvider, ThemesPermissionProvider>();
        services.AddNavigationProvider<ThemesMenu>();
    }
}

[Feature("OrchardCore.Admin")]
internal sealed class AdminStartup : StartupBase
{
    public override void ConfigureServices(IServiceCollection services) => services.AddScoped<IPermissionProvider, AdminPermissionProvider>();

    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
    {
        var prefix = serviceProvider.GetRequiredService<IOptions<AdminOptions>>().Value.AdminUrlPrefix.Trim('/');
        routes.MapAreaControllerRoute("Admin", "OrchardCore.Admin", prefix, new { controller = "Dashboard", action = "Index" });
    }
}
