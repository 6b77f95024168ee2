using LinkShop.Commerce.Data;
using LinkShop.Commerce.Idempotency;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Placement;
using LinkShop.Commerce.Protection;
using LinkShop.Commerce.Shops;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

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
        SqliteHandle.Initialize();
        services.TryAddSingleton(TimeProvider.System);
        services.Configure<CommerceOptions>(options =>
        {
            configuration.GetSection("LinkShop:Database").Bind(options);
            options.DataPath = configuration["LinkShop:DataPath"] ?? options.DataPath;
        });
        services.Configure<OutboxOptions>(options => configuration.GetSection("LinkShop:Outbox").Bind(options));
        services.Configure<MaintenanceOptions>(options => configuration.GetSection("LinkShop:Maintenance").Bind(options));
        services.TryAddSingleton<ICommercePlacement, MainPlacement>();
        services.TryAddSingleton<PostgresSources>();
        services.AddSingleton<ICommerceDatabase>(provider => CreateDatabase(provider, configuration));
        AddOutbox(services);
        services.AddSingleton<ISecretProtector, SecretProtector>();
        services.AddSingleton<IdempotencyStore>();
        services.AddSingleton<IIdempotencyStore>(provider => provider.GetRequiredService<IdempotencyStore>());
        AddKeyPools(services);
        services.AddOrdering(configuration);
        services.AddReconciliation();
        services.AddCredits();
        services.AddSupport(configuration);
        services.AddShops();
        services.AddResale();
        services.AddReferrals();
        services.AddSingleton<ITenantErasure, TenantErasure>();
        services.AddSingleton<LedgerAccounts>();
        services.AddSingleton<LedgerExpiry>();
        services.AddSingleton<ILedger, Ledger.Ledger>();
        services.AddSingleton<ILedgerReads, LedgerReads>();
        services.AddPayouts(configuration);

        // in this order: nothing runs before the schema is there
        services.AddHostedService<CommerceStartup>();
        services.AddHostedService<OutboxWorker>();
        services.AddHostedService<CommerceMaintenance>();
        services.AddHostedService<OrderExpiryWorker>();
        services.AddHostedService<ShopVisitsWorker>();
        return services;
    }

    private static void AddOutbox(IServiceCollection services)
    {
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton<OutboxStore>();
        services.AddSingleton<IOutbox, Outbox.Outbox>();
        services.AddSingleton<IOutboxAdmin, OutboxAdmin>();
        services.TryAddSingleton<IOutboxDispatcher, OutboxDispatcher>();
    }

    private static void AddKeyPools(IServiceCollection services)
    {
        services.AddSingleton<LowStockMonitor>();
        services.AddSingleton<RecalledReservations>();
        services.AddSingleton<KeyWithdrawal>();
        services.AddSingleton<KeyExport>();
        services.AddSingleton<KeyBatchStore>();
        services.AddSingleton<IKeyStock, KeyStock>();
        services.AddSingleton<IKeyPools, KeyPools.KeyPools>();
        services.AddSingleton<IKeyImporter, KeyImporter>();
    }

    private static ICommerceDatabase CreateDatabase(IServiceProvider provider, IConfiguration configuration)
    {
        var options = provider.GetRequiredService<IOptions<CommerceOptions>>().Value;
        var root = provider.GetService<IHostEnvironment>()?.ContentRootPath ?? AppContext.BaseDirectory;
        var placement = provider.GetRequiredService<ICommercePlacement>();
        var sources = provider.GetRequiredService<PostgresSources>();
        var places = DatabaseNames.Read(configuration);
        var named = places.ToDictionary(d => d.Key, d => Open(d.Key, d.Value, d.Value), StringComparer.Ordinal);
        var main = Open("", options.ConnectionString, Path.Combine(root, options.DataPath));
        // where there is one database, nobody is asked where a tenant is
        return named.Count == 0 ? main : new PlacedCommerceDatabase(main, named, placement);

        ICommerceDatabase Open(string name, string? connectionString, string folder) => options.Provider == CommerceDialect.Postgres
            ? new PostgresCommerceDatabase(connectionString ?? throw new InvalidOperationException("LinkShop:Database:ConnectionString is not set."), options.MaxPoolSize, sources, HomeOf(name))
            : new SqliteCommerceDatabase(Path.Combine(folder, "commerce.db"), options.MaxGroupSize, HomeOf(name));

        CommerceHome? HomeOf(string name) => places.Count == 0 ? null : new(name, placement);
    }
}
