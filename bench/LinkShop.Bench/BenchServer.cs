using LinkShop.Testing;

namespace LinkShop.Bench;

/// <summary>A server for a bench, on SQLite or on its own durable PostgreSQL cluster, with the limits on abuse out of the way.</summary>
internal sealed class BenchServer : IAsyncDisposable
{
    private readonly PostgresCluster? _cluster;

    private BenchServer(LinkShopServer server, PostgresCluster? cluster, string? connectionString)
    {
        Server = server;
        ConnectionString = connectionString;
        _cluster = cluster;
    }

    public LinkShopServer Server { get; }

    /// <summary>Of the PostgreSQL database; null on SQLite.</summary>
    public string? ConnectionString { get; }

    public static async Task<BenchServer> StartAsync(bool postgres, IReadOnlyDictionary<string, string>? settings = null)
    {
        var cluster = postgres ? await PostgresCluster.StartAsync(durable: true) : null;
        var all = new Dictionary<string, string>
        {
            // one address sends everything here
            ["LinkShop:RateLimits:Enabled"] = "false",
            ["LinkShop:Ordering:MaxUnpaidPerAddress"] = "1000000",
            ["Logging:LogLevel:Default"] = "Warning",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
            all[key] = value;
        var connection = cluster is null ? null : await cluster.CreateDatabaseAsync();
        return new BenchServer(await LinkShopServer.StartAsync(new ServerOptions(Postgres: connection, Settings: all)), cluster, connection);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }
}
