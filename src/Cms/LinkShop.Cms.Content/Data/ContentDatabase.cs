using System.Data.Common;
using LinkShop.Cms.Shell.Database;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LinkShop.Cms.Content.Data;

/// <summary>The database that holds the documents of all tenants.</summary>
internal sealed class ContentDatabase : IAsyncDisposable
{
    private readonly SemaphoreSlim _creating = new(1, 1);
    private readonly NpgsqlDataSource? _postgres;
    private readonly Lazy<NpgsqlDataSource>? _setUpPostgres;
    private readonly string? _sqlite;
    private volatile bool _created;

    private ContentDatabase(string? sqlite, NpgsqlDataSource? postgres, WriterTurn? writer = null, Lazy<NpgsqlDataSource>? setUp = null) =>
        (_sqlite, _postgres, Writer, _setUpPostgres) = (sqlite, postgres, writer, setUp);

    public static ContentDatabase Sqlite(string path) => SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = true, DefaultTimeout = 30 }.ToString());

    /// <param name="connectionString">Of SQLite.</param>
    /// <param name="writer">The turn of writers, where others write to the same file.</param>
    public static ContentDatabase SqliteConnection(string connectionString, WriterTurn? writer = null) => new(connectionString, null, writer ?? new());

    public static ContentDatabase Postgres(string connectionString)
    {
        // sessions leave nothing behind in a connection that would have to be reset
        var builder = new NpgsqlConnectionStringBuilder(connectionString) { NoResetOnClose = true };
        var setUp = new NpgsqlConnectionStringBuilder(builder.ConnectionString) { Options = "-c synchronous_commit=off", MaxPoolSize = 16 };
        return new(null, NpgsqlDataSource.Create(builder), setUp: new(() => NpgsqlDataSource.Create(setUp)));
    }

    /// <summary>On SQLite the turn of those who write, readers never wait (write-ahead log); null on PostgreSQL.</summary>
    public WriterTurn? Writer { get; }

    public bool IsSqlite => _sqlite is not null;

    /// <summary>The PostgreSQL schema; SQLite has none.</summary>
    public string? Schema => IsSqlite ? null : "content";

    /// <summary>Statements that created a table, column or index and are known to be committed; the tables are shared by all tenants.</summary>
    public HashSet<string> AppliedSchema { get; } = [];

    public DbConnection CreateConnection() => IsSqlite ? new Microsoft.Data.Sqlite.SqliteConnection(_sqlite) : _postgres!.CreateConnection();

    /// <param name="options">What to configure.</param>
    /// <param name="durable">False for commits that need not wait for the disk; on SQLite the session sees to that.</param>
    public void Configure(DbContextOptionsBuilder options, bool durable = true)
    {
        if (IsSqlite)
            options.UseSqlite(_sqlite);
        else
            options.UseNpgsql(durable ? _postgres! : _setUpPostgres!.Value);
    }

    public string Quote(string name) => Schema is null ? $"\"{name}\"" : $"\"{Schema}\".\"{name}\"";

    /// <summary>Creates the tables every tenant needs, once per process.</summary>
    public async Task EnsureCreatedAsync()
    {
        if (_created)
            return;
        await _creating.WaitAsync();
        try
        {
            if (_created)
                return;
            await using var connection = CreateConnection();
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = IsSqlite ? SqliteTables : PostgresTables;
            await command.ExecuteNonQueryAsync();
            await using var upgrade = await connection.BeginTransactionAsync();
            await SingleDocuments.RenumberAsync(connection, upgrade, Quote);
            await upgrade.CommitAsync();
            _created = true;
        }
        finally
        {
            _creating.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        if (_setUpPostgres is { IsValueCreated: true } setUp)
            await setUp.Value.DisposeAsync();
        _creating.Dispose();
    }

    private const string SqliteTables = """
        PRAGMA journal_mode = WAL;
        BEGIN IMMEDIATE;
        CREATE TABLE IF NOT EXISTS "Document" ("Id" INTEGER PRIMARY KEY, "Tenant" TEXT NOT NULL, "Type" TEXT NOT NULL, "Content" TEXT NOT NULL, "Version" INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS "IX_Document_Tenant_Type" ON "Document" ("Tenant", "Type");
        CREATE TABLE IF NOT EXISTS "ChangeStamp" ("Tenant" TEXT NOT NULL, "Kind" TEXT NOT NULL, "Stamp" INTEGER NOT NULL, PRIMARY KEY ("Tenant", "Kind")) WITHOUT ROWID;
        COMMIT;
        """;

    // The lock keeps processes that start at the same time from creating the same table twice.
    private const string PostgresTables = """
        BEGIN;
        SELECT pg_advisory_xact_lock(hashtextextended('linkshop content schema', 0));
        CREATE SCHEMA IF NOT EXISTS content;
        CREATE TABLE IF NOT EXISTS content."Document" ("Id" bigint PRIMARY KEY, "Tenant" text NOT NULL, "Type" text NOT NULL, "Content" text NOT NULL, "Version" bigint NOT NULL);
        CREATE INDEX IF NOT EXISTS "IX_Document_Tenant_Type" ON content."Document" ("Tenant", "Type");
        CREATE TABLE IF NOT EXISTS content."ChangeStamp" ("Tenant" text NOT NULL, "Kind" text NOT NULL, "Stamp" bigint NOT NULL, PRIMARY KEY ("Tenant", "Kind"));
        COMMIT;
        """;
}
