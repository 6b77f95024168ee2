using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LinkShop.Bench;

/// <summary>Puts paid and delivered orders of former days into a running server's database, so that a bench can tell whether orders get dearer with them. <c>verify</c> finds nothing wrong with them.</summary>
internal static class StoredHistory
{
    private const int Chunk = 20_000;
    private const string Numbers = "with recursive n (i) as (select cast(@from as bigint) union all select i + 1 from n where i + 1 < @to) ";

    // {id} is the order's id, {key} the key's; the dialects differ in padding, booleans and hashes only
    private static readonly string[] Statements =
    [
        """
        insert into card_key (id, tenant, pool_id, batch_id, state, key_hash, secret, order_id, order_line, delivered_at)
        select {key}, @tenant, @pool, @batch, 'Delivered', {hash}, {hash}, {id}, 1, {at} from n
        """,
        """
        insert into orders (tenant, id, state, fulfilment, currency, subtotal, discount, total, captured, refunded, refund_due, captured_payment, undeliverable,
          contact_hash, culture, created_at, reserved_until, paid_at, fulfilled_at)
        select @tenant, {id}, 'Fulfilled', 'Done', 'CNY', 100, 0, 100, 100, 0, 0, 'sandbox/stored-' || i, {false}, {hash}, 'zh-CN', {at}, {at}, {at}, {at} from n
        """,
        """
        insert into order_lines (tenant, order_id, line, sku_id, version, quantity, unit_price, surcharge, discount, total)
        select @tenant, {id}, 1, @sku, @version, 1, 100, 0, 0, 100 from n
        """,
        """
        insert into payment_events (tenant, provider, event_id, order_id, payment_id, kind, amount, currency, occurred_at, received_at)
        select @tenant, 'sandbox', 'stored-' || i, {id}, 'stored-' || i, 'Paid', 100, 'CNY', {at}, {at} from n
        """,
        """
        insert into payments (tenant, order_id, provider, payment_id, paid, refunded, disputed, dispute_won, dispute_lost, superseded, refund_due, first_at)
        select @tenant, {id}, 'sandbox', 'stored-' || i, 100, 0, {false}, {false}, {false}, {false}, 0, {at} from n
        """,
        "insert into deliveries (tenant, order_id, line, unit, key_id, at) select @tenant, {id}, 1, 1, {key}, {at} from n",
        "insert into order_log (tenant, order_id, id, at, kind) select @tenant, {id}, 'stored', {at}, 'viewed' from n",
    ];

    public static async Task AddAsync(BenchServer bench, BenchGoods goods, int orders)
    {
        var postgres = bench.ConnectionString is not null;
        await using DbConnection connection = postgres
            ? new NpgsqlConnection(bench.ConnectionString + ";Search Path=commerce;Command Timeout=300")
            : new SqliteConnection("Data Source=" + Directory.GetFiles(bench.Server.DataPath, "commerce.db", SearchOption.AllDirectories).Single());
        await connection.OpenAsync();
        var tenant = await FindAsync(connection, $"select tenant from key_pool where name = '{BenchGoods.PoolName}'");
        var pool = await FindAsync(connection, $"select id from key_pool where name = '{BenchGoods.PoolName}'");
        var version = await FindAsync(connection, $"select max(version) from offer_versions where sku_id = '{goods.SkuId}'");
        var first = Convert.ToInt64(await FindAsync(connection, "select coalesce(max(id), 0) + 1 from card_key"), CultureInfo.InvariantCulture);
        var batch = await FindAsync(connection, string.Create(CultureInfo.InvariantCulture, $"""
            insert into key_batch (tenant, pool_id, state, source, imported, first_id, last_id, created_at, alive_at)
            values ('{tenant}', {pool}, 'Active', 'bench', {orders}, {first}, {first + orders - 1}, 1, 1) returning id
            """));
        for (var from = 0; from < orders; from += Chunk)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var statement in Statements)
            {
                await using var command = connection.CreateCommand();
                command.Transaction = transaction;
                command.CommandText = Translate(statement, postgres);
                foreach (var (name, value) in new (string, object)[]
                {
                    ("from", (long)from), ("to", (long)Math.Min(from + Chunk, orders)), ("first", first), ("tenant", tenant), ("pool", pool), ("batch", batch), ("sku", goods.SkuId), ("version", version),
                })
                {
                    if (command.CommandText.Contains("@" + name, StringComparison.Ordinal))
                    {
                        var parameter = command.CreateParameter();
                        (parameter.ParameterName, parameter.Value) = ("@" + name, value);
                        command.Parameters.Add(parameter);
                    }
                }
                await command.ExecuteNonQueryAsync();
            }
            await transaction.CommitAsync();
        }
        await using var after = connection.CreateCommand();
        after.CommandText = postgres ? "select setval(pg_get_serial_sequence('card_key', 'id'), (select max(id) from card_key)); analyze;" : "pragma wal_checkpoint(passive)";
        await after.ExecuteNonQueryAsync();
    }

    private static string Translate(string statement, bool postgres)
    {
        var at = statement.IndexOf("select", StringComparison.Ordinal);
        return (statement[..at] + Numbers + statement[at..])
            .Replace("{id}", postgres ? "'01' || lpad(i::text, 24, '0')" : "'01' || substr('000000000000000000000000' || i, -24)", StringComparison.Ordinal)
            .Replace("{key}", "@first + i", StringComparison.Ordinal)
            .Replace("{hash}", postgres ? "sha256(i::text::bytea)" : "randomblob(32)", StringComparison.Ordinal)
            .Replace("{false}", postgres ? "false" : "0", StringComparison.Ordinal)
            .Replace("{at}", "1700000000000 + i", StringComparison.Ordinal);
    }

    private static async Task<object> FindAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync() ?? throw new InvalidOperationException("Nothing found: " + sql);
    }
}
