using System.Data.Common;
using System.Globalization;
using Dapper;
using LinkShop.Cms.Shell.Database;
using LinkShop.Cms.Shell.Locking;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LinkShop.Cms.Shell.Hosting;

/// <summary>Brings other processes' changes of tenants here: PostgreSQL tells, SQLite is asked (one pragma, twice a second).</summary>
internal sealed class ShellChangeWatcher(ICmsDatabase database, ShellStore store, ShopMoves moves, ShellHost host, ILogger<ShellChangeWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _quiet = TimeSpan.FromSeconds(30);
    private readonly string _process = LockOwner.New();

    /// <summary>A process counts as running before it serves anything.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await moves.SeenAsync(_process, "", 0);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await moves.GoneAsync(_process);
    }

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
                await RefreshAllAsync();
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

    private async Task RefreshAllAsync()
    {
        await host.RefreshAllAsync();
        await TellMovingAsync();
    }

    // whoever moves a shop waits for this
    private async Task TellMovingAsync()
    {
        foreach (var (name, version) in host.TakeMoving())
        {
            // again: it may be taken for dead when it was slow once
            await moves.SeenAsync(_process, "", 0);
            await moves.SeenAsync(_process, name, version);
        }
    }

    private async Task ListenAsync(NpgsqlConnection connection, CancellationToken stoppingToken)
    {
        var changed = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        connection.Notification += (_, message) =>
        {
            if (message.Channel == ChangeChannel.Name) database.Changes.Hear(message.Payload);
            else if (message.Payload.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
                changed[message.Payload[(colon + 1)..]] = long.Parse(message.Payload.AsSpan(0, colon), CultureInfo.InvariantCulture);
        };
        await connection.ExecuteAsync($"listen {ShellStore.Channel}; listen {ChangeChannel.Name}");
        database.Changes.Connected();
        try
        {
            await RefreshAllAsync();
            while (true)
            {
                // a connection that died silently brings no error of its own: asked after a while without a message
                if (!await connection.WaitAsync(_quiet, stoppingToken)) await connection.ExecuteAsync("select 1");
                var news = changed.ToArray();
                changed.Clear();
                // this process hears of its own changes too
                foreach (var (name, version) in news.Where(n => !host.Knows(n.Key, n.Value))) await host.RefreshAsync(name);
                await TellMovingAsync();
            }
        }
        finally
        {
            database.Changes.Disconnected();
            // not to be lent again: it would go on listening
            NpgsqlConnection.ClearPool(connection);
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
            await RefreshAllAsync();
        }
    }
}
