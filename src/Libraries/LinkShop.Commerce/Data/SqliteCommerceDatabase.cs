using System.Collections.Concurrent;
using LinkShop.Commerce.Placement;

namespace LinkShop.Commerce.Data;

/// <summary>The commerce database as one SQLite file in write-ahead mode: one grouping writer, any number of readers.</summary>
internal sealed class SqliteCommerceDatabase : ICommerceDatabase, IDisposable
{
    private static readonly int MaxIdleReaders = Environment.ProcessorCount + 2;
    private static readonly SqlText Begin = SqlText.Of("begin");
    private static readonly SqlText Rollback = SqlText.Of("rollback");
    private readonly string _path;
    private readonly CommerceHome? _home;
    private readonly Lazy<SqliteWriter> _writer;
    private readonly ConcurrentBag<SqliteHandle> _readers = [];

    /// <param name="path">The file.</param>
    /// <param name="maxGroup">How many works share a commit at most.</param>
    /// <param name="home">Which of the databases it is; null if there are no others.</param>
    public SqliteCommerceDatabase(string path, int maxGroup, CommerceHome? home = null)
    {
        _path = path;
        _home = home;
        _writer = new(() =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return new SqliteWriter(path, maxGroup, home);
        });
    }

    public CommerceDialect Dialect => CommerceDialect.Sqlite;

    public Task<T> ReadAsync<T>(TenantScope scope, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default)
        => ReadAsync(Required(scope), work, cancellationToken);

    public Task<T> ReadSystemAsync<T>(Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default)
        => ReadAsync((string?)null, work, cancellationToken);

    public Task<T> WriteAsync<T>(TenantScope scope, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default)
        => _writer.Value.EnqueueAsync(Required(scope), work, cancellationToken);

    public Task<T> WriteSystemAsync<T>(Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default)
        => _writer.Value.EnqueueAsync(null, work, cancellationToken);

    public Task MigrateAsync(CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
            using var handle = SqliteHandle.OpenWriter(_path);
            MigrationRunner.Run(handle, cancellationToken);
        },
        cancellationToken);

    public void Dispose()
    {
        if (_writer.IsValueCreated)
        {
            _writer.Value.Dispose();
        }

        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }

    internal static string Required(TenantScope scope)
        => string.IsNullOrEmpty(scope.Tenant) ? throw new ArgumentException("The scope names no tenant.", nameof(scope)) : scope.Tenant;

    private async Task<T> ReadAsync<T>(string? tenant, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var handle = _readers.TryTake(out var idle) ? idle : SqliteHandle.OpenReader(_path);
        try
        {
            // one snapshot for all statements of the read
            handle.Run(Begin);
            return await work(new SqliteCommerceConnection(handle, tenant, canWrite: false, _home)).ConfigureAwait(false);
        }
        finally
        {
            if (handle.InTransaction)
            {
                handle.Run(Rollback);
            }

            if (_readers.Count < MaxIdleReaders)
            {
                _readers.Add(handle);
            }
            else
            {
                handle.Dispose();
            }
        }
    }
}
