using LinkShop.Commerce;
using LinkShop.Platform.Controllers;
using LinkShop.Http;
using LinkShop.Platform.Handlers;
using LinkShop.Platform.Recipes;
using LinkShop.Platform.Services;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OrchardCore.Admin;
using OrchardCore.Environment.Shell;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Recipes;
using OrchardCore.Recipes.Events;
using OrchardCore.Security.Permissions;
using OrchardCore.Setup.Events;

namespace LinkShop.Platform;

/// <summary>The bridge between the tenant and the commerce library; dashboard and dead letters.</summary>
public sealed class Startup(IOptions<AdminOptions> adminOptions) : StartupBase
{
    /// <summary>Before Orchard's own start page of the admin, whose address the dashboard takes.</summary>
    public override int ConfigureOrder => -50;

    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped(typeof(TenantScope), provider => new TenantScope(provider.GetRequiredService<ShellSettings>().Name));
        services.AddOptions<RequestLimitOptions>().Configure<IConfiguration>((options, configuration) =>
            configuration.GetSection("LinkShop:RateLimits").Bind(options));
        services.AddSingleton<RequestLimits>();
        services.AddScoped<IPermissionProvider, Permissions>();
        services.AddScoped<INavigationProvider, AdminMenu>();
        services.AddScoped<SeenAnnouncements>();
        services.Configure<MvcOptions>(options => options.Filters.Add<AnnouncementFilter>());
        services.AddSingleton<IConfigureOptions<MvcOptions>, BindingMessages>();
        services.AddScoped<IAccountNames, AccountNames>();
        services.AddScoped<ShopClock>();
        services.AddScoped<MailServers>();
        services.AddScoped<DashboardPages>();
        services.AddScoped<DashboardReader>();
        services.AddScoped<PlatformPages>();
        services.AddScoped<IModularTenantEvents, TenantRemoval>();
        services.TryAddSingleton(TimeProvider.System);
    }

    /// <inheritdoc/>
    public override void Configure(IApplicationBuilder app, IEndpointRouteBuilder routes, IServiceProvider serviceProvider)
    {
        RobotsFile.Map(routes);
        var prefix = adminOptions.Value.AdminUrlPrefix;
        routes.MapAreaControllerRoute("LinkShopDashboard", "LinkShop.Platform", prefix, new { controller = "Dashboard", action = nameof(DashboardController.Index) });
    }
}

/// <summary>Creating tenants from a recipe.</summary>
[Feature("LinkShop.Platform.ChildTenants")]
public sealed class ChildTenantsStartup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services) => services.AddRecipeExecutionStep<ChildTenantsStep>();
}

/// <summary>Progress of a set-up, in every tenant.</summary>
[Feature("LinkShop.Platform.SetupProgress")]
public sealed class SetupProgressStartup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddSingleton<SetupConsole>();
        services.AddScoped<IRecipeEventHandler, SetupProgress>();
        services.AddScoped<ISetupEventHandler, SetupSummary>();
    }
}
