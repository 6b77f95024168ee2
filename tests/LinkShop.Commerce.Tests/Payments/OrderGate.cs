using System.Diagnostics;
using Npgsql;

namespace LinkShop.Commerce.Tests.Payments;

/// <summary>Holds the lock of an order's row on PostgreSQL until enough others wait, so that a test of many at once doesn't depend on how fast they start.</summary>
internal sealed class OrderGate
{
    private readonly NpgsqlConnection _connection;

    private OrderGate(NpgsqlConnection connection) => _connection = connection;

    public static async Task<OrderGate> CloseAsync(string connectionString, string orderId)
    {
        var gate = new OrderGate(new NpgsqlConnection(connectionString));
        await gate._connection.OpenAsync();
        await gate.ExecuteAsync("begin");
        await gate.ExecuteAsync($"select id from commerce.orders where id = '{orderId}' for update");
        return gate;
    }

    public async Task OpenWhenWaitingAsync(int others)
    {
        await using var closing = _connection;
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

        await ExecuteAsync("commit");
    }

    private async Task<object?> ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, _connection);
        return await command.ExecuteScalarAsync();
    }
}
