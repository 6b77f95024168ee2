namespace LinkShop.Commerce.Data;

/// <summary>
/// The store of everything that money hangs on. A <c>work</c> is a function of the database only: it may be run again, on PostgreSQL after a
/// serialisation failure, on SQLite when another work of its commit group fails; there it runs on the one writer thread, so it awaits nothing but its connection, opens no other
/// write, and leaves side effects to <see cref="ICommerceConnection.OnCommitted"/> or the outbox.
/// </summary>
public interface ICommerceDatabase
{
    /// <summary>The engine, for the few statements that differ.</summary>
    CommerceDialect Dialect { get; }

    /// <summary>
    /// The databases that tenants are on, this one among them. Work across tenants is done on each: <see cref="ReadSystemAsync{T}"/> and <see cref="WriteSystemAsync{T}"/>
    /// of this interface see the main database only. A sweep also writes through the database where it found something.
    /// </summary>
    IReadOnlyList<ICommerceDatabase> EveryDatabase => [this];

    /// <summary>The database that a tenant is on.</summary>
    /// <param name="scope">The tenant.</param>
    ICommerceDatabase HomeOf(TenantScope scope) => this;

    /// <summary>Reads rows of one tenant. No statement may write. On PostgreSQL each statement sees what is committed when it begins; see <see cref="ReadSnapshotAsync{T}"/>.</summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="scope">The tenant whose rows are visible.</param>
    /// <param name="work">Runs the queries.</param>
    /// <param name="cancellationToken">Gives up while waiting.</param>
    /// <returns>What <paramref name="work"/> returned.</returns>
    Task<T> ReadAsync<T>(TenantScope scope, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default);

    /// <summary>Like <see cref="ReadAsync{T}"/>, with all statements in one snapshot: for what is put together from several that must fit each other. On PostgreSQL it costs two statements more.</summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="scope">The tenant whose rows are visible.</param>
    /// <param name="work">Runs the queries.</param>
    /// <param name="cancellationToken">Gives up while waiting.</param>
    /// <returns>What <paramref name="work"/> returned.</returns>
    Task<T> ReadSnapshotAsync<T>(TenantScope scope, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default) => ReadAsync(scope, work, cancellationToken);

    /// <summary>Changes rows of one tenant in one transaction, durable when the task completes. If <paramref name="work"/> throws, nothing is changed.</summary>
    /// <exception cref="Placement.TenantMovingException">The tenant is being moved to another database; nothing was changed.</exception>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="scope">The tenant whose rows are visible.</param>
    /// <param name="work">Runs the statements.</param>
    /// <param name="cancellationToken">Gives up before the work has started.</param>
    /// <returns>What <paramref name="work"/> returned.</returns>
    Task<T> WriteAsync<T>(TenantScope scope, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default);

    /// <summary>Reads across the tenants of the main database in one consistent snapshot: for workers, sweeps and <c>verify</c> only, never for a request.</summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="work">Runs the queries.</param>
    /// <param name="cancellationToken">Gives up while waiting.</param>
    /// <returns>What <paramref name="work"/> returned.</returns>
    Task<T> ReadSystemAsync<T>(Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default);

    /// <summary>Writes across the tenants of the main database: for workers and sweeps only, never for a request.</summary>
    /// <typeparam name="T">The result.</typeparam>
    /// <param name="work">Runs the statements.</param>
    /// <param name="cancellationToken">Gives up before the work has started.</param>
    /// <returns>What <paramref name="work"/> returned.</returns>
    Task<T> WriteSystemAsync<T>(Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default);

    /// <summary>Applies the numbered migrations that are missing, under a lock that other processes respect. Cheap when there are none.</summary>
    /// <param name="cancellationToken">Gives up between two migrations.</param>
    /// <returns>A task that completes when the schema is current.</returns>
    Task MigrateAsync(CancellationToken cancellationToken = default);
}
