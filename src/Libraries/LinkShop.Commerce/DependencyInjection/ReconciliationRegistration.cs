using LinkShop.Commerce.Reconciliation;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Commerce.DependencyInjection;

/// <summary>Registers the comparison of settlement files.</summary>
internal static class ReconciliationRegistration
{
    public static IServiceCollection AddReconciliation(this IServiceCollection services)
    {
        services.AddSingleton<WriteOffs>();
        services.AddSingleton<ReconciliationStore>();
        services.AddSingleton<ReconciliationResolving>();
        services.AddSingleton<ReconciliationImporter>();
        services.AddSingleton<IReconciliations, Reconciliations>();
        services.AddSingleton<IArrivals, Arrivals>();
        return services;
    }
}
