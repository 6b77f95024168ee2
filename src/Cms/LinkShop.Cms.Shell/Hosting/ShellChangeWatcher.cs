using System.Data.Common;
using Dapper;
using LinkShop.Cms.Shell.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LinkShop.Cms.Shell.Hosting;

/// <summary>Brings other processes' changes of tenants here: PostgreSQL tells, SQLite is asked (one pragma, twice a second).</summary>
internal sealed class ShellChangeWatcher(ICmsDatabase database, ShellStore store, ShellHost host, ILogger<ShellChangeWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_pause);
        do
        {
            try
            {
                await host.InitializeAsync();
                await using var connection = await database.OpenAsync(stoppingToken);
                // whatever was missed while there was no connection
                await host.RefreshAllAsync();
                if (connection is NpgsqlConnection postgres) await ListenAsync(postgres, stoppingToken);
                else await PollAsync(connection, timer, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                logger.LogWarning(e, "Watching for changed tenants was interrupted; trying again.");
            }
        }
        while (await timer.WaitForNextTickAsync(CancellationToken.None) && !stoppingToken.IsCancellationRequested);
    }

    private async Task ListenAsync(NpgsqlConnection connection, CancellationToken stoppingToken)
    {
        var changed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        connection.Notification += (_, message) => changed.Add(message.Payload);
        await connection.ExecuteAsync("listen " + ShellStore.Channel);
        await host.RefreshAllAsync();
        while (true)
        {
            await connection.WaitAsync(stoppingToken);
            var names = changed.ToArray();
            changed.Clear();
            foreach (var name in names) await host.RefreshAsync(name);
        }
    }

    private async Task PollAsync(DbConnection connection, PeriodicTimer timer, CancellationToken stoppingToken)
    {
        var seen = 0L;
        var clock = await store.ReadClockAsync();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = await connection.ExecuteScalarAsync<long>("PRAGMA data_version");
            if (now == seen) continue;
            seen = now;
            var latest = await store.ReadClockAsync();
            if (latest == clock) continue;
            clock = latest;
            await host.RefreshAllAsync();
        }
    }
}
