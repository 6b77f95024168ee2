using System.Diagnostics;
using Npgsql;

namespace LinkShop.Commerce.Tests.Payments;

/// <summary>Holds a lock on PostgreSQL until enough others wait, so that a test of many at once doesn't depend on how fast they start.</summary>
internal sealed class OrderGate
{
    private readonly NpgsqlConnection _connection;

    private OrderGate(NpgsqlConnection connection) => _connection = connection;

    /// <summary>Of an order.</summary>
    public static Task<OrderGate> CloseAsync(string connectionString, string orderId) => LockAsync(connectionString, $"select id from commerce.orders where id = '{orderId}' for update");

    /// <summary>Of the ledger: nobody writes a transfer.</summary>
    public static Task<OrderGate> CloseLedgerAsync(string connectionString) => CloseTableAsync(connectionString, "ledger_transfer");

    /// <summary>Of a table: nobody writes to it.</summary>
    public static Task<OrderGate> CloseTableAsync(string connectionString, string table) => LockAsync(connectionString, $"lock table commerce.{table} in share mode");

    /// <summary>By any statement, whose effect is undone by <see cref="UndoAsync"/>.</summary>
    public static Task<OrderGate> CloseByAsync(string connectionString, string sql) => LockAsync(connectionString, sql);

    /// <summary>Opens it when enough wait, as if it had never been closed.</summary>
    public async Task UndoAsync(int others)
    {
        await using var closing = _connection;
        await WaitForAsync(others);
        await ExecuteAsync("rollback");
    }

    /// <summary>Whether nobody has the lock of a table's only row.</summary>
    public static async Task<bool> IsFreeAsync(string connectionString, string table)
    {
        var gate = new OrderGate(new NpgsqlConnection(connectionString));
        await using var closing = gate._connection;
        await gate._connection.OpenAsync();
        try
        {
            await gate.ExecuteAsync($"select 1 from commerce.{table} for update nowait");
            return true;
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    public async Task OpenWhenWaitingAsync(int others)
    {
        await WaitForAsync(others);
        await OpenAsync();
    }

    public async Task OpenAsync()
    {
        await using var closing = _connection;
        await ExecuteAsync("commit");
    }

    public async Task WaitForAsync(int others)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            // within a transaction the view stands still otherwise
            await ExecuteAsync("select pg_stat_clear_snapshot()");
            if (await ExecuteAsync("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") is long waiting && waiting >= others)
                break;
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), "Too few came to the lock.");
            await Task.Delay(5); // poll of the condition above
        }
    }

    private static async Task<OrderGate> LockAsync(string connectionString, string sql)
    {
        var gate = new OrderGate(new NpgsqlConnection(connectionString));
        await gate._connection.OpenAsync();
        await gate.ExecuteAsync("begin");
        await gate.ExecuteAsync(sql);
        return gate;
    }

    private async Task<object?> ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        return await command.ExecuteScalarAsync();
    }
}
