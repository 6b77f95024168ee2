using LinkShop.Commerce;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.DependencyInjection;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Splits;
using LinkShop.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LinkShop.Simulation;

/// <summary>A clock that only the simulation moves.</summary>
internal sealed class SimulatedClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan time) => _now += time;
}

/// <summary>The real engine on a database of its own, without its background workers: the simulation decides what happens when.</summary>
internal sealed partial class Mall : IAsyncDisposable
{
    public static readonly TenantScope Scope = new("Mall");

    /// <summary>A shop that sells goods of the mall on.</summary>
    public static readonly TenantScope Stall = new("Stall");
    private readonly string _folder = Directory.CreateTempSubdirectory("linkshop-simulation-").FullName;
    private ServiceProvider _services = null!;

    /// <summary>Who earns, and can have it paid out.</summary>
    public static readonly string[] Earners = ["ann", "ben", "res"];

    public Bank Bank { get; } = new();

    public SimulatedClock Clock { get; } = new();

    public CrashingDatabase Database { get; private set; } = null!;

    public static async Task<Mall> OpenAsync(CommerceDialect dialect, string? plant)
    {
        var mall = new Mall();
        var postgres = dialect == CommerceDialect.Postgres ? await (await PostgresCluster.SharedAsync())!.CreateDatabaseAsync() : null;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LinkShop:Database:Provider"] = dialect.ToString(),
            ["LinkShop:Database:ConnectionString"] = postgres,
            ["LinkShop:DataPath"] = mall._folder,
        }).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(mall.Clock);
        services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        services.AddLinkShopCommerce(configuration);
        services.Configure<OrderingOptions>(o => o.MaxUnpaidPerContact = o.MaxUnpaidPerAddress = 100_000);
        services.AddSingleton<IPayoutProvider>(mall.Bank);
        services.Configure<PayoutOptions>(o => o.Currencies["CNY"] = new PayoutLimits { MinimumMinor = ModelRules.PayoutLeast, FeeMinor = 30, FeeBasisPoints = 100, FourEyesAboveMinor = 2_000 });
        Wrap<ICommerceDatabase>(services, inner => mall.Database = new CrashingDatabase(inner));
        if (plant is not null)
            Plants.Add(services, plant);
        mall._services = services.BuildServiceProvider();
        _ = mall.Get<ICommerceDatabase>();
        await mall.Database.MigrateAsync();
        await mall.StockAsync();
        await mall.VerifyPayeesAsync();
        await mall.OpenStallAsync();
        return mall;
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public static void Wrap<T>(IServiceCollection services, Func<T, T> wrap) where T : class
    {
        var registered = services.Last(d => d.ServiceType == typeof(T));
        services.Remove(registered);
        services.AddSingleton(provider => wrap((T)(registered.ImplementationFactory?.Invoke(provider) ?? ActivatorUtilities.CreateInstance(provider, registered.ImplementationType!))));
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task VerifyPayeesAsync()
    {
        foreach (var owner in Earners)
        {
            var payee = (await Get<IPayees>().SaveAsync(Scope, new PayeeProfile
            {
                Owner = owner,
                Name = owner,
                Identity = new PayeeIdentity(owner, "1"),
                TaxId = "1",
                TaxCountry = "CN",
                Destination = new PayoutDestination(PayoutDestinationKind.Bank, Bank.Name, "12345678", owner, "Bank"),
            }, owner)).Value;
            _ = (await Get<IPayees>().VerifyIdentityAsync(Scope, owner, payee.Version, "clerk")).Value;
            _ = (await Get<IPayees>().VerifyDestinationAsync(Scope, owner, payee.Version, "clerk")).Value;
        }
    }

    private async Task StockAsync()
    {
        foreach (var good in Goods.All)
        {
            long? pool = null;
            if (!good.Manual)
            {
                pool = (await Get<IKeyPools>().CreateAsync(Scope, new KeyPoolSettings(good.Sku, KeyPickOrder.Oldest, 0))).Id;
                using var keys = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, good.Keys).Select(i => $"{good.Sku}-{i:D8}\n"))));
                await Get<IKeyImporter>().ImportAsync(Scope, pool.Value, keys, KeyFileFormat.Text, "simulation");
            }

            var offer = new Offer
            {
                SkuId = good.Sku,
                ProductId = "p-" + good.Sku,
                Title = good.Sku,
                Merchant = good.Merchant,
                Price = new Money(good.Price, "CNY"),
                Delivery = good.Manual ? DeliveryKind.Manual : DeliveryKind.CardKey,
                PoolId = pool,
            };
            if ((await Get<IOfferCatalog>().UpsertProductAsync(Scope, offer.ProductId, [offer])).Error is { } error)
                throw new InvalidOperationException(error.Message);
        }

        FeeRule Rule(ShareKind kind, long rate, long plus = 0) => new() { Id = kind.ToString(), Share = kind, BasisPoints = (int)rate, FixedMinor = plus, Currency = plus > 0 ? "CNY" : null };
        var saved = await Get<IFeePolicies>().SaveAsync(Scope, new FeePolicy
        {
            DefaultDays = ModelRules.Days,
            Rules =
            [
                Rule(ShareKind.Platform, ModelRules.Commission), Rule(ShareKind.PaymentCost, ModelRules.Cost, ModelRules.CostFixed), Rule(ShareKind.Reseller, ModelRules.ResellerRate),
                Rule(ShareKind.Promoter, ModelRules.PromoterRate), Rule(ShareKind.Tax, ModelRules.TaxRate),
            ],
        }, "simulation");
        if (saved.Error is { } refused)
            throw new InvalidOperationException(refused.Message);
    }
}

