using LinkShop.Testing;
using LinkShop.Web.Placement;
using LinkShop.Web.Tests.Processes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LinkShop.Web.Tests.Placement;

/// <summary>The command died here, as far as the databases can tell.</summary>
internal sealed class Died() : Exception("The command died.");

/// <summary>An installation with a second database, and the command that moves shops, as a process or inside of the test.</summary>
internal sealed class Installation : IAsyncDisposable
{
    public const string Shop = "GameCards";
    public const string Second = "second";

    private readonly string _folder;

    private Installation(string folder, string? postgres, string second)
    {
        _folder = folder;
        var settings = Buyer.NoLimits;
        settings[$"LinkShop:Databases:{Second}:{(postgres is null ? "Folder" : "ConnectionString")}"] = second;
        Options = new ServerOptions(Path.Combine(folder, "data"), postgres, settings);
        Directory.CreateDirectory(Options.DataPath!);
    }

    public ServerOptions Options { get; }

    public static async Task<Installation> CreateAsync(string database)
    {
        Assert.SkipWhen(database == "postgres" && PostgresCluster.WhyNot is not null, PostgresCluster.WhyNot ?? "");
        var folder = Directory.CreateTempSubdirectory("linkshop-placement-").FullName;
        var cluster = database == "postgres" ? await PostgresCluster.SharedAsync() : null;
        return cluster is null
            ? new Installation(folder, null, Path.Combine(folder, "second"))
            : new Installation(folder, await cluster.CreateDatabaseAsync(), await cluster.CreateDatabaseAsync());
    }

    public Task<(int ExitCode, string Output)> RunAsync(string command) => LinkShopServer.RunCommandAsync(command, Options);

    /// <summary>Runs the command inside of the test.</summary>
    /// <param name="to">The database; null to abandon.</param>
    /// <param name="beforeStep">Hears of each step.</param>
    /// <param name="configure">Adds to the services.</param>
    public async Task<(int ExitCode, string Output)> MoveAsync(string? to, Action<string>? beforeStep = null, Action<IServiceCollection>? configure = null, string shop = Shop)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(Options.Settings!.ToDictionary(s => s.Key, string? (s) => s.Value)).AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LinkShop:DataPath"] = Options.DataPath,
            ["LinkShop:Database:Provider"] = Options.Postgres is null ? "Sqlite" : "Postgres",
            ["LinkShop:Database:ConnectionString"] = Options.Postgres,
        });
        builder.Logging.ClearProviders();
        MoveShopCommand.AddServices(builder.Services, builder.Configuration);
        using var output = new StringWriter();
        builder.Services.AddSingleton(new MoveOptions { Grace = TimeSpan.FromMilliseconds(100), Linger = TimeSpan.Zero, BeforeStep = beforeStep, Output = output });
        configure?.Invoke(builder.Services);
        using var host = builder.Build();
        return (await host.Services.GetRequiredService<ShopMover>().RunAsync(shop, to), output.ToString());
    }

    public async Task AssertVerifiedAsync()
    {
        var (code, output) = await RunAsync("verify");
        Assert.True(code == 0, output);
    }

    public ValueTask DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
