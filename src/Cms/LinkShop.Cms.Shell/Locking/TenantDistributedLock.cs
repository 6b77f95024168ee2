using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Locking;
using OrchardCore.Locking.Distributed;

namespace LinkShop.Cms.Shell.Locking;

/// <summary>The database's locks, with the current tenant in their names.</summary>
internal sealed class TenantDistributedLock(DatabaseLock database) : IDistributedLock
{
    public async Task<ILocker> AcquireLockAsync(string key, TimeSpan? expiration = null)
        => (await TryAcquireLockAsync(key, Timeout.InfiniteTimeSpan, expiration)).locker;

    public async Task<(ILocker locker, bool locked)> TryAcquireLockAsync(string key, TimeSpan timeout, TimeSpan? expiration = null)
        => await database.TryAcquireAsync(NameOf(key), timeout, expiration) is { } locker ? (locker, true) : (NoLocker.Instance, false);

    public Task<bool> IsLockAcquiredAsync(string key) => database.IsHeldAsync(NameOf(key));

    // a tenant's name has no colon
    private static string NameOf(string key) => (ShellScope.Context?.Settings.Name ?? "") + ":" + key;
}
