using System.Collections.Concurrent;
using Dapper;
using LinkShop.Cms.Shell.Database;
using Microsoft.Extensions.Primitives;
using OrchardCore.Environment.Cache;
using OrchardCore.Environment.Shell;
using OrchardCore.Environment.Shell.Scope;

namespace LinkShop.Cms.Shell.Hosting;

/// <summary>
/// Counts the signals of each tenant and key. A token only compares counts when it is asked, so that thousands of shops with a few
/// cached values each cost no callbacks. On PostgreSQL a signal is told to the other processes.
/// </summary>
internal sealed class Signals
{
    private const string Prefix = "signal:";
    private readonly ConcurrentDictionary<(string Tenant, string Key), Counter> _counters = [];
    private readonly ICmsDatabase _database;

    public Signals(ICmsDatabase database)
    {
        _database = database;
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
        if (_counters.TryGetValue((tenant, key), out var counter)) Interlocked.Increment(ref counter.Value);
    }

    private sealed class Counter
    {
        internal long Value;
    }

    private sealed class Token(Counter counter, ChangeChannel channel) : IChangeToken
    {
        private readonly long _value = Interlocked.Read(ref counter.Value);
        private readonly long _epoch = channel.Epoch;

        public bool HasChanged => Interlocked.Read(ref counter.Value) != _value || channel.Epoch != _epoch;

        public bool ActiveChangeCallbacks => false;

        public IDisposable RegisterChangeCallback(Action<object?> callback, object? state) => NoRegistration.Instance;
    }

    private sealed class NoRegistration : IDisposable
    {
        internal static readonly NoRegistration Instance = new();

        public void Dispose()
        {
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
