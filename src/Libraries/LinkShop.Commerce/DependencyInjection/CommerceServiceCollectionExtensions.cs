using LinkShop.Commerce.Data;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LinkShop.Commerce.DependencyInjection;

/// <summary>Registers the library on the host's container.</summary>
public static class CommerceServiceCollectionExtensions
{
    /// <summary>
    /// Adds the commerce services as process-wide singletons. The host supplies data protection. The database is migrated and interrupted imports are
    /// completed when the host starts, or earlier by <see cref="ICommerceDatabase.MigrateAsync"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">Reads <c>LinkShop:Database</c> and <c>LinkShop:DataPath</c>.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddLinkShopCommerce(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.Configure<CommerceOptions>(options =>
        {
            configuration.GetSection("LinkShop:Database").Bind(options);
            options.DataPath = configuration["LinkShop:DataPath"] ?? options.DataPath;
        });
        return services;
    }
}
