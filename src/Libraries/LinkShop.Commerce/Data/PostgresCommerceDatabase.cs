using LinkShop.Commerce.Placement;
using LinkShop.Commerce.Referrals;
using Npgsql;

namespace LinkShop.Commerce.Data;

/// <summary>The commerce database as schema <c>commerce</c> of a PostgreSQL database: pooled connections, a transaction for each write.</summary>
internal sealed class PostgresCommerceDatabase : ICommerceDatabase, IAsyncDisposable, IDisposable
{
    private const int MaxAttempts = 10;

    private readonly CommerceHome? _home;
    private readonly PostgresSources _sources;

    /// <param name="connectionString">Of the database.</param>
    /// <param name="maxPoolSize">How many connections at most.</param>
    /// <param name="sources">Opens and closes the pool of connections.</param>
    /// <param name="home">Which of the databases it is; null if there are no others.</param>
    public PostgresCommerceDatabase(string connectionString, int maxPoolSize, PostgresSources sources, CommerceHome? home = null)
    {
        (_home, _sources) = (home, sources);
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = "commerce",
            MaxPoolSize = maxPoolSize,
            MaxAutoPrepare = 300,
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true,
            Enlist = false,
            ApplicationName = "linkshop commerce",
        };
        Source = sources.Open(settings.ConnectionString);
    }

    public CommerceDialect Dialect => CommerceDialect.Postgres;

    /// <summary>For <c>COPY</c>, which <see cref="ICommerceConnection"/> doesn't have.</summary>
    public NpgsqlDataSource Source { get; }

    public Task<T> ReadAsync<T>(TenantScope scope, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default)
        => WithConnectionAsync(connection => work(new PostgresCommerceConnection(connection, SqliteCommerceDatabase.Required(scope), canWrite: false, _home)), cancellationToken);

    public Task<T> ReadSnapshotAsync<T>(TenantScope scope, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default)
        => SnapshotAsync(SqliteCommerceDatabase.Required(scope), work, cancellationToken);

    public Task<T> ReadSystemAsync<T>(Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default)
        => SnapshotAsync(null, work, cancellationToken);

    public Task<T> WriteAsync<T>(TenantScope scope, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default)
        => WriteAsync(SqliteCommerceDatabase.Required(scope), work, cancellationToken);

    public Task<T> WriteSystemAsync<T>(Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken = default)
        => WriteAsync((string?)null, work, cancellationToken);

    public Task MigrateAsync(CancellationToken cancellationToken = default) => MigrationRunner.RunAsync(Source, cancellationToken);

    public void Dispose() => _sources.Close(Source);

    public ValueTask DisposeAsync() => _sources.CloseAsync(Source);

    private async Task<T> WriteAsync<T>(string? tenant, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await WithConnectionAsync(
                    connection => InTransactionAsync(new(connection, tenant, canWrite: true, _home), "begin", work),
                    cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException error) when (attempt < MaxAttempts && MayRunAgain(error))
            {
                // the server undid the work for the sake of another; a random pause keeps the two from meeting again
                await Task.Delay(Random.Shared.Next(1, 10 * attempt), cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException error) when (TenantMovingException.IsRefusal(error))
            {
                throw new TenantMovingException(tenant ?? "", error);
            }
        }
    }

    // the same transfer was written twice at the same moment: run again, the second finds the first and tells whether it is the same; or two accounts drew the same number (RowIds);
    // or others used up meanwhile what a plan's budget had left (ReferralBudget)
    private static bool MayRunAgain(PostgresException error)
        => error.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            || (error.SqlState == PostgresErrorCodes.UniqueViolation && error.ConstraintName is "ledger_transfer_tenant_id_key" or "ledger_account_pkey")
            || (error.SqlState == PostgresErrorCodes.CheckViolation && error.ConstraintName == ReferralBudget.Constraint);

    private Task<T> SnapshotAsync<T>(string? tenant, Func<ICommerceConnection, Task<T>> work, CancellationToken cancellationToken)
        => WithConnectionAsync(
            connection => InTransactionAsync(new(connection, tenant, canWrite: false, _home), "begin isolation level repeatable read read only", work),
            cancellationToken);

    private async Task<T> WithConnectionAsync<T>(Func<NpgsqlConnection, Task<T>> use, CancellationToken cancellationToken)
    {
        var connection = await Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = connection.ConfigureAwait(false);
        return await use(connection).ConfigureAwait(false);
    }

    private static async Task<T> InTransactionAsync<T>(PostgresCommerceConnection connection, string begin, Func<ICommerceConnection, Task<T>> work)
    {
        connection.DeferControl(begin);
        T result;
        try
        {
            result = await work(connection).ConfigureAwait(false);
            connection.RequireNoFailure();
            connection.DeferControl("commit");
            await connection.FlushAsync().ConfigureAwait(false);
        }
        catch when (connection.HasSent)
        {
            await RollBackAsync(connection).ConfigureAwait(false);
            throw;
        }

        connection.RaiseCommitted();
        return result;
    }

    private static async Task RollBackAsync(PostgresCommerceConnection connection)
    {
        try
        {
            connection.DropPending();
            connection.DeferControl("rollback");
            await connection.FlushAsync().ConfigureAwait(false);
        }
        catch (NpgsqlException)
        {
            // the connection is gone and the transaction with it; the caller gets the error that led here
        }
    }
}
