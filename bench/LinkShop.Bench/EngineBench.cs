using System.Diagnostics;
using System.Globalization;
using System.Text;
using LinkShop.Commerce;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.DependencyInjection;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LinkShop.Bench;

/// <summary>
/// The main job without a web server: create, pay, read, in this process. Tells what of an order's cost is the commerce engine's.
/// </summary>
internal static class EngineBench
{
    private static readonly TenantScope Scope = new("Bench");
    private static int _buyer;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        var orders = arguments.Number("orders", 20_000);
        var clients = arguments.Number("clients", 8);
        var warmUp = arguments.Number("warm-up", 10_000);
        var folder = Directory.CreateTempSubdirectory("linkshop-engine-").FullName;
        var given = arguments.Text("connection", "");
        await using var cluster = arguments.Postgres && given.Length == 0 ? await PostgresCluster.StartAsync(durable: true) : null;
        var services = Services(folder, given.Length > 0 ? given : cluster is null ? null : await cluster.CreateDatabaseAsync());
        try
        {
            await services.GetRequiredService<ICommerceDatabase>().MigrateAsync();
            await SeedAsync(services, orders + warmUp);
            await RunAsync(services, warmUp, clients);
            var processorBefore = Process.GetCurrentProcess().TotalProcessorTime;
            var watch = Stopwatch.StartNew();
            await RunAsync(services, orders, clients);
            watch.Stop();
            var processor = Process.GetCurrentProcess().TotalProcessorTime - processorBefore;
            Arguments.Report(new Dictionary<string, object>
            {
                ["db"] = arguments.Postgres ? "postgres" : "sqlite",
                ["clients"] = clients,
                ["orders"] = orders,
                ["orders_per_second"] = Math.Round(orders / watch.Elapsed.TotalSeconds),
                ["cpu_per_order_us"] = Math.Round(processor.TotalMicroseconds / orders),
            });
            return 0;
        }
        finally
        {
            await services.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    internal static ServiceProvider Services(string folder, string? postgres)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LinkShop:Database:Provider"] = postgres is null ? "Sqlite" : "Postgres",
            ["LinkShop:Database:ConnectionString"] = postgres,
            ["LinkShop:DataPath"] = folder,
        }).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging();
        services.AddDataProtection();
        services.AddLinkShopCommerce(configuration);
        services.Configure<OrderingOptions>(o => o.MaxUnpaidPerAddress = int.MaxValue);
        return services.BuildServiceProvider();
    }

    private static async Task SeedAsync(ServiceProvider services, int keys)
    {
        var pool = await services.GetRequiredService<IKeyPools>().CreateAsync(Scope, new KeyPoolSettings("bench"));
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(BenchGoods.NewKeys(keys).Select(k => k + "\n"))));
        await services.GetRequiredService<IKeyImporter>().ImportAsync(Scope, pool.Id, file, KeyFileFormat.Text, "bench");
        var offer = new Offer { SkuId = "card", ProductId = "p", Title = "Card", Price = new Money(1000, "CNY"), Delivery = DeliveryKind.CardKey, PoolId = pool.Id };
        Require((await services.GetRequiredService<IOfferCatalog>().UpsertProductAsync(Scope, "p", [offer])).Succeeded);
    }

    private static Task RunAsync(ServiceProvider services, int orders, int clients) =>
        Task.WhenAll(Enumerable.Range(0, clients).Select(i => Task.Run(async () =>
        {
            for (var n = orders / clients + (i < orders % clients ? 1 : 0); n > 0; n--)
                await BuyAsync(services, Interlocked.Increment(ref _buyer));
        })));

    private static async Task BuyAsync(ServiceProvider services, int buyer)
    {
        var ordering = services.GetRequiredService<IOrdering>();
        var created = await ordering.CreateAsync(Scope, new OrderRequest
        {
            Lines = [new OrderLineRequest { SkuId = "card", Quantity = 1 }],
            Contact = string.Create(CultureInfo.InvariantCulture, $"139{buyer:D8}"),
            LookupPassword = "bench",
            ClientAddress = "192.0.2.1",
            IdempotencyKey = string.Create(CultureInfo.InvariantCulture, $"bench-{buyer}"),
        });
        Require(created.Succeeded);
        var outcome = await services.GetRequiredService<IPaymentIntake>().ApplyAsync(Scope, new PaymentEvent
        {
            Provider = "bench",
            EventId = "evt-" + created.Value.OrderId,
            PaymentId = created.Value.OrderId,
            OrderId = created.Value.OrderId,
            Kind = PaymentEventKind.Paid,
            Amount = created.Value.Total,
            OccurredAt = DateTimeOffset.UtcNow,
        });
        Require(outcome.State == OrderState.Fulfilled);
        var view = await ordering.GetAsync(Scope, created.Value.OrderId, OrderAccess.ByToken(created.Value.AccessToken));
        Require(view.Succeeded && view.Value.Lines[0].Deliveries.Count == 1);
    }

    private static void Require(bool holds)
    {
        if (!holds)
            throw new InvalidOperationException("An order wasn't delivered.");
    }
}
