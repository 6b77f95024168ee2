using LinkShop.Commerce.Payments;
using LinkShop.Finance.Recipes;
using LinkShop.Finance.Services;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Recipes;
using OrchardCore.Security.Permissions;

namespace LinkShop.Finance;

/// <summary>The screens about money.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<IPermissionProvider, Permissions>();
        services.AddScoped<INavigationProvider, AdminMenu>();
        services.AddScoped<FinanceAccess>();
        services.AddScoped<FinanceMessages>();
        services.AddScoped<PayoutPages>();
        services.TryAddScoped<PaymentNames>();
        services.AddScoped<FeeChoiceReader>();
        services.AddScoped<Statements>();
        services.AddRecipeExecutionStep<FeePolicyStep>();
    }
}
