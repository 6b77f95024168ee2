using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace LinkShop.Cms.Shell.Database;

internal sealed class CmsDatabase : ICmsDatabase, IAsyncDisposable, IDisposable
{
    private const long CreationLock = 0x4C53_434D_5301;
    private readonly SemaphoreSlim _creating = new(1, 1);
    private readonly NpgsqlDataSource? _postgres;
    private volatile bool _created;

    static CmsDatabase() => SQLitePCL.Batteries_V2.Init();

    public CmsDatabase(IConfiguration configuration, IHostEnvironment environment)
    {
        DataPath = Path.GetFullPath(configuration["LinkShop:DataPath"] ?? "App_Data", environment.ContentRootPath);
        var provider = configuration["LinkShop:Database:Provider"] ?? nameof(CmsDatabaseProvider.Sqlite);
        Provider = Enum.TryParse<CmsDatabaseProvider>(provider, true, out var known)
            ? known
            : throw new InvalidOperationException($"LinkShop:Database:Provider is '{provider}'; it must be Sqlite or Postgres.");
        if (Provider == CmsDatabaseProvider.Postgres)
        {
            var text = configuration["LinkShop:Database:ConnectionString"];
            if (string.IsNullOrWhiteSpace(text)) throw new InvalidOperationException("LinkShop:Database:ConnectionString is missing; PostgreSQL needs it.");
            ConnectionString = new NpgsqlConnectionStringBuilder(text) { SearchPath = "content" }.ConnectionString;
            // nothing is left behind in a connection that would have to be reset (the one that listens is closed), and statements stay prepared
            _postgres = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString) { NoResetOnClose = true, MaxAutoPrepare = 100, AutoPrepareMinUsages = 2 });
            Places = ReadPlaces(configuration, "ConnectionString", other => new NpgsqlConnectionStringBuilder(other) { SearchPath = "content" }.ConnectionString);
        }
        else
        {
            Writer = new();
            ConnectionString = InFolder(DataPath);
            Places = ReadPlaces(configuration, "Folder", folder => InFolder(Path.GetFullPath(folder, environment.ContentRootPath)));
        }
    }

    public IReadOnlyDictionary<string, string> Places { get; }

    public CmsDatabaseProvider Provider { get; }

    public string ConnectionString { get; }

    public string DataPath { get; }

    public WriterTurn? Writer { get; }

    public ChangeChannel Changes { get; } = new();

    public async ValueTask<DbConnection> OpenAsync(CancellationToken cancellationToken = default)
    {
        if (!_created) await CreateAsync(cancellationToken);
        return await OpenRawAsync(cancellationToken);
    }

    public DbConnection Open()
    {
        if (!_created) CreateAsync(CancellationToken.None).GetAwaiter().GetResult();
        if (_postgres is not null) return _postgres.OpenConnection();
        var connection = new SqliteConnection(ConnectionString);
        connection.Open();
        Prepare(connection);
        return connection;
    }

    public async Task<T> WriteAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, bool durable = true, CancellationToken cancellationToken = default)
    {
        await using var connection = await OpenAsync(cancellationToken);
        if (Writer is null)
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (!durable) await connection.ExecuteAsync("set local synchronous_commit = off", transaction: transaction);
            return await RunAsync(work, connection, transaction, cancellationToken);
        }
        await Writer.EnterAsync(cancellationToken);
        try
        {
            if (!durable) await connection.ExecuteAsync("PRAGMA synchronous = NORMAL");
            // takes the write lock at once (BEGIN IMMEDIATE), so that writers of two processes wait for each other instead of failing half-way
            await using var transaction = ((SqliteConnection)connection).BeginTransaction(deferred: false);
            return await RunAsync(work, connection, transaction, cancellationToken);
        }
        finally
        {
            Writer.Leave();
            // the connection goes back to a pool
            if (!durable) await connection.ExecuteAsync("PRAGMA synchronous = FULL");
        }
    }

    private static Dictionary<string, string> ReadPlaces(IConfiguration configuration, string key, Func<string, string> toConnectionString)
        => configuration.GetSection("LinkShop:Databases").GetChildren().ToDictionary(
            place => place.Key,
            place => toConnectionString(place[key] is { Length: > 0 } value ? value : throw new InvalidOperationException($"{place.Path}:{key} is missing.")));

    private static string InFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        return new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "content.db"), Pooling = true, DefaultTimeout = 30 }.ConnectionString;
    }

    private static async Task<T> RunAsync<T>(Func<DbConnection, DbTransaction, Task<T>> work, DbConnection connection, DbTransaction transaction, CancellationToken cancellationToken)
    {
        var result = await work(connection, transaction);
        await transaction.CommitAsync(cancellationToken);
        return result;
    }

    public void Dispose() => _postgres?.Dispose();

    public ValueTask DisposeAsync() => _postgres?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async ValueTask<DbConnection> OpenRawAsync(CancellationToken cancellationToken)
    {
        if (_postgres is not null) return await _postgres.OpenConnectionAsync(cancellationToken);
        var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync(cancellationToken);
        Prepare(connection);
        return connection;
    }

    private static void Prepare(SqliteConnection connection)
    {
        // the driver's own waiting sleeps 150 ms at a time; SQLite's wakes much sooner
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout=15000";
        command.ExecuteNonQuery();
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        await _creating.WaitAsync(cancellationToken);
        try
        {
            if (_created) return;
            await using var connection = await OpenRawAsync(cancellationToken);
            if (Provider == CmsDatabaseProvider.Sqlite) await connection.ExecuteAsync("PRAGMA journal_mode=WAL");
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            // "create if not exists" of two processes at once can fail on PostgreSQL
            if (Provider == CmsDatabaseProvider.Postgres)
                await connection.ExecuteAsync($"select pg_advisory_xact_lock({CreationLock}); create schema if not exists content; create sequence if not exists shell_version_sequence", transaction: transaction);
            await connection.ExecuteAsync(CmsSchema.Sql, transaction: transaction);
            await transaction.CommitAsync(cancellationToken);
            _created = true;
        }
        finally
        {
            _creating.Release();
        }
    }
}
