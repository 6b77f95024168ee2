using System.Collections.Concurrent;

namespace OrchardCore.Environment.Shell.Builders;

/// <summary>A tenant's live state in this process. Cheap: the services belong to the blueprint that tenants with the same features share.</summary>
public sealed class ShellContext
{
    private readonly Lock _lock = new();
    private Action? _onIdle;
    private int _activeScopes;

    /// <summary>The tenant.</summary>
    public ShellSettings Settings { get; internal set; } = null!;

    /// <summary>The root of the services shared by all tenants with the same features.</summary>
    public IServiceProvider ServiceProvider { get; internal set; } = null!;

    /// <summary>Whether the tenant events have run.</summary>
    public bool IsActivated { get; internal set; }

    /// <summary>Whether it has been dropped and lives only until its scopes end.</summary>
    public bool Released { get; private set; }

    /// <summary>How many scopes are open on it.</summary>
    public int ActiveScopes => _activeScopes;

    /// <summary>The blueprint, known only to the host.</summary>
    internal object? SharedContainer { get; set; }

    /// <summary>Serialises activation.</summary>
    internal SemaphoreSlim ActivationLock { get; } = new(1, 1);

    /// <summary>Values kept for this tenant by services that live longer than a scope. Dropped with the context.</summary>
    internal ConcurrentDictionary<object, object> Items { get; } = new();

    /// <summary>Counts a scope.</summary>
    internal void AddRef() => Interlocked.Increment(ref _activeScopes);

    /// <summary>Uncounts a scope.</summary>
    internal void RemoveRef()
    {
        if (Interlocked.Decrement(ref _activeScopes) == 0) EndIfIdle();
    }

    /// <summary>Drops it; <paramref name="onIdle"/> runs once no scope is open any more.</summary>
    internal void Release(Action onIdle)
    {
        lock (_lock)
        {
            if (Released) return;
            _onIdle = onIdle;
            Released = true;
        }
        EndIfIdle();
    }

    private void EndIfIdle()
    {
        Action? onIdle;
        lock (_lock)
        {
            if (!Released || _activeScopes > 0) return;
            onIdle = _onIdle;
            _onIdle = null;
        }
        onIdle?.Invoke();
    }
}
