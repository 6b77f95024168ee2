using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Placement;
using LinkShop.Platform.Services;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Platform;

/// <summary>What the web application has to register outside of any tenant.</summary>
public static class PlatformHosting
{
    /// <summary>Lets the outbox's worker reach the tenants' handlers, and the commerce services find the tenants' databases. To be called before the commerce services are added.</summary>
    public static IServiceCollection AddLinkShopPlatform(this IServiceCollection services)
    {
        services.AddSingleton<IOutboxDispatcher, ShellOutboxDispatcher>();
        services.AddSingleton<ShellPlacement>();
        services.AddSingleton<ICommercePlacement>(provider => provider.GetRequiredService<ShellPlacement>());
        services.AddHostedService(provider => provider.GetRequiredService<ShellPlacement>());
        return services;
    }
}
