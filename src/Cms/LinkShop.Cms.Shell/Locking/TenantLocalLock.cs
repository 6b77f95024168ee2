using OrchardCore.Environment.Shell.Scope;
using OrchardCore.Locking;

namespace LinkShop.Cms.Shell.Locking;

/// <summary>Locks within this process, by tenant and name. A name costs memory only while somebody holds it or waits.</summary>
internal sealed class TenantLocalLock : ILocalLock
{
    private readonly Dictionary<(string Tenant, string Key), Gate> _gates = [];

    public async Task<ILocker> AcquireLockAsync(string key, TimeSpan? expiration = null)
        => (await TryAcquireLockAsync(key, Timeout.InfiniteTimeSpan, expiration)).locker;

    public async Task<(ILocker locker, bool locked)> TryAcquireLockAsync(string key, TimeSpan timeout, TimeSpan? expiration = null)
    {
        var name = (ShellScope.Context?.Settings.Name ?? "", key);
        Gate gate;
        lock (_gates)
        {
            if (!_gates.TryGetValue(name, out gate!)) _gates[name] = gate = new Gate();
            gate.Users++;
        }
        var wait = timeout == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : timeout;
        if (!await gate.Semaphore.WaitAsync(wait))
        {
            Leave(name, gate);
            return (NoLocker.Instance, false);
        }
        return (new Locker(this, name, gate, expiration), true);
    }

    public Task<bool> IsLockAcquiredAsync(string key)
    {
        lock (_gates) return Task.FromResult(_gates.TryGetValue((ShellScope.Context?.Settings.Name ?? "", key), out var gate) && gate.Semaphore.CurrentCount == 0);
    }

    private void Leave((string Tenant, string Key) name, Gate gate)
    {
        lock (_gates)
        {
            if (--gate.Users == 0) _gates.Remove(name);
        }
    }

    private sealed class Gate
    {
        internal SemaphoreSlim Semaphore { get; } = new(1, 1);

        internal int Users { get; set; }
    }

    private sealed class Locker : ILocker
    {
        private readonly Action _leave;
        private readonly Timer? _expiry;
        private int _ended;

        internal Locker(TenantLocalLock owner, (string Tenant, string Key) name, Gate gate, TimeSpan? expiration)
        {
            _leave = () =>
            {
                gate.Semaphore.Release();
                owner.Leave(name, gate);
            };
            if (expiration is { } after && after != TimeSpan.MaxValue) _expiry = new Timer(_ => Dispose(), null, after, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) != 0) return;
            _expiry?.Dispose();
            _leave();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>What one gets instead of a lock that was not got.</summary>
internal sealed class NoLocker : ILocker
{
    internal static readonly NoLocker Instance = new();

    public void Dispose()
    {
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
