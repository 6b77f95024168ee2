using LinkShop.Commerce.Placement;

namespace LinkShop.Commerce.Data;

/// <summary>Sends each tenant's work to the database it is on. System work goes to the main database; who means all of them goes through <see cref="EveryDatabase"/>.</summary>
internal sealed class PlacedCommerceDatabase : ICommerceDatabase, IAsyncDisposable, IDisposable
{
    private readonly ICommerceDatabase _main;
    private readonly IReadOnlyDictionary<string, ICommerceDatabase> _named;
    private readonly ICommercePlacement _placement;

    public PlacedCommerceDatabase(ICommerceDatabase main, IReadOnlyDictionary<string, ICommerceDatabase> named, ICommercePlacement placement)
    {
        (_main, _named, _placement) = (main, named, placement);
        EveryDatabase = [main, .. named.Values];
    }

    public CommerceDialect Dialect => _main.Dialect;

    public IReadOnlyList<ICommerceDatabase> EveryDatabase { get; }

    /// <summary>A database by its name; null or empty is the main one.</summary>
    /// <exception cref="InvalidOperationException">There is none of that name.</exception>
    public ICommerceDatabase Named(string? name) => string.IsNullOrEmpty(name) ? _main
        : _named.TryGetValue(name, out var found) ? found : throw new InvalidOperationException($"The database '{name}' isn't configured (LinkShop:Databases:{name}).");

    public ICommerceDatabase HomeOf(TenantScope scope) => Named(_placement.PlaceOf(SqliteCommerceDatabase.Required(scope)).Database);

    public Task<T> ReadAsync<T>(TenantScope scope, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default) => HomeOf(scope).ReadAsync(scope, work, cancellationToken);

    public Task<T> ReadSnapshotAsync<T>(TenantScope scope, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default) => HomeOf(scope).ReadSnapshotAsync(scope, work, cancellationToken);

    public Task<T> ReadSystemAsync<T>(Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default) => _main.ReadSystemAsync(work, cancellationToken);

    public Task<T> WriteSystemAsync<T>(Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default) => _main.WriteSystemAsync(work, cancellationToken);

    public Task<T> WriteAsync<T>(TenantScope scope, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default)
    {
        // what this process knows saves the database the work; what it doesn't know yet, the database refuses
        var place = _placement.PlaceOf(SqliteCommerceDatabase.Required(scope));
        return place.IsMoving ? Task.FromException<T>(new TenantMovingException(scope.Tenant)) : Named(place.Database).WriteAsync(scope, work, cancellationToken);
    }

    public async Task MigrateAsync(CancellationToken cancellationToken = default)
    {
        foreach (var database in EveryDatabase)
            await database.MigrateAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose()
    {
        foreach (var database in EveryDatabase)
            (database as IDisposable)?.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in EveryDatabase)
        {
            if (database is IAsyncDisposable closing)
                await closing.DisposeAsync().ConfigureAwait(false);
            else
                (database as IDisposable)?.Dispose();
        }
    }
}
