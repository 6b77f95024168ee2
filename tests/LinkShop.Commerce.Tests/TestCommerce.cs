using System.Diagnostics;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.DependencyInjection;
using LinkShop.Commerce.Idempotency;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Placement;
using LinkShop.Commerce.Placement.Moving;
using LinkShop.Commerce.Protection;
using LinkShop.Testing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

// most of a test is waiting for a database
[assembly: CollectionBehavior(MaxParallelThreads = 4)]

namespace LinkShop.Commerce.Tests;

/// <summary>
/// The library on an own, empty, migrated database. No hosted service runs: tests call what they need. <see cref="SecondProcess"/> is another container on the
/// same database, as another process would be.
/// </summary>
internal sealed class TestCommerce : IAsyncDisposable
{
    public static readonly TenantScope Mall = new("Mall");
    public static readonly TenantScope Other = new("Other");

    /// <summary>Name of the second database, if there is one.</summary>
    public const string Second = "second";

    // made once and copied: migrating took longer than most tests
    private static readonly Lazy<Task<string>> SqliteTemplate = new(() => MigratedAsync(CommerceDialect.Sqlite));

    private readonly string _folder;
    private readonly string? _second;
    private readonly string? _connectionString;
    private readonly IDataProtectionProvider _dataProtection;
    private readonly bool _ownsFolder;
    private bool _givesBack;
    private readonly Action<IServiceCollection>? _configure;

