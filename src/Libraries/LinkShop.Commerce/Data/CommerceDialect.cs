namespace LinkShop.Commerce.Data;

/// <summary>The database engine behind <see cref="ICommerceDatabase"/>.</summary>
public enum CommerceDialect
{
    /// <summary>One file, one writer that groups concurrent writes into one durable commit.</summary>
    Sqlite,

    /// <summary>Pooled connections, one transaction for each write.</summary>
    Postgres,
}
