namespace LinkShop.Commerce.Data;

/// <summary>Forms of <see cref="ICommerceDatabase"/>'s operations for works without a result.</summary>
public static class CommerceDatabaseExtensions
{
    /// <summary>Like <see cref="ICommerceDatabase.WriteAsync{T}"/> without a result.</summary>
    /// <param name="database">The database.</param>
    /// <param name="scope">The tenant whose rows are visible.</param>
    /// <param name="work">Runs the statements.</param>
    /// <param name="cancellationToken">Gives up before the work has started.</param>
    /// <returns>A task that completes after the durable commit.</returns>
    public static Task WriteAsync(this ICommerceDatabase database, TenantScope scope, Func<ICommerceConnection, Task> work, CancellationToken cancellationToken = default)
        => database.WriteAsync(scope, connection => WithoutResult(work(connection)), cancellationToken);

    /// <summary>Like <see cref="ICommerceDatabase.WriteSystemAsync{T}"/> without a result.</summary>
    /// <param name="database">The database.</param>
    /// <param name="work">Runs the statements.</param>
    /// <param name="cancellationToken">Gives up before the work has started.</param>
    /// <returns>A task that completes after the durable commit.</returns>
    public static Task WriteSystemAsync(this ICommerceDatabase database, Func<ICommerceConnection, Task> work, CancellationToken cancellationToken = default)
        => database.WriteSystemAsync(connection => WithoutResult(work(connection)), cancellationToken);

    /// <summary>Like <see cref="ICommerceDatabase.ReadAsync{T}"/> without a result, for streamed reads.</summary>
    /// <param name="database">The database.</param>
    /// <param name="scope">The tenant whose rows are visible.</param>
    /// <param name="work">Runs the queries.</param>
    /// <param name="cancellationToken">Gives up while waiting.</param>
    /// <returns>A task that completes with the work.</returns>
    public static Task ReadAsync(this ICommerceDatabase database, TenantScope scope, Func<ICommerceConnection, Task> work, CancellationToken cancellationToken = default)
        => database.ReadAsync(scope, connection => WithoutResult(work(connection)), cancellationToken);

    /// <summary>Like <see cref="ICommerceDatabase.ReadSystemAsync{T}"/> without a result, for streamed reads.</summary>
    /// <param name="database">The database.</param>
    /// <param name="work">Runs the queries.</param>
    /// <param name="cancellationToken">Gives up while waiting.</param>
    /// <returns>A task that completes with the work.</returns>
    public static Task ReadSystemAsync(this ICommerceDatabase database, Func<ICommerceConnection, Task> work, CancellationToken cancellationToken = default)
        => database.ReadSystemAsync(connection => WithoutResult(work(connection)), cancellationToken);

    private static async Task<bool> WithoutResult(Task work)
    {
        await work.ConfigureAwait(false);
        return true;
    }
}
