using LinkShop.Resale.Recipes;
using LinkShop.Resale.Services;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Recipes;
using OrchardCore.Security.Permissions;

namespace LinkShop.Resale;

/// <summary>The shop's side.</summary>
[Feature("LinkShop.Resale")]
public sealed class Startup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<IPermissionProvider, GoodsPermissions>();
        services.AddNavigationProvider<GoodsMenu>();
        services.AddScoped<ResaleMessages>();
        services.AddScoped<Partners>();
    }
}

/// <summary>The supplier's side.</summary>
[Feature("LinkShop.Resale.Upstream")]
public sealed class UpstreamStartup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<IPermissionProvider, OffersPermissions>();
        services.AddNavigationProvider<OffersMenu>();
        services.AddScoped<ResaleMessages>();
        services.AddScoped<Partners>();
        services.AddRecipeExecutionStep<ResaleOffersStep>();
    }
}
