using LinkShop.Commerce.Payouts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LinkShop.Commerce.DependencyInjection;

/// <summary>Registers payees and payouts.</summary>
internal static class PayoutRegistration
{
    public static IServiceCollection AddPayouts(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<PayoutOptions>(options => configuration.GetSection("LinkShop:Payouts").Bind(options));
        services.TryAddSingleton<IPayoutPolicy, ConfiguredPayoutPolicy>();
        services.AddSingleton<IPayoutProvider, ManualPayoutProvider>();
        services.AddSingleton<IPayoutProvider, SandboxPayoutProvider>();
        services.AddSingleton<PayoutProviders>();
        services.AddSingleton<PayeeRules>();
        services.AddSingleton<IPayees, PayeeStore>();
        services.AddSingleton<PayoutClearance>();
        services.AddSingleton<PayoutHolds>();
        services.AddSingleton<PayoutRequests>();
        services.AddSingleton<PayoutDecisions>();
        services.AddSingleton<PayoutSending>();
        services.AddSingleton<IPayouts, PayoutService>();
        services.AddSingleton<IPayoutFile, PayoutFile>();
        services.AddSingleton<IPayoutSweep, PayoutSweep>();
        return services;
    }
}
