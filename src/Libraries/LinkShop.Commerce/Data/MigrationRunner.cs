using System.Globalization;
using Npgsql;

namespace LinkShop.Commerce.Data;

/// <summary>Applies missing scripts, each with its version row in one transaction, while other processes wait.</summary>
internal static class MigrationRunner
{
    // any number, as long as all processes agree on it
    private const long LockKey = 0x4C69_6E6B_5368_6F70;

    public static void Run(SqliteHandle handle, CancellationToken cancellationToken)
    {
        foreach (var script in MigrationScripts.For(CommerceDialect.Sqlite))
        {
            cancellationToken.ThrowIfCancellationRequested();
            handle.Script("begin exclusive; create table if not exists schema_version (number integer primary key, name text not null, applied_at integer not null) strict;");
            try
            {
                if (!IsApplied(handle, script.Number))
                {
                    handle.Script(script.Sql);
                    handle.Script(Record(script));
                }

                handle.Script("commit");
            }
            catch
            {
                // a full disk has ended the transaction already, and that error is the one to hear of
                if (handle.InTransaction)
                    handle.Script("rollback");
                throw;
            }
        }
    }

    public static async Task RunAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        // nearly every start has nothing to do: five round trips for each script would be for nothing
        var applied = await AppliedAsync(connection, cancellationToken).ConfigureAwait(false);
        foreach (var script in MigrationScripts.For(CommerceDialect.Postgres).Where(s => !applied.Contains(s.Number)))
        {
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using var ending = transaction.ConfigureAwait(false);
            await ExecuteAsync(connection, $"select pg_advisory_xact_lock({LockKey})").ConfigureAwait(false);
            await ExecuteAsync(connection, "create schema if not exists commerce; create table if not exists commerce.schema_version (number integer primary key, name text not null, applied_at bigint not null)").ConfigureAwait(false);
            using var query = new NpgsqlCommand("select count(*) from commerce.schema_version where number = $1", connection) { Parameters = { new() { Value = script.Number } } };
            if (await query.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is 0L)
            {
                await ExecuteAsync(connection, script.Sql).ConfigureAwait(false);
                await ExecuteAsync(connection, Record(script)).ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }

        async Task ExecuteAsync(NpgsqlConnection on, string sql)
        {
            using var command = new NpgsqlCommand(sql, on);
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<HashSet<int>> AppliedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = new HashSet<int>();
        using var exists = new NpgsqlCommand("select to_regclass('commerce.schema_version') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is false)
            return applied;
        using var query = new NpgsqlCommand("select number from commerce.schema_version", connection);
        var reader = await query.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            applied.Add(reader.GetInt32(0));
        return applied;
    }

    private static string Record(MigrationScript script)
        => string.Create(CultureInfo.InvariantCulture, $"insert into schema_version (number, name, applied_at) values ({script.Number}, '{script.Name}', {DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()})");

    private static bool IsApplied(SqliteHandle handle, int number)
    {
        var statement = handle.Prepare(SqlText.Of("select count(*) from schema_version where number = @number"));
        try
        {
            statement.Bind(new { number }, null);
            return statement.Step() && statement.GetInt64(0) > 0;
        }
        finally
        {
            statement.Reset();
        }
    }
}
