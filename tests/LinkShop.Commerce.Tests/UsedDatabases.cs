using System.Collections.Concurrent;
using LinkShop.Commerce.Data;
using LinkShop.Testing;
using Npgsql;

namespace LinkShop.Commerce.Tests;

/// <summary>
/// PostgreSQL databases that a test is done with, emptied for the next one, with the connections to them: making a database and connections that know its tables was more than half of what all tests cost.
/// One that is still in use, whose schema isn't the template's any more, or that has grown, is dropped instead.
/// </summary>
internal sealed class UsedDatabases
{
    private static readonly Lazy<Task<UsedDatabases>> Shared = new(StartAsync);

    // what a test could change, by who wrote it last; analyze and vacuum write in place
    private const string Schema = """
        select concat_ws(' ',
            (select count(*) || ' ' || sum(xmin::text::bigint) from pg_class where oid >= 16384),
            (select count(*) || ' ' || sum(xmin::text::bigint) from pg_attribute where attrelid >= 16384),
            (select count(*) || ' ' || sum(xmin::text::bigint) from pg_constraint where oid >= 16384),
            (select count(*) || ' ' || sum(xmin::text::bigint) from pg_trigger),
            (select count(*) || ' ' || sum(xmin::text::bigint) from pg_proc where oid >= 16384))
        """;

    private const string Use = """
        select count(*), count(*) filter (where state <> 'idle'), pg_database_size(current_database()) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
        """;

    // the ledger's triggers refuse deletes, and foreign keys want an order of them; the migrations' own rows stay
    private const string Empty = """
        do $$
        declare name text;
        begin
            perform set_config('session_replication_role', 'replica', true);
            for name in select oid::regclass from pg_class
                where relkind = 'r' and relnamespace = 'commerce'::regnamespace and relname <> 'schema_version' and pg_relation_size(oid) > 0
            loop
                execute 'delete from ' || name;
            end loop;
            perform setval(seqrelid, seqstart, false) from pg_sequence;
        end $$
        """;

    private const long GrownBytes = 4 << 20;
    private const long ManyConnections = 8;

    private readonly ConcurrentBag<string> _empty = [];
    private readonly PostgresCluster _cluster;
    private readonly string _template;
    private readonly string _schema;
    private readonly long _size;

    private UsedDatabases(PostgresCluster cluster, string template, string schema, long size) => (_cluster, _template, _schema, _size) = (cluster, template, schema, size);

    /// <summary>Those of this test process.</summary>
    public static Task<UsedDatabases> SharedAsync() => Shared.Value;

    /// <summary>The connection string of an empty, migrated database.</summary>
    public async Task<string> TakeAsync() => _empty.TryTake(out var used) ? used : await _cluster.CreateDatabaseAsync(_template);

    /// <summary>Takes back what its test is done with.</summary>
    public async Task GiveBackAsync(string database)
    {
        // what a test opened by itself
        NpgsqlConnection.ClearPool(new(database));
        if (await EmptyAsync(database))
        {
            _empty.Add(database);
            return;
        }

        await KeptSources.ForgetAsync(database);
        await _cluster.DropDatabaseAsync(database);
    }

    private async Task<bool> EmptyAsync(string database)
    {
        var source = KeptSources.Of(database);
        await using var connection = await source.OpenConnectionAsync();
        var (connections, busy, size) = await UseAsync(connection);
        if (busy > 0 || size > _size + GrownBytes || await SchemaAsync(connection) != _schema)
            return false;
        await using (var command = new NpgsqlCommand(Empty, connection))
            await command.ExecuteNonQueryAsync();
        // the server has a limit for all databases together
        if (connections > ManyConnections)
            source.Clear();
        return true;
    }

    /// <summary>A pool of its own template.</summary>
    public static async Task<UsedDatabases> StartAsync()
    {
        var template = await TestCommerce.MigratedPostgresAsync();
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(template) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return new((await PostgresCluster.SharedAsync())!, template, await SchemaAsync(connection), (await UseAsync(connection)).Size);
    }

    private static async Task<(long Connections, long Busy, long Size)> UseAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Use, connection);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }

    private static async Task<string> SchemaAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Schema, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}

/// <summary>One pool of connections for a database, whoever uses it.</summary>
internal sealed class KeptSources : PostgresSources
{
    private static readonly ConcurrentDictionary<string, NpgsqlDataSource> Kept = new(StringComparer.Ordinal);

    /// <summary>The pool of a database that somebody has used.</summary>
    public static NpgsqlDataSource Of(string database) => Kept[NameOf(database)];

    /// <summary>Closes the connections to a database.</summary>
    public static async Task ForgetAsync(string database)
    {
        if (Kept.TryRemove(NameOf(database), out var source))
            await source.DisposeAsync();
    }

    public override NpgsqlDataSource Open(string connectionString) => Kept.GetOrAdd(NameOf(connectionString), _ => base.Open(connectionString));

    public override void Close(NpgsqlDataSource source)
    {
    }

    public override ValueTask CloseAsync(NpgsqlDataSource source) => ValueTask.CompletedTask;

    private static string NameOf(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Database!;
}
