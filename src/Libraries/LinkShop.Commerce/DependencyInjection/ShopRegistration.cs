using LinkShop.Commerce.Shops;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Commerce.DependencyInjection;

/// <summary>Registers the platform's register of shops.</summary>
internal static class ShopRegistration
{
    public static IServiceCollection AddShops(this IServiceCollection services)
    {
        services.AddSingleton<ShopRegister>();
        services.AddSingleton<ShopSearcher>();
        services.AddSingleton<IShops, Shops.Shops>();
        services.AddSingleton<IShopEntries, ShopEntries>();
        services.AddSingleton<IShopDomains, DomainRegister>();
        services.AddSingleton<PlanBook>();
        services.AddSingleton<IShopPlans, ShopPlans>();
        services.AddSingleton<IShopSeats, ShopSeats>();
        services.AddSingleton<ShopCounter>();
        services.AddSingleton<IShopUsages, ShopUsages>();
        services.AddSingleton<IShopStorage, ShopStorage>();
        services.AddSingleton<IShopVisits, ShopVisits>();
        services.AddSingleton<IShopWaiting, ShopWaiting>();
        services.AddSingleton<IShopsMoney, ShopsMoneyReader>();
        return services;
    }
}
