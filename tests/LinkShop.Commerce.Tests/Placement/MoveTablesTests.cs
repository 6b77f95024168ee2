using System.Text.RegularExpressions;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Placement.Moving;
using Microsoft.Data.Sqlite;
using Npgsql;
using static LinkShop.Commerce.Tests.TestCommerce;

namespace LinkShop.Commerce.Tests.Placement;

/// <summary>The tables that the migrations make, and what a move knows of them.</summary>
public sealed partial class MoveTablesTests
{
    // the installation's, and the move's own; each has a reason not to go along
    private static readonly string[] Staying = ["schema_version", "tenant_move"];

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Every_table_of_the_migrations_moves_with_its_tenant(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var moved = (await commerce.Store("").TablesAsync()).Select(t => t.Name).ToHashSet(StringComparer.Ordinal);
        var made = MigrationScripts.For(dialect).SelectMany(s => CreateTable().Matches(Uncommented(s.Sql)).Select(m => m.Groups[1].Value)).Where(t => !t.EndsWith("_new", StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(new HashSet<string> { "orders", "shop_log", "supply_line", "ticket", "shop_plan_term" }, made);
        // a table without the tenant's column would stay behind unnoticed
        Assert.Empty(made.Except(moved).Except(Staying).Order());
        Assert.Empty(moved.Except(made).Order());
        // and those that removing a tenant empties or keeps are the same ones
        Assert.Empty(moved.Except(TenantErasure.Erased).Except(TenantErasure.Kept).Order());
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Every_number_that_the_database_makes_is_known_to_a_move(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var tables = await commerce.Store("").TablesAsync();
        Assert.NotEmpty(commerce.Store("").SpacesOf(tables));
        // and the ones named are there
        var columns = tables.SelectMany(t => t.Columns.Select(c => (t.Name, c.Name))).ToHashSet();
        Assert.All(StoreKind.Commerce.Spaces!.SelectMany(s => s.All), c => Assert.Contains(c, columns));
        Assert.True(tables.ToList().FindIndex(t => t.Name == "orders") < tables.ToList().FindIndex(t => t.Name == "deliveries"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_database_that_is_ahead_of_the_placements_number_gets_it_all_the_same(CommerceDialect dialect)
    {
        const int Placement = 16, Later = 42;
        await using var commerce = await StartAsync(dialect, migrate: false);
        var scripts = MigrationScripts.For(dialect);
        Assert.Contains(scripts, s => s.Number > Placement);
        // what was written after it came into the list runs after it
        await AsBeforeAsync(commerce, [.. scripts.Where(s => s.Number is not Placement and < Later)]);
        await Assert.ThrowsAnyAsync<Exception>(() => commerce.CountAsync("tenant_move"));

        await commerce.Database.MigrateAsync();
        Assert.Equal(0, await commerce.CountAsync("tenant_move"));
        Assert.Equal(scripts.Count, await commerce.CountAsync("schema_version"));
    }

    private static async Task AsBeforeAsync(TestCommerce commerce, IReadOnlyList<MigrationScript> scripts)
    {
        var sqlite = commerce.Dialect == CommerceDialect.Sqlite;
        await using System.Data.Common.DbConnection connection = sqlite
            ? new SqliteConnection($"Data Source={commerce.SqliteFile};Pooling=false")
            : new NpgsqlConnection(new NpgsqlConnectionStringBuilder(commerce.ConnectionString) { SearchPath = "commerce", Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        await RunAsync((sqlite ? "" : "create schema commerce; ") + "create table schema_version (number integer primary key, name text not null, applied_at bigint not null)");
        foreach (var script in scripts)
        {
            await RunAsync(script.Sql);
            await RunAsync($"insert into schema_version (number, name, applied_at) values ({script.Number}, '{script.Name}', 0)");
        }

        async Task RunAsync(string sql)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }
    }

    // lines of the other engine, and what is said about the tables
    private static string Uncommented(string sql) => string.Join('\n', sql.Split('\n').Where(l => !l.TrimStart().StartsWith("--", StringComparison.Ordinal)));

    [GeneratedRegex(@"create table (?:if not exists )?(\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex CreateTable();
}
