using LinkShop.Commerce.Credits;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Commerce.DependencyInjection;

/// <summary>Registers balances and points.</summary>
internal static class CreditRegistration
{
    public static IServiceCollection AddCredits(this IServiceCollection services)
    {
        services.AddSingleton<ICredits, Credits.Credits>();
        services.AddSingleton<ICreditPayments, CreditPayments>();
        return services;
    }
}
