using System.Text.Json;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Outbox;

/// <inheritdoc />
internal sealed class Outbox : IOutbox
{
    private readonly TimeProvider _time;
    private readonly Action _signal;

    public Outbox(TimeProvider time, OutboxSignal signal)
    {
        _time = time;
        _signal = signal.Set;
    }

    public void Add<T>(ICommerceConnection connection, string type, T payload, string? tenant = null)
    {
        var json = JsonSerializer.Serialize(payload, JsonSerializerOptions.Web);
        var now = _time.GetUtcNow();
        if (connection.Tenant is not null)
        {
            if (tenant is not null && tenant != connection.Tenant)
            {
                throw new ArgumentException("The message is for another tenant than the connection.", nameof(tenant));
            }

            connection.Defer("insert into outbox (tenant, type, payload, created_at, due_at) values (@tenant, @type, @json, @now, @now)", new { type, json, now });
        }
        else
        {
            ArgumentException.ThrowIfNullOrEmpty(tenant);
            connection.Defer("insert into outbox (tenant, type, payload, created_at, due_at) values (@tenant, @type, @json, @now, @now)", new { tenant, type, json, now });
        }

        connection.OnCommitted(_signal);
    }
}

/// <summary>Tells this process's worker that there is something to do.</summary>
internal sealed class OutboxSignal : IDisposable
{
    private volatile Waiter[] _waiters = [];

    public void Set()
    {
        foreach (var waiter in _waiters)
            waiter.Set();
    }

    /// <summary>One more that is to be woken by <see cref="Set"/>.</summary>
    public Waiter Open()
    {
        var waiter = new Waiter();
        lock (this)
            _waiters = [.. _waiters, waiter];
        return waiter;
    }

    public void Dispose()
    {
        foreach (var waiter in _waiters)
            waiter.Dispose();
    }

    /// <summary>Waits for messages.</summary>
    internal sealed class Waiter : IDisposable
    {
        private readonly SemaphoreSlim _set = new(0, 1);
        private int _isSet;

        public void Set()
        {
            if (Interlocked.Exchange(ref _isSet, 1) == 0)
                _set.Release();
        }

        /// <summary>Waits for <see cref="Set"/>, or for the time to pass: other processes' messages and retries raise no signal here.</summary>
        public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
        {
            if (await _set.WaitAsync(atMost, cancellationToken).ConfigureAwait(false))
                Volatile.Write(ref _isSet, 0);
        }

        public void Dispose() => _set.Dispose();
    }
}
