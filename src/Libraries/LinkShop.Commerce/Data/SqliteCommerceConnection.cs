using LinkShop.Commerce.Placement;

namespace LinkShop.Commerce.Data;

/// <summary>A work's view of a SQLite connection. Everything completes synchronously.</summary>
internal sealed class SqliteCommerceConnection(SqliteHandle handle, string? tenant, bool canWrite, CommerceHome? home, CommerceConnection? outer = null) : CommerceConnection(tenant, canWrite, home, outer), ICommerceConnection
{
    public CommerceDialect Dialect => CommerceDialect.Sqlite;

    public ICommerceConnection For(TenantScope scope) => scope.Tenant == Tenant ? this : new SqliteCommerceConnection(handle, Neighbour(scope), CanWrite, Home, this);

    public Task<int> ExecuteAsync(string sql, object? parameters = null) => Task.FromResult(Execute(sql, parameters));

    public void Defer(string sql, object? parameters = null) => Execute(sql, parameters);

    public DeferredRows<T> DeferQuery<T>(string sql, object? parameters = null) => new(QueryAsync<T>(sql, parameters).GetAwaiter().GetResult());

    public Task<IReadOnlyList<int>> ExecuteBatchAsync(IReadOnlyList<(string Sql, object? Parameters)> statements)
    {
        var changes = new int[statements.Count];
        for (var i = 0; i < changes.Length; i++)
        {
            changes[i] = Execute(statements[i].Sql, statements[i].Parameters);
        }

        return Task.FromResult<IReadOnlyList<int>>(changes);
    }

    public Task<T?> QuerySingleOrDefaultAsync<T>(string sql, object? parameters = null) => Run<T?>(sql, parameters, static statement =>
    {
        if (!statement.Step())
        {
            return default;
        }

        var row = statement.Text.MapperFor<T>(statement, CommerceDialect.Sqlite)(statement);
        return statement.Step() ? throw new InvalidOperationException("There is more than one row.") : row;
    });

    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null) => Run<IReadOnlyList<T>>(sql, parameters, static statement =>
    {
        if (!statement.Step())
        {
            return [];
        }

        var map = statement.Text.MapperFor<T>(statement, CommerceDialect.Sqlite);
        var rows = new List<T>();
        do
        {
            rows.Add(map(statement));
        }
        while (statement.Step());
        return rows;
    });

#pragma warning disable CS1998 // asynchronous by contract; SQLite itself isn't
    public async IAsyncEnumerable<T> StreamAsync<T>(string sql, object? parameters = null)
#pragma warning restore CS1998
    {
        var statement = handle.Prepare(Check(sql, parameters));
        try
        {
            statement.Bind(parameters, Tenant);
            while (statement.Step())
            {
                yield return statement.Text.MapperFor<T>(statement, CommerceDialect.Sqlite)(statement);
            }
        }
        finally
        {
            statement.Reset();
        }
    }

    private int Execute(string sql, object? parameters)
    {
        var statement = handle.Prepare(Check(sql, parameters));
        try
        {
            statement.Bind(parameters, Tenant);
            while (statement.Step())
            {
            }

            return handle.Changes();
        }
        catch
        {
            Failed = true;
            throw;
        }
        finally
        {
            statement.Reset();
        }
    }

    private Task<TResult> Run<TResult>(string sql, object? parameters, Func<SqliteStatement, TResult> read)
    {
        var statement = handle.Prepare(Check(sql, parameters));
        try
        {
            statement.Bind(parameters, Tenant);
            return Task.FromResult(read(statement));
        }
        catch
        {
            Failed = true;
            throw;
        }
        finally
        {
            statement.Reset();
        }
    }
}
