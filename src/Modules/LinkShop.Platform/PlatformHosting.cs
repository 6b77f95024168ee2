using LinkShop.Commerce.Outbox;
using LinkShop.Platform.Services;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LinkShop.Platform;

/// <summary>What the web application has to register outside of any tenant.</summary>
public static class PlatformHosting
{
    /// <summary>Lets the outbox's worker reach the tenants' handlers.</summary>
    public static IServiceCollection AddLinkShopPlatform(this IServiceCollection services) =>
        services.Replace(ServiceDescriptor.Singleton<IOutboxDispatcher, ShellOutboxDispatcher>());
}
