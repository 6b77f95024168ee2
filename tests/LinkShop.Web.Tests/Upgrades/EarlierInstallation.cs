using System.IO.Compression;
using System.Text.Json;
using LinkShop.Testing;
using LinkShop.Web.Tests.Processes;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LinkShop.Web.Tests.Upgrades;

/// <summary>An order of an earlier installation, as its buyer knew it before the upgrade.</summary>
internal sealed record EarlierOrder(string Id, string Token, long Total, string Key);

/// <summary>A copy of the data that an earlier version left (folder <c>Installations</c>): files of the data folder, on PostgreSQL a dump, and what its buyers hold.</summary>
internal sealed class EarlierInstallation : IDisposable
{
    private readonly string _folder;

    private EarlierInstallation(string folder, string? postgres)
    {
        _folder = folder;
        Options = new ServerOptions(folder, postgres, Buyer.NoLimits);
        Orders = JsonSerializer.Deserialize<EarlierOrder[]>(File.ReadAllText(Path.Combine(folder, "orders.json")), JsonSerializerOptions.Web)!;
    }

    public ServerOptions Options { get; }

    public IReadOnlyList<EarlierOrder> Orders { get; }

    /// <param name="day">The day of the version.</param>
    /// <param name="database"><c>sqlite</c> or <c>postgres</c>.</param>
    public static async Task<EarlierInstallation> CopyAsync(string day, string database)
    {
        Assert.SkipWhen(database == "postgres" && PostgresCluster.WhyNot is not null, PostgresCluster.WhyNot ?? "");
        var folder = Directory.CreateTempSubdirectory("linkshop-upgrade-").FullName;
        ZipFile.ExtractToDirectory(Path.Combine(Repository.Root, "tests", "LinkShop.Web.Tests", "Upgrades", "Installations", $"{day}-{database}.zip"), folder);
        return new EarlierInstallation(folder, database == "postgres" ? await RestoreAsync(folder) : null);
    }

    private static async Task<string> RestoreAsync(string folder)
    {
        var connectionString = await (await PostgresCluster.SharedAsync())!.CreateDatabaseAsync();
        // the dump changes the session's settings; none of that may come back from a pool
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(await File.ReadAllTextAsync(Path.Combine(folder, "database.sql")), connection);
        await command.ExecuteNonQueryAsync();
        return connectionString;
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
