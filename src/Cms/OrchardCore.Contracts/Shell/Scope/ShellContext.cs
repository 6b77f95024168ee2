using System.Collections.Concurrent;

namespace OrchardCore.Environment.Shell.Builders;

/// <summary>A tenant's live state in this process. Cheap: the services belong to the blueprint that tenants with the same features share.</summary>
public sealed class ShellContext
{
    private const int Ended = int.MinValue / 2;
    private Action? _onIdle;
    private int _scopes;
    private long _usedAt;

    /// <summary>The tenant.</summary>
    public ShellSettings Settings { get; internal set; } = null!;

    /// <summary>The root of the services shared by all tenants with the same features.</summary>
    public IServiceProvider ServiceProvider { get; internal set; } = null!;

    /// <summary>Whether the tenant events have run.</summary>
    public bool IsActivated { get; internal set; }

    /// <summary>Whether it has been dropped and lives only until its scopes end.</summary>
    public bool Released => Volatile.Read(ref _onIdle) is not null;

    /// <summary>How many scopes are open on it.</summary>
    public int ActiveScopes => Math.Max(0, Volatile.Read(ref _scopes));

    /// <summary>The blueprint, known only to the host.</summary>
    internal object? SharedContainer { get; set; }

    /// <summary>When somebody last used the tenant, other than its background tasks, as a <see cref="System.Diagnostics.Stopwatch"/> timestamp; 0 for never.</summary>
    internal long UsedAt
    {
        get => Volatile.Read(ref _usedAt);
        set => Volatile.Write(ref _usedAt, value);
    }

    /// <summary>Serialises activation.</summary>
    internal SemaphoreSlim ActivationLock { get; } = new(1, 1);

    /// <summary>Values kept for this tenant by services that live longer than a scope. Dropped with the context.</summary>
    internal ConcurrentDictionary<object, object> Items { get; } = new();

    /// <summary>Counts a scope; false when the context has ended, so that another one must be asked for.</summary>
    internal bool TryAddRef()
    {
        if (Interlocked.Increment(ref _scopes) > 0) return true;
        Interlocked.Decrement(ref _scopes);
        return false;
    }

    /// <summary>Uncounts a scope.</summary>
    internal void RemoveRef()
    {
        if (Interlocked.Decrement(ref _scopes) == 0) EndIfIdle();
    }

    /// <summary>Drops it; <paramref name="onIdle"/> runs once, when no scope is open any more.</summary>
    internal void Release(Action onIdle)
    {
        if (Interlocked.CompareExchange(ref _onIdle, onIdle, null) is null) EndIfIdle();
    }

    private void EndIfIdle()
    {
        // from none to far below none: later scopes see that it has ended, and only one caller gets here
        if (Released && Interlocked.CompareExchange(ref _scopes, Ended, 0) == 0) _onIdle!();
    }
}