/// <summary>What is on sale.</summary>
internal sealed record Goods(string Sku, string Merchant, long Price, int Keys, bool Manual = false)
{
    public static readonly Goods[] All =
    [
        new("card-a", "ann", 1_000, 4_000), new("card-b", "ben", 1_337, 4_000), new("rare", "ann", 99_999, 6), new("by-hand", "ben", 5_003, 0, Manual: true),
        new("by-hand-too", "ann", 777, 0, Manual: true),
    ];
}

/// <summary>Bugs that are put in on purpose, to see that the simulation finds them. They sit around the engine, never in it.</summary>
internal static class Plants
{
    /// <summary>The commission of a refunded sale isn't given back.</summary>
    public const string KeepsCommission = "keeps-commission";

    /// <summary>A provider that is asked again after a crash is asked under a new id.</summary>
    public const string AsksAnew = "asks-anew";

    /// <summary>What becomes free for somebody who owes pays nothing of it.</summary>
    public const string ForgetsDebts = "forgets-debts";

    public static readonly string[] All = [KeepsCommission, AsksAnew, ForgetsDebts];

    public static void Add(IServiceCollection services, string plant)
    {
        if (plant == KeepsCommission)
            Mall.Wrap<ILedger>(services, inner => new Forgetful(inner, "commission_reversed"));
        else if (plant == ForgetsDebts)
            Mall.Wrap<ILedger>(services, inner => new Forgetful(inner, "debt_paid"));
        else if (plant == AsksAnew)
            Mall.Wrap<IRefundAsks>(services, inner => new Anew(inner));
        else
            throw new ArgumentException($"There is no planted bug '{plant}'; there are {string.Join(", ", All)}.");
    }

    private sealed class Forgetful(ILedger inner, string forgotten) : ILedger
    {
        public Task<CommerceResult<int>> PostAsync(ICommerceConnection connection, IReadOnlyList<LedgerTransfer> transfers, bool fresh = false) =>
            inner.PostAsync(connection, [.. transfers.Where(t => t.Reason != forgotten)], fresh);

        public Task<long> AvailableAsync(ICommerceConnection connection, LedgerAccount account, string currency) => inner.AvailableAsync(connection, account, currency);
    }

    private sealed class Anew(IRefundAsks inner) : IRefundAsks
    {
        private int _asked;

        public async Task<LinkShop.Commerce.Payments.RefundRequest?> NextAsync(TenantScope scope, string orderId, string provider, string paymentId, CancellationToken cancellationToken = default) =>
            await inner.NextAsync(scope, orderId, provider, paymentId, cancellationToken) is { } ask ? ask with { RefundId = $"{ask.RefundId}-{++_asked}" } : null;

        public Task RefusedAsync(TenantScope scope, LinkShop.Commerce.Payments.RefundRequest refused, string provider, CancellationToken cancellationToken = default) =>
            inner.RefusedAsync(scope, refused, provider, cancellationToken);

        public Task<bool> IsAskedAsync(TenantScope scope, string orderId, string provider, string paymentId, CancellationToken cancellationToken = default) =>
            inner.IsAskedAsync(scope, orderId, provider, paymentId, cancellationToken);

        public Task<CommerceResult<OrderState>> AgainAsync(TenantScope scope, string orderId, string provider, string paymentId, string actor, CancellationToken cancellationToken = default) =>
            inner.AgainAsync(scope, orderId, provider, paymentId, actor, cancellationToken);

        public Task<CommerceResult<OrderState>> NotGivenAsync(TenantScope scope, string orderId, string provider, string paymentId, string actor, string note, CancellationToken cancellationToken = default) =>
            inner.NotGivenAsync(scope, orderId, provider, paymentId, actor, note, cancellationToken);
    }
}
