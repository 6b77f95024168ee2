namespace LinkShop.Commerce.Data;

/// <summary>
/// Runs SQL inside one read or write of <see cref="ICommerceDatabase"/>. In a tenant's scope <c>@tenant</c> is supplied and a
/// statement that doesn't use it is refused with <see cref="TenantScopeViolationException"/>.
/// Parameters are the readable properties of an object (anonymous types are fine): enums are stored by name, <see cref="DateTimeOffset"/>
/// as Unix milliseconds (<c>bigint</c>), <see cref="Guid"/> as text, a list as the operand of <see cref="CommerceSql.In"/>.
/// Rows are mapped by column name, case and underscores ignored, to constructor parameters or properties.
/// </summary>
public interface ICommerceConnection
{
    /// <summary>The engine.</summary>
    CommerceDialect Dialect { get; }

    /// <summary>The tenant, or null on a system connection.</summary>
    string? Tenant { get; }

    /// <summary>Runs one statement.</summary>
    /// <param name="sql">One statement. Constant text: prepared forms are cached by it.</param>
    /// <param name="parameters">Object whose properties are the parameters.</param>
    /// <returns>Rows changed.</returns>
    Task<int> ExecuteAsync(string sql, object? parameters = null);

    /// <summary>Runs statements in the given order in one round trip.</summary>
    /// <param name="statements">The statements with their parameters.</param>
    /// <returns>Rows changed by each.</returns>
    Task<IReadOnlyList<int>> ExecuteBatchAsync(IReadOnlyList<(string Sql, object? Parameters)> statements);

    /// <summary>
    /// Runs a statement whose outcome nobody looks at, at the latest with the next statement or the commit: on PostgreSQL it costs no round trip
    /// of its own. A violated constraint surfaces there and undoes the whole work.
    /// </summary>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">Object whose properties are the parameters; read at once.</param>
    void Defer(string sql, object? parameters = null);

    /// <summary>Reads rows together with the next statement: on PostgreSQL in the same round trip.</summary>
    /// <typeparam name="T">Row type: a scalar, a record or a class.</typeparam>
    /// <param name="sql">One select.</param>
    /// <param name="parameters">Object whose properties are the parameters; read at once.</param>
    /// <returns>The rows, to be looked at after the next statement that is awaited.</returns>
    DeferredRows<T> DeferQuery<T>(string sql, object? parameters = null);

    /// <summary>Reads at most one row.</summary>
    /// <typeparam name="T">Row type: a scalar, a record or a class.</typeparam>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">Object whose properties are the parameters.</param>
    /// <returns>The row, or the type's default when there is none.</returns>
    /// <exception cref="InvalidOperationException">There was more than one row.</exception>
    Task<T?> QuerySingleOrDefaultAsync<T>(string sql, object? parameters = null);

    /// <summary>Reads all rows.</summary>
    /// <typeparam name="T">Row type: a scalar, a record or a class.</typeparam>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">Object whose properties are the parameters.</param>
    /// <returns>The rows in the statement's order.</returns>
    Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null);

    /// <summary>Reads rows one by one, for results that don't fit in memory. Finish it before the next statement.</summary>
    /// <typeparam name="T">Row type: a scalar, a record or a class.</typeparam>
    /// <param name="sql">One statement.</param>
    /// <param name="parameters">Object whose properties are the parameters.</param>
    /// <returns>The rows in the statement's order.</returns>
    IAsyncEnumerable<T> StreamAsync<T>(string sql, object? parameters = null);

    /// <summary>Runs a callback after the durable commit, never after a rollback. It must be quick and must not throw.</summary>
    /// <param name="callback">What to do.</param>
    void OnCommitted(Action callback);

    /// <summary>
    /// Runs a callback once what was read here is sure to stay: in a write after the commit, because the row may be this transaction's own or, on SQLite, one of its
    /// commit group's, and be undone yet; in a read at once. Whoever keeps rows in memory does it by this.
    /// </summary>
    /// <param name="callback">What to do.</param>
    void WhenCertain(Action callback);

    /// <summary>
    /// The same work, in another tenant's scope: one transaction then has rows of two tenants, each statement still those of one. For the folder <c>Resale</c> only, where a
    /// shop's order and the order at its supplier stand or fall together; a test looks that nobody else calls it. Take the locks of the outer scope's rows first.
    /// </summary>
    /// <param name="scope">The other tenant.</param>
    /// <exception cref="RefusedException">It is on another database (<see cref="CommerceErrors.OtherDatabase"/>): one transaction can't have rows of both.</exception>
    /// <exception cref="Placement.TenantMovingException">It is being moved to another database, and this is a write.</exception>
    /// <returns>A view of this connection; it commits, fails and queues statements with it.</returns>
    internal ICommerceConnection For(TenantScope scope);
}
