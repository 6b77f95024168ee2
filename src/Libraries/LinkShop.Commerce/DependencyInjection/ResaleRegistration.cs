using LinkShop.Commerce.Placement;
using LinkShop.Commerce.Resale;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Commerce.DependencyInjection;

/// <summary>Registers reselling.</summary>
internal static class ResaleRegistration
{
    public static IServiceCollection AddResale(this IServiceCollection services)
    {
        services.AddSingleton<IResaleOffers, ResaleOffers>();
        services.AddSingleton<IResaleListings, ResaleListings>();
        services.AddSingleton<ISupplyDues, SupplyDues>();
        services.AddSingleton<IMoveObstacle, ResaleMoveObstacle>();
        services.AddSingleton<ResaleWindow>();
        services.AddSingleton<SupplyNotices>();
        services.AddSingleton<ISupplyHalts, SupplyHalts>();
        services.AddSingleton<ISupplierNotices, SupplierNotices>();
        services.AddSingleton<SupplyOrders>();
        services.AddSingleton<SupplySettlement>();
        return services;
    }
}
