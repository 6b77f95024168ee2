using LinkShop.Testing;

namespace LinkShop.Web.Tests.Shops;

/// <summary>A platform on each database, started when a test first wants it.</summary>
public sealed class ShopPlatforms : IAsyncDisposable
{
    private static readonly Dictionary<string, string> s_common = new()
    {
        ["LinkShop:RateLimits:Enabled"] = "false",
        ["LinkShop:Ordering:MaxUnpaidPerAddress"] = "100000",
        ["OrchardCore:OrchardCore_Users:SignInAttemptsPerMinute"] = "10000",
        ["LinkShop:PlatformDomain"] = "shops.test",
        ["LinkShop:Shops:DomainCheckSeconds"] = "0",
        ["LinkShop:Maintenance:SweepSeconds"] = "1",
    };

    private static int s_names;
    private readonly Dictionary<string, string> _settings;
    private string? _postgres;
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly Dictionary<string, LinkShopServer> _servers = [];

    public ShopPlatforms() => _settings = new(s_common) { ["LinkShop:Shops:DnsServer"] = Dns.Address };

    /// <summary>The name server that the platforms ask about domains.</summary>
    internal DnsServer Dns { get; } = new();

    public static TheoryData<string> Databases => ["sqlite", "postgres"];

    /// <summary>What is taken for a PNG.</summary>
    public static byte[] Png => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3, 4, 5, 6, 7, 8];

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
                var options = await Demo.OptionsAsync(database, settings: _settings);
                _postgres ??= options.Postgres;
                _servers[database] = server = await LinkShopServer.StartAsync(options);
            }

            return server;
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Another process of the platform on PostgreSQL.</summary>
    internal async Task<LinkShopServer> SecondAsync()
    {
        var first = await OnAsync("postgres");
        return await LinkShopServer.StartAsync(new ServerOptions(first.DataPath, _postgres, _settings));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
            await server.DisposeAsync();
        Dns.Dispose();
    }
}

[CollectionDefinition("shops")]
public sealed class ShopTests : ICollectionFixture<ShopPlatforms>;
