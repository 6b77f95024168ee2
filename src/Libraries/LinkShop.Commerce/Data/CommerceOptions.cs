namespace LinkShop.Commerce.Data;

/// <summary>Where the commerce database is. Bound from <c>LinkShop:Database</c> and <c>LinkShop:DataPath</c>.</summary>
public sealed class CommerceOptions
{
    /// <summary>The engine; SQLite unless configured.</summary>
    public CommerceDialect Provider { get; set; } = CommerceDialect.Sqlite;

    /// <summary>Npgsql connection string; required for PostgreSQL, unused for SQLite.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Folder of <c>commerce.db</c>, relative to the content root unless absolute.</summary>
    public string DataPath { get; set; } = "App_Data";

    /// <summary>Most works that one SQLite commit takes together.</summary>
    public int MaxGroupSize { get; set; } = 256;

    /// <summary>Most PostgreSQL connections this process opens.</summary>
    public int MaxPoolSize { get; set; } = 32;
}
