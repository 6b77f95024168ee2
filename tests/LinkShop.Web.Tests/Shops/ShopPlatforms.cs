using LinkShop.Testing;

namespace LinkShop.Web.Tests.Shops;

/// <summary>A platform on each database, started when a test first wants it.</summary>
public sealed class ShopPlatforms : IAsyncDisposable
{
    private static readonly Dictionary<string, string> s_settings = new()
    {
        ["LinkShop:RateLimits:Enabled"] = "false",
        ["LinkShop:Ordering:MaxUnpaidPerAddress"] = "100000",
        ["OrchardCore:OrchardCore_Users:SignInAttemptsPerMinute"] = "10000",
        ["LinkShop:PlatformDomain"] = "shops.test",
    };

    private static int s_names;
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly Dictionary<string, LinkShopServer> _servers = [];

    public static TheoryData<string> Databases => ["sqlite", "postgres"];

    /// <summary>A word that no test used before; two of them don't look alike.</summary>
    public static string Word()
    {
        const string letters = "abcdefghkmptuxyz";
        return "t" + string.Concat(Guid.NewGuid().ToByteArray().Take(9).Select(b => letters[b % letters.Length])) + letters[Interlocked.Increment(ref s_names) % letters.Length];
    }

    internal async Task<LinkShopServer> OnAsync(string database)
    {
        Assert.SkipWhen(database == "postgres" && PostgresCluster.WhyNot is not null, PostgresCluster.WhyNot ?? "");
        await _starting.WaitAsync();
        try
        {
            if (!_servers.TryGetValue(database, out var server))
            {
                var postgres = database == "postgres" ? await (await PostgresCluster.SharedAsync())!.CreateDatabaseAsync() : null;
                _servers[database] = server = await LinkShopServer.StartAsync(new ServerOptions(Postgres: postgres, Settings: s_settings));
            }

            return server;
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
            await server.DisposeAsync();
    }
}

[CollectionDefinition("shops")]
public sealed class ShopTests : ICollectionFixture<ShopPlatforms>;
