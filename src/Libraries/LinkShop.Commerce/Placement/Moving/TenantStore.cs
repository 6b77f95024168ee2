using System.Data.Common;
using LinkShop.Commerce.Data;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LinkShop.Commerce.Placement.Moving;

/// <summary>Where a tenant stands in a database that it leaves or comes to.</summary>
internal enum MoveRole
{
    /// <summary>Its rows are here and must not change.</summary>
    Leaving,

    /// <summary>Its rows are being copied to here.</summary>
    Arriving,

    /// <summary>Its rows are in another database by now; what is here may be deleted.</summary>
    Gone,
}

/// <summary>The tables of one kind in one database, as a move of a tenant sees them. Below <see cref="ICommerceDatabase"/>, since a move is about tables and not about what they mean.</summary>
internal sealed partial class TenantStore(CommerceDialect dialect, string place, StoreKind kind)
{
    private readonly bool _sqlite = dialect == CommerceDialect.Sqlite;

    /// <summary>The kind of tables.</summary>
    public StoreKind Kind => kind;

    /// <param name="dialect">The engine.</param>
    /// <param name="place">The file or connection string.</param>
    public static TenantStore Commerce(CommerceDialect dialect, string place) => new(dialect, place, StoreKind.Commerce);

    /// <param name="dialect">The engine.</param>
    /// <param name="place">The file or connection string.</param>
    public static TenantStore Content(CommerceDialect dialect, string place) => new(dialect, place, StoreKind.Content);

    /// <summary>Says where the tenant stands here.</summary>
    public async Task MarkAsync(string tenant, MoveRole role)
    {
        await using var connection = await OpenAsync().ConfigureAwait(false);
        await ExecuteAsync(connection, $"""
            insert into tenant_move (tenant, role) values ({Literal(tenant)}, '{role}') on conflict (tenant) do update set role = excluded.role
            """).ConfigureAwait(false);
    }

    /// <summary>Deletes the tenant's rows, referring ones first. The tenant must be <see cref="MoveRole.Arriving"/> or <see cref="MoveRole.Gone"/>: the books refuse otherwise.</summary>
    public async Task EraseAsync(string tenant)
    {
        await using var connection = await OpenAsync().ConfigureAwait(false);
        if (await ScalarAsync(connection, $"select role from tenant_move where tenant = {Literal(tenant)}").ConfigureAwait(false) is not (nameof(MoveRole.Arriving) or nameof(MoveRole.Gone)))
            throw new InvalidOperationException($"The rows of '{tenant}' in this database are the ones in use.");
        foreach (var table in (await TablesAsync(connection).ConfigureAwait(false)).Reverse())
            await ExecuteAsync(connection, $"delete from {Quote(table.Name)} where {Quote(kind.TenantColumn)} = {Literal(tenant)}").ConfigureAwait(false);
    }

    /// <summary>How many messages of the tenant a worker has at this moment.</summary>
    public async Task<long> LeasedAsync(string tenant, DateTimeOffset now)
    {
        await using var connection = await OpenAsync().ConfigureAwait(false);
        return (long)(await ScalarAsync(connection, $"select count(*) from outbox where tenant = {Literal(tenant)} and owner is not null and due_at > {now.ToUnixTimeMilliseconds()}").ConfigureAwait(false))!;
    }

    private async Task<DbConnection> OpenAsync()
    {
        if (!_sqlite)
        {
            var postgres = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(place) { SearchPath = kind.Schema, Pooling = false, CommandTimeout = 0, ApplicationName = "linkshop move" }.ConnectionString);
            await postgres.OpenAsync().ConfigureAwait(false);
            return postgres;
        }

        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = place, Pooling = false, DefaultTimeout = 60 }.ConnectionString);
        await connection.OpenAsync().ConfigureAwait(false);
        await ExecuteAsync(connection, "pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on; pragma recursive_triggers=on; pragma busy_timeout=60000").ConfigureAwait(false);
        return connection;
    }

    private static async Task ExecuteAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync().ConfigureAwait(false);
    }

    private static async Task<object?> ScalarAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync().ConfigureAwait(false) is var value and not DBNull ? value : null;
    }

    private static async Task<List<string?[]>> RowsAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        var rows = new List<string?[]>();
        while (await reader.ReadAsync().ConfigureAwait(false))
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : Convert.ToString(reader.GetValue(i), System.Globalization.CultureInfo.InvariantCulture))]);
        return rows;
    }

    private static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