    private TestCommerce(CommerceDialect dialect, string folder, string? connectionString, string? second, TestPlacement placement, IDataProtectionProvider dataProtection, bool ownsFolder, Action<IServiceCollection>? configure)
    {
        Dialect = dialect;
        _folder = folder;
        _connectionString = connectionString;
        _dataProtection = dataProtection;
        _ownsFolder = ownsFolder;
        _configure = configure;
        (_second, Placement) = (second, placement);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LinkShop:Database:Provider"] = dialect.ToString(),
            ["LinkShop:Database:ConnectionString"] = connectionString,
            ["LinkShop:DataPath"] = folder,
        }).AddInMemoryCollection(second is null ? [] : new Dictionary<string, string?>
        {
            [$"LinkShop:Databases:{Second}:{(dialect == CommerceDialect.Sqlite ? "Folder" : "ConnectionString")}"] = second,
        }).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(dataProtection);
        services.AddSingleton<ICommercePlacement>(placement);
        services.AddSingleton<PostgresSources>(new KeptSources());
        services.AddLinkShopCommerce(configuration);
        configure?.Invoke(services);
        Services = services.BuildServiceProvider();
    }

    public CommerceDialect Dialect { get; }

    /// <summary>Says which tenant is on which database, where there are two, and who is stopped.</summary>
    public TestPlacement Placement { get; }

    /// <summary>One of the databases itself.</summary>
    public ICommerceDatabase DatabaseNamed(string name) => ((PlacedCommerceDatabase)Database).Named(name);

    /// <summary>One of the databases as a move sees it.</summary>
    public TenantStore Store(string name) => TenantStore.Commerce(Dialect, Dialect == CommerceDialect.Postgres ? name.Length == 0 ? ConnectionString : _second! : name.Length == 0 ? SqliteFile : Path.Combine(_second!, "commerce.db"));

    public TestClock Clock { get; } = new();

    public ServiceProvider Services { get; }

    public ICommerceDatabase Database => Get<ICommerceDatabase>();

    public IKeyPools Pools => Get<IKeyPools>();

    public IKeyStock Stock => Get<IKeyStock>();

    public IKeyImporter Importer => Get<IKeyImporter>();

    public IIdempotencyStore Idempotency => Get<IIdempotencyStore>();

    public IOutbox Outbox => Get<IOutbox>();

    public IOutboxAdmin OutboxAdmin => Get<IOutboxAdmin>();

    public ISecretProtector Protector => Get<ISecretProtector>();

    public string SqliteFile => Path.Combine(_folder, "commerce.db");

    public string ConnectionString => _connectionString ?? throw new InvalidOperationException("Not PostgreSQL.");

    /// <summary>Makes an empty database; the calling test is skipped, with the reason, when there is no PostgreSQL.</summary>
    public static async Task<TestCommerce> StartAsync(CommerceDialect dialect, Action<IServiceCollection>? configure = null, bool two = false, bool migrate = true)
    {
        string? connectionString = null;
        var folder = Folder("linkshop-commerce-");
        var second = two && dialect == CommerceDialect.Sqlite ? Folder("linkshop-second-") : null;
        if (dialect == CommerceDialect.Postgres)
        {
            Assert.SkipWhen(PostgresCluster.WhyNot is not null, PostgresCluster.WhyNot ?? "");
            connectionString = migrate ? await TakeAsync() : await (await PostgresCluster.SharedAsync())!.CreateDatabaseAsync();
            second = two ? await TakeAsync() : null;
        }
        else if (migrate)
        {
            foreach (var to in second is null ? (string[])[folder] : [folder, second])
                File.Copy(await SqliteTemplate.Value, Path.Combine(to, "commerce.db"));
        }

        var commerce = new TestCommerce(dialect, folder, connectionString, second, new(), new EphemeralDataProtectionProvider(), ownsFolder: true, configure) { _givesBack = migrate && dialect == CommerceDialect.Postgres };
        if (migrate)
            await commerce.Database.MigrateAsync();
        return commerce;

        static string Folder(string prefix) => Directory.CreateTempSubdirectory(prefix).FullName;
        static async Task<string> TakeAsync() => await (await UsedDatabases.SharedAsync()).TakeAsync();
    }

    /// <summary>The connection string of a migrated database that nobody has open.</summary>
    public static Task<string> MigratedPostgresAsync() => MigratedAsync(CommerceDialect.Postgres);

    /// <summary>A migrated database that nobody has open: the file's path, or the connection string.</summary>
    private static async Task<string> MigratedAsync(CommerceDialect dialect)
    {
        await using var first = await StartAsync(dialect, migrate: false);
        await first.Database.MigrateAsync();
        if (dialect == CommerceDialect.Postgres)
        {
            // it is copied while nobody is connected
            await KeptSources.ForgetAsync(first.ConnectionString);
            return first.ConnectionString;
        }

        await first.Services.DisposeAsync();
        var kept = Directory.CreateTempSubdirectory("linkshop-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(kept, recursive: true);
        File.Copy(first.SqliteFile, Path.Combine(kept, "commerce.db"));
        return Path.Combine(kept, "commerce.db");
    }

    /// <summary>Another container with the same database and data-protection keys.</summary>
    public TestCommerce SecondProcess() => new(Dialect, _folder, _connectionString, _second, Placement, _dataProtection, ownsFolder: false, _configure);

    public T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Counts rows across tenants; the condition is SQL.</summary>
    public Task<long> CountAsync(string table, string condition = "1 = 1")
        => Database.ReadSystemAsync(c => c.QuerySingleOrDefaultAsync<long>($"select count(*) from {table} where {condition}"));

    /// <summary>Makes a pool and fills it.</summary>
    public async Task<long> PoolWithAsync(TenantScope scope, int keys, KeyPickOrder order = KeyPickOrder.Oldest, string name = "pool", int threshold = 0)
    {
        var pool = await Pools.CreateAsync(scope, new KeyPoolSettings(name, order, threshold));
        if (keys > 0)
        {
            await ImportAsync(scope, pool.Id, string.Concat(Enumerable.Range(1, keys).Select(i => $"KEY-{name}-{i:D6}\n")));
        }

        return pool.Id;
    }

    public async Task<KeyImportReport> ImportAsync(TenantScope scope, long poolId, string text, KeyFileFormat format = KeyFileFormat.Text)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        return await Importer.ImportAsync(scope, poolId, stream, format, "test");
    }

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        var giveBack = Interlocked.Exchange(ref _givesBack, false);
        foreach (var database in giveBack ? (string?[])[_connectionString, _second] : [])
        {
            if (database is not null)
            {
                await (await UsedDatabases.SharedAsync()).GiveBackAsync(database);
            }
        }

        if (_ownsFolder)
        {
            Directory.Delete(_folder, recursive: true);
            if (_second is not null && Directory.Exists(_second))
            {
                Directory.Delete(_second, recursive: true);
            }
        }
    }
}

/// <summary>Tenants and where they are; the others are on the main database.</summary>
internal sealed class TestPlacement : ICommercePlacement
{
    public System.Collections.Concurrent.ConcurrentDictionary<string, CommercePlace> Places { get; } = new(StringComparer.Ordinal);

    public CommercePlace PlaceOf(string tenant) => Places.GetValueOrDefault(tenant);
}

/// <summary>A clock that tests move forward.</summary>
internal sealed class TestClock : TimeProvider
{
    // far from the ends of hours, days and months, whenever the tests run
    private static readonly DateTimeOffset Start = new(2026, 3, 11, 2, 17, 0, TimeSpan.Zero);
    private static readonly long Started = Stopwatch.GetTimestamp();
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => Start + Stopwatch.GetElapsedTime(Started) + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
}

/// <summary>Tests that measure time run when nothing else does.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class Alone;
