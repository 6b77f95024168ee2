using LinkShop.Catalogue;
using LinkShop.Http;
using LinkShop.Referrals.Recipes;
using LinkShop.Referrals.Services;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OrchardCore.BackgroundTasks;
using OrchardCore.Modules;
using OrchardCore.Navigation;
using OrchardCore.Recipes;
using OrchardCore.Security.Permissions;

namespace LinkShop.Referrals;

/// <summary>Sharing, promoters' desk, plans, reviews.</summary>
public sealed class Startup : StartupBase
{
    /// <inheritdoc/>
    public override void ConfigureServices(IServiceCollection services)
    {
        services.TryAddScoped<ReferralCookie>();
        services.AddScoped<IPermissionProvider, Permissions>();
        services.AddNavigationProvider<AdminMenu>();
        services.AddRecipeExecutionStep<ReferralsStep>();
        services.AddMemoryCache();
        services.AddScoped<IPromotion, Promotion>();
        services.AddScoped<ReferralMessages>();
        services.AddScoped<People>();
        services.AddScoped<DataPictures>();
        services.AddScoped<SharedThings>();
        services.AddScoped<LinkPages>();
        services.AddScoped<PromoterPages>();
        services.AddScoped<PromoterPayouts>();
        services.AddScoped<IAccountRecords, PromotionRecords>();
        services.AddSingleton<IBackgroundTask, ReferralScanTask>();
        services.Configure<MvcOptions>(options =>
        {
            options.Filters.Add<PhraseFilter>();
            options.Filters.Add<AccountTouchesFilter>();
            options.Filters.Add<SharedNoteFilter>();
        });
    }
}
