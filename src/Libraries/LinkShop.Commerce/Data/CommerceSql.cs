namespace LinkShop.Commerce.Data;

/// <summary>The fragments in which the two engines' SQL differs.</summary>
public static class CommerceSql
{
    /// <summary>Tests membership in a list parameter: <c>$"… where id {connection.In("ids")}"</c> with <c>new { ids }</c>.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="parameter">Name of the list parameter without <c>@</c>.</param>
    /// <returns>The right-hand side of the test.</returns>
    public static string In(this ICommerceConnection connection, string parameter)
        => connection.Dialect == CommerceDialect.Postgres ? $"= any(@{parameter})" : $"in (select value from json_each(@{parameter}))";

    /// <summary>Condition of work across tenants: not of one that is being moved, whose rows are to stay as they are, or are a copy.</summary>
    public const string Settled = "tenant not in (select tenant from tenant_move)";

    /// <summary>Locks the rows that a select returns until the transaction ends; the one SQLite writer needs none.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns><c> for update</c> or nothing.</returns>
    public static string ForUpdate(this ICommerceConnection connection)
        => connection.Dialect == CommerceDialect.Postgres ? " for update" : "";

    /// <summary>Like <see cref="ForUpdate"/>, but passes over rows that another transaction has locked.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns><c> for update skip locked</c> or nothing.</returns>
    public static string SkipLocked(this ICommerceConnection connection)
        => connection.Dialect == CommerceDialect.Postgres ? " for update skip locked" : "";
}
