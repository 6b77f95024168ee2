using LinkShop.Referrals.Services;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.Modules;
using OrchardCore.Security.Permissions;

namespace LinkShop.Referrals;

/// <summary>Sharing, promoters' desk, plans, reviews.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services)
    {
        services.AddScoped<IPermissionProvider, Permissions>();
        services.AddScoped<ReferralMessages>();
        services.AddScoped<PromoterPayouts>();
        services.AddScoped<DataPictures>();
    }
}
