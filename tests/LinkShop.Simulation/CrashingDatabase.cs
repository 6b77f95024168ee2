using LinkShop.Commerce;
using LinkShop.Commerce.Data;

namespace LinkShop.Simulation;

/// <summary>The process died here, as far as the operation can tell.</summary>
internal sealed class SimulatedCrash() : Exception("The simulated process died.");

/// <summary>The real database, in whose writes the process dies before a chosen statement, or after the commit and before anybody hears of it.</summary>
internal sealed class CrashingDatabase(ICommerceDatabase inner) : ICommerceDatabase, IAsyncDisposable
{
    private int _statements = int.MaxValue;
    private bool _afterCommit;

    public CommerceDialect Dialect => inner.Dialect;

    public int Crashes { get; private set; }

    /// <summary>Dies before the n-th statement from now on, once.</summary>
    public void DieBefore(int statement) => _statements = statement;

    /// <summary>Dies after the next commit, once.</summary>
    public void DieAfterCommit() => _afterCommit = true;

    public void LiveOn()
    {
        _statements = int.MaxValue;
        _afterCommit = false;
    }

    public Task<T> ReadAsync<T>(TenantScope scope, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default) => inner.ReadAsync(scope, work, cancellationToken);

    public Task<T> ReadSystemAsync<T>(Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default) => inner.ReadSystemAsync(work, cancellationToken);

    public async Task<T> WriteAsync<T>(TenantScope scope, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default) =>
        AfterCommit(await inner.WriteAsync(scope, c => work(new Connection(c, this)), cancellationToken));

    public async Task<T> WriteSystemAsync<T>(Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default) =>
        AfterCommit(await inner.WriteSystemAsync(c => work(new Connection(c, this)), cancellationToken));

    public Task MigrateAsync(CancellationToken cancellationToken = default) => inner.MigrateAsync(cancellationToken);

    // the container knows only the wrapper
    public async ValueTask DisposeAsync()
    {
        if (inner is IAsyncDisposable closing)
            await closing.DisposeAsync();
        else
            (inner as IDisposable)?.Dispose();
    }

    private T AfterCommit<T>(T result)
    {
        if (!_afterCommit)
            return result;
        LiveOn();
        Crashes++;
        throw new SimulatedCrash();
    }

    private void Count()
    {
        if (_statements == int.MaxValue || --_statements > 0)
            return;
        LiveOn();
        Crashes++;
        throw new SimulatedCrash();
    }

    private sealed class Connection(ICommerceConnection inner, CrashingDatabase owner) : ICommerceConnection
    {
        public CommerceDialect Dialect => inner.Dialect;

        public string? Tenant => inner.Tenant;

        ICommerceConnection ICommerceConnection.For(TenantScope scope) => new Connection(inner.For(scope), owner);

        public Task<int> ExecuteAsync(string sql, object? parameters = null)
        {
            owner.Count();
            return inner.ExecuteAsync(sql, parameters);
        }

        public Task<IReadOnlyList<int>> ExecuteBatchAsync(IReadOnlyList<(string Sql, object? Parameters)> statements)
        {
            owner.Count();
            return inner.ExecuteBatchAsync(statements);
        }

        public void Defer(string sql, object? parameters = null)
        {
            owner.Count();
            inner.Defer(sql, parameters);
        }

        public DeferredRows<T> DeferQuery<T>(string sql, object? parameters = null)
        {
            owner.Count();
            return inner.DeferQuery<T>(sql, parameters);
        }

        public Task<T?> QuerySingleOrDefaultAsync<T>(string sql, object? parameters = null)
        {
            owner.Count();
            return inner.QuerySingleOrDefaultAsync<T>(sql, parameters);
        }

        public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null)
        {
            owner.Count();
            return inner.QueryAsync<T>(sql, parameters);
        }

        public IAsyncEnumerable<T> StreamAsync<T>(string sql, object? parameters = null)
        {
            owner.Count();
            return inner.StreamAsync<T>(sql, parameters);
        }

        public void OnCommitted(Action callback) => inner.OnCommitted(callback);

        public void WhenCertain(Action callback) => inner.WhenCertain(callback);
    }
}
