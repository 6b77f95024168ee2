using System.Collections.Concurrent;
using Dapper;
using LinkShop.Cms.Shell.Database;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;
using OrchardCore.Environment.Cache;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;

namespace LinkShop.Cms.Shell.Hosting;

/// <summary>
/// Counts the signals of each tenant and key. A token only compares counts when it is asked, so that thousands of shops with a few
/// cached values each cost no callbacks; who registers one all the same, as <c>ChangeToken.OnChange</c> does, is called. On PostgreSQL a signal is told to the other processes.
/// </summary>
internal sealed class Signals
{
    private readonly ILogger<Signals> _logger;
    private const string Prefix = "signal:";
    private readonly ConcurrentDictionary<(string Tenant, string Key), Counter> _counters = [];
    private readonly ICmsDatabase _database;

    public Signals(ICmsDatabase database, ILogger<Signals> logger)
    {
        (_database, _logger) = (database, logger);
        database.Changes.Forgotten += () =>
        {
            foreach (var counter in _counters.Values) Call(counter);
        };
        database.Changes.Heard += (tenant, text) =>
        {
            if (text.StartsWith(Prefix, StringComparison.Ordinal)) Count(tenant, text[Prefix.Length..]);
        };
    }

    internal IChangeToken GetToken(string tenant, string key) => new Token(_counters.GetOrAdd((tenant, key), static _ => new()), _database.Changes);

    internal async Task SignalAsync(string tenant, string key)
    {
        Count(tenant, key);
        if (_database.Provider != CmsDatabaseProvider.Postgres) return;
        await using var connection = await _database.OpenAsync();
        await connection.ExecuteAsync("select pg_notify(@channel, @payload)", new { channel = ChangeChannel.Name, payload = $"{tenant}\n{Prefix}{key}" });
    }

    private void Count(string tenant, string key)
    {
        if (!_counters.TryGetValue((tenant, key), out var counter)) return;
        Interlocked.Increment(ref counter.Value);
        Call(counter);
    }

    private void Call(Counter counter)
    {
        foreach (var registration in counter.Take())
        {
            try
            {
                registration.Call();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // a module's defect keeps no other from the news
                _logger.LogError(e, "Who listens to a signal failed.");
            }
        }
    }

    private sealed class Counter
    {
        internal long Value;
        private readonly Lock _lock = new();
        private List<Registration>? _registrations;

        internal void Add(Registration registration)
        {
            lock (_lock) (_registrations ??= []).Add(registration);
        }

        internal void Remove(Registration registration)
        {
            lock (_lock) _registrations?.Remove(registration);
        }

        internal List<Registration> Take()
        {
            lock (_lock)
            {
                var taken = _registrations ?? [];
                _registrations = null;
                return taken;
            }
        }
    }

    private sealed class Token(Counter counter, ChangeChannel channel) : IChangeToken
    {
        private readonly long _value = Interlocked.Read(ref counter.Value);
        private readonly long _epoch = channel.Epoch;

        public bool HasChanged => Interlocked.Read(ref counter.Value) != _value || channel.Epoch != _epoch;

        // caches ask each time, and register nothing
        public bool ActiveChangeCallbacks => false;

        public IDisposable RegisterChangeCallback(Action<object?> callback, object? state)
        {
            var registration = new Registration(counter, callback, state);
            counter.Add(registration);
            // signalled before, or just now: nobody else would call it
            if (HasChanged) registration.Call();
            return registration;
        }
    }

    private sealed class Registration(Counter counter, Action<object?> callback, object? state) : IDisposable
    {
        private int _isOver;

        internal void Call()
        {
            counter.Remove(this);
            if (Interlocked.Exchange(ref _isOver, 1) == 0) callback(state);
        }

        public void Dispose()
        {
            Interlocked.Exchange(ref _isOver, 1);
            counter.Remove(this);
        }
    }
}

/// <summary>The signals of the current tenant.</summary>
internal sealed class TenantSignal(Signals signals) : ISignal
{
    private static string Tenant => ShellScope.Context?.Settings.Name ?? ShellSettings.DefaultShellName;

    public IChangeToken GetToken(string key) => signals.GetToken(Tenant, key);

    public Task SignalTokenAsync(string key) => signals.SignalAsync(Tenant, key);
}
