namespace OrchardCore.Locking;

/// <summary>Named locks.</summary>
public interface ILock
{
    /// <summary>Waits for a lock without limit.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="expiration">After how long it may be taken from a holder that did not give it back; null for never.</param>
    Task<ILocker> AcquireLockAsync(string key, TimeSpan? expiration = null);

    /// <summary>Waits for a lock for some time.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="timeout">How long to wait; zero for not at all.</param>
    /// <param name="expiration">After how long it may be taken from a holder that did not give it back; null for never.</param>
    /// <returns>The lock to dispose, and whether it was got.</returns>
    Task<(ILocker locker, bool locked)> TryAcquireLockAsync(string key, TimeSpan timeout, TimeSpan? expiration = null);

    /// <summary>Whether somebody holds a lock.</summary>
    /// <param name="key">Its name.</param>
    Task<bool> IsLockAcquiredAsync(string key);
}
