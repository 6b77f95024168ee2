using System.Data.Common;

namespace LinkShop.Cms.Shell.Database;

internal enum CmsDatabaseProvider
{
    Sqlite,
    Postgres,
}

/// <summary>The content database: the file <c>content.db</c> or the schema <c>content</c>.</summary>
internal interface ICmsDatabase
{
    CmsDatabaseProvider Provider { get; }

    /// <summary>For EF Core. On PostgreSQL the search path is set to the schema.</summary>
    string ConnectionString { get; }

    /// <summary>The folder of the application's data.</summary>
    string DataPath { get; }

    /// <summary>Connection strings of the content databases that shops may be placed on besides this one, by name (<c>LinkShop:Databases</c>).</summary>
    IReadOnlyDictionary<string, string> Places { get; }

    /// <summary>What other processes say.</summary>
    ChangeChannel Changes { get; }

    /// <summary>On SQLite the turn of those who write; null on PostgreSQL.</summary>
    WriterTurn? Writer { get; }

    /// <summary>Opens a pooled connection; the first one creates the database's frame.</summary>
    ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken = default);

    /// <summary>The same for the few callers that the framework does not let be asynchronous (data-protection keys).</summary>
    DbConnection Open();

    /// <summary>Runs statements in one transaction.</summary>
    /// <param name="work">Runs them.</param>
    /// <param name="durable">False when the commit need not wait for the disk; a later durable one brings this one there too.</param>
    /// <param name="cancellationToken">Gives up while waiting.</param>
    Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, bool durable = true, CancellationToken cancellationToken = default);
}
