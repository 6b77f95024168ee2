using System.Data.Common;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Placement;
using LinkShop.Commerce.Placement.Moving;
using LinkShop.Testing;
using LinkShop.Web.Placement;
using LinkShop.Web.Tests.Processes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LinkShop.Web.Tests.Placement;

/// <summary>The command died here, as far as the databases can tell.</summary>
internal sealed class Died() : Exception("The command died.");

/// <summary>An installation with a second database, and the command that moves shops, as a process or inside of the test.</summary>
internal sealed class Installation : IAsyncDisposable
{
    public const string Shop = "GameCards";
    public const string Second = "second";

    private readonly string _folder;
    private readonly string _second;

    private Installation(string folder, ServerOptions options, string second)
    {
        (_folder, Options, _second) = (folder, options, second);
        Directory.CreateDirectory(Options.DataPath!);
    }

    public ServerOptions Options { get; }

    public static async Task<Installation> CreateAsync(string database)
    {
        Assert.SkipWhen(database == "postgres" && PostgresCluster.WhyNot is not null, PostgresCluster.WhyNot ?? "");
        var folder = Directory.CreateTempSubdirectory("linkshop-placement-").FullName;
        var (kind, second) = database == "postgres" ? ("ConnectionString", await (await PostgresCluster.SharedAsync())!.CreateDatabaseAsync()) : ("Folder", Path.Combine(folder, "second"));
        var settings = new Dictionary<string, string>(Buyer.NoLimits) { [$"LinkShop:Databases:{Second}:{kind}"] = second };
        return new Installation(folder, await Demo.OptionsAsync(database, Path.Combine(folder, "data"), settings), second);
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

    /// <summary>The tables of a database as a move sees them.</summary>
    public IReadOnlyList<TenantStore> Stores(string database)
    {
        var main = database == DatabaseNames.Main;
        if (Options.Postgres is { } postgres)
        {
            var place = main ? postgres : _second;
            return [TenantStore.Commerce(CommerceDialect.Postgres, place), TenantStore.Content(CommerceDialect.Postgres, place)];
        }

        var folder = main ? Options.DataPath! : _second;
        return [TenantStore.Commerce(CommerceDialect.Sqlite, Path.Combine(folder, "commerce.db")), TenantStore.Content(CommerceDialect.Sqlite, Path.Combine(folder, "content.db"))];
    }

    /// <summary>All tables of the main database, with <c>commerce.</c> or <c>content.</c> before the name.</summary>
    public async Task<IReadOnlyList<string>> TablesAsync()
    {
        if (Options.Postgres is { } postgres)
        {
            await using var connection = new NpgsqlConnection(postgres);
            return await ReadAsync(connection, "select schemaname || '.' || tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema')");
        }

        var tables = new List<string>();
        foreach (var kind in new[] { "commerce", "content" })
        {
            await using var connection = new SqliteConnection($"Data Source={Path.Combine(Options.DataPath!, kind + ".db")};Pooling=false");
            tables.AddRange(await ReadAsync(connection, $"select '{kind}.' || name from sqlite_master where type = 'table' and name not like 'sqlite%'"));
        }

        return tables;
    }

    /// <summary>Changes commerce rows of a database behind everybody's back.</summary>
    public async Task<int> CorruptAsync(string database, string sql)
    {
        var place = database == DatabaseNames.Main ? Options.Postgres ?? Options.DataPath! : _second;
        await using DbConnection connection = Options.Postgres is null
            ? new SqliteConnection($"Data Source={Path.Combine(place, "commerce.db")};Pooling=false")
            : new NpgsqlConnection(new NpgsqlConnectionStringBuilder(place) { SearchPath = "commerce" }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }

    private static async Task<List<string>> ReadAsync(DbConnection connection, string sql)
    {
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }

    public async Task AssertVerifiedAsync()
    {
        var (code, output) = await RunAsync("verify");
        Assert.True(code == 0, output);
    }

    public ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
