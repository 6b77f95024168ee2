using System.Collections.Concurrent;
using Dapper;
using LinkShop.Cms.Shell.Database;
using Microsoft.Extensions.Logging;
using OrchardCore.Locking;

namespace LinkShop.Cms.Shell.Locking;

/// <summary>
/// Locks between processes: a row with an owner, an end time by the database's clock, and a fence that grows with every owner,
/// so that one who was too slow can be told from the present one. Works the same on both databases.
/// </summary>
internal sealed class DatabaseLock(ICmsDatabase database, ILogger<DatabaseLock> logger)
{
    // a lock without an end is given for this long and renewed while its holder lives, so that a killed process does not keep it
    private static readonly TimeSpan _lease = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _released = new(StringComparer.Ordinal);

    internal async Task<DatabaseLocker?> TryAcquireAsync(string name, TimeSpan timeout, TimeSpan? expiration)
    {
        var owner = LockOwner.New();
        var started = TimeProvider.System.GetTimestamp();
        var pause = TimeSpan.FromMilliseconds(10);
        while (true)
        {
            var release = _released.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            var renewed = expiration is null || expiration == TimeSpan.MaxValue;
            if (await TakeAsync(name, owner, renewed ? _lease : expiration!.Value) is { } fence) return new DatabaseLocker(this, name, owner, fence, renewed ? _lease / 3 : null);
            if (await FreeOfDeadAsync(name)) continue;
            var left = timeout == Timeout.InfiniteTimeSpan || timeout == TimeSpan.MaxValue ? TimeSpan.MaxValue : timeout - TimeProvider.System.GetElapsedTime(started);
            if (left <= TimeSpan.Zero) return null;
            // this process's own releases wake at once; another process's are seen by asking again, ever less often
            try
            {
                await release.Task.WaitAsync(left < pause ? left : pause);
            }
            catch (TimeoutException)
            {
                pause = pause < TimeSpan.FromMilliseconds(320) ? pause * 2 : pause;
            }
        }
    }

    internal async Task<bool> IsHeldAsync(string name)
    {
        await using var connection = await database.OpenAsync();
        return await connection.ExecuteScalarAsync<long>($"select count(*) from host_lock where name = @name and expires > {Now}", new { name }) > 0;
    }

    internal async Task<bool> RenewAsync(string name, string owner)
    {
        await using var connection = await database.OpenAsync();
        return await connection.ExecuteAsync($"update host_lock set expires = {Now} + @lease where name = @name and owner = @owner", new { name, owner, lease = (long)_lease.TotalMilliseconds }) == 1;
    }

    internal async Task ReleaseAsync(string name, string owner)
    {
        try
        {
            await using var connection = await database.OpenAsync();
            await connection.ExecuteAsync("update host_lock set expires = 0 where name = @name and owner = @owner", new { name, owner });
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // it ends by itself; what was done under it must not fail because of that
            logger.LogWarning(e, "The lock '{Lock}' could not be given back and ends by itself.", name);
        }
        finally
        {
            if (_released.TryRemove(name, out var waiting)) waiting.TrySetResult();
        }
    }

    internal void LogLost(string name, Exception? error) => logger.LogError(error, "The lock '{Lock}' could not be kept.", name);

    private string Now => database.Provider == CmsDatabaseProvider.Postgres
        ? "cast(extract(epoch from clock_timestamp()) * 1000 as bigint)"
        : "cast(unixepoch('subsec') * 1000 as integer)";

    /// <summary>A process that was killed need not be waited for; that it is dead can be told only of one on the same machine, as all are with SQLite.</summary>
    private async Task<bool> FreeOfDeadAsync(string name)
    {
        if (database.Provider != CmsDatabaseProvider.Sqlite) return false;
        await using var connection = await database.OpenAsync();
        var owner = await connection.ExecuteScalarAsync<string?>($"select owner from host_lock where name = @name and expires > {Now}", new { name });
        if (owner is null || !LockOwner.IsDead(owner)) return false;
        return await connection.ExecuteAsync("update host_lock set expires = 0 where name = @name and owner = @owner", new { name, owner }) == 1;
    }

    private async Task<long?> TakeAsync(string name, string owner, TimeSpan expiration)
    {
        await using var connection = await database.OpenAsync();
        return await connection.ExecuteScalarAsync<long?>(
            $"""
            insert into host_lock (name, owner, fence, expires) values (@name, @owner, 1, {Now} + @lease)
            on conflict (name) do update set owner = excluded.owner, fence = host_lock.fence + 1, expires = excluded.expires
            where host_lock.expires <= {Now}
            returning fence
            """,
            new { name, owner, lease = (long)expiration.TotalMilliseconds });
    }
}

/// <summary>A held lock.</summary>
internal sealed class DatabaseLocker : ILocker
{
    private readonly DatabaseLock _lock;
    private readonly string _name;
    private readonly string _owner;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _renewing;

    internal DatabaseLocker(DatabaseLock owner, string name, string id, long fence, TimeSpan? renewEvery)
    {
        (_lock, _name, _owner, Fence) = (owner, name, id, fence);
        _renewing = renewEvery is { } pause ? RenewAsync(pause) : Task.CompletedTask;
    }

    /// <summary>Grows with every holder of the same lock.</summary>
    internal long Fence { get; }

    /// <summary>Whether it is still held; if so it is for another lease.</summary>
    internal Task<bool> IsHeldAsync() => _lock.RenewAsync(_name, _owner);

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        if (_ended.IsCancellationRequested) return;
        await _ended.CancelAsync();
        await _renewing;
        await _lock.ReleaseAsync(_name, _owner);
    }

    private async Task RenewAsync(TimeSpan pause)
    {
        using var timer = new PeriodicTimer(pause);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                try
                {
                    if (await _lock.RenewAsync(_name, _owner)) continue;
                    _lock.LogLost(_name, null);
                    return;
                }
                catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
                {
                    _lock.LogLost(_name, e);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // given back
        }
    }
}
