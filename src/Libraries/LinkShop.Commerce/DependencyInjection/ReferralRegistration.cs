using LinkShop.Commerce.Referrals;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Commerce.DependencyInjection;

/// <summary>Registers referrals.</summary>
internal static class ReferralRegistration
{
    public static IServiceCollection AddReferrals(this IServiceCollection services)
    {
        services.AddSingleton<ReferralRuleBook>();
        services.AddSingleton<ReferralAttributor>();
        services.AddSingleton<ReferralBudget>();
        services.AddSingleton<ReferralRewards>();
        services.AddSingleton<IReferralProgram, ReferralPrograms>();
        services.AddSingleton<IReferralPlans, ReferralPlans>();
        services.AddSingleton<IPromoters, Promoters>();
        services.AddSingleton<IReferralLinks, ReferralLinks>();
        services.AddSingleton<IReferralClicks, ReferralClicks>();
        services.AddSingleton<IReferralRecords, ReferralRecords>();
        services.AddSingleton<ReferralVoids>();
        services.AddSingleton<ReferralRechecks>();
        services.AddSingleton<ReferralReview>();
        services.AddSingleton<IReferralReview>(provider => provider.GetRequiredService<ReferralReview>());
        services.AddSingleton<IReferralNotices, ReferralNotices>();
        services.AddSingleton<ReferralFold>();
        services.AddSingleton<ReferralReleases>();
        services.AddSingleton<ReferralScan>();
        services.AddSingleton<IReferralMaintenance, ReferralMaintenance>();
        services.AddSingleton<PromoterDeskReader>();
        services.AddSingleton<NetworkReader>();
        services.AddSingleton<IReferralDesks, ReferralDesksReader>();
        return services;
    }
}
