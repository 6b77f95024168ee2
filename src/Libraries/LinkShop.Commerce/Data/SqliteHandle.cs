using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LinkShop.Commerce.Data;

/// <summary>One open SQLite connection with its prepared statements; used by one thread at a time. Below Microsoft.Data.Sqlite, whose commands look every parameter up by name on each run.</summary>
internal sealed class SqliteHandle : IDisposable
{
    private const int MaxStatements = 500;
    private const int EnableStablePlans = 1007; // SQLITE_DBCONFIG_ENABLE_QPSG
    private readonly sqlite3 _database;
    private readonly Dictionary<SqlText, SqliteStatement> _statements = [];

    static SqliteHandle() => Initialize();

    private SqliteHandle(sqlite3 database) => _database = database;

    public bool InTransaction => raw.sqlite3_get_autocommit(_database) == 0;

    /// <summary>
    /// Sets SQLite up for the process, before anything opens a file: without memory statistics no global lock is taken for each allocation. Later calls change nothing.
    /// </summary>
    public static void Initialize()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
        SqliteGatheringFiles.Register();
    }

    /// <summary>
    /// A durable writer: the commit is on the disk when it returns. With recursive triggers an <c>insert or replace</c> meets the triggers on deletion, too. Nothing goes to the log before a
    /// commit (<c>cache_spill</c>), which <see cref="SqliteGatheringFiles"/> relies on.
    /// </summary>
    public static SqliteHandle OpenWriter(string path) => Open(path, SqliteGatheringFiles.Name,
        "pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on; pragma recursive_triggers=on; pragma cache_size=-12288; pragma cache_spill=off; pragma wal_autocheckpoint=16000; pragma journal_size_limit=67108864;");

    public static SqliteHandle OpenReader(string path) => Open(path, null, "pragma query_only=on; pragma cache_size=-1024;");

    public SqliteStatement Prepare(SqlText text)
    {
        if (_statements.TryGetValue(text, out var statement) && !statement.IsBusy)
        {
            return statement;
        }

        if (_statements.Count >= MaxStatements)
        {
            ForgetStatements();
        }

        Check(raw.sqlite3_prepare_v3(_database, text.Text, raw.SQLITE_PREPARE_PERSISTENT, out var prepared, out var rest));
        if (!string.IsNullOrWhiteSpace(rest))
        {
            prepared.Dispose();
            throw new ArgumentException($"There is more than one statement: {text.Text}");
        }

        var made = new SqliteStatement(this, prepared, text);
        // a statement that is being streamed keeps its entry; the second user of its text gets one for itself
        made.OwnedByCaller = !_statements.TryAdd(text, made);
        return made;
    }

    /// <summary>Runs any number of statements without parameters.</summary>
    public void Script(string sql) => Check(raw.sqlite3_exec(_database, sql));

    /// <summary>Runs one prepared statement without parameters or rows.</summary>
    public void Run(SqlText text)
    {
        var statement = Prepare(text);
        try
        {
            statement.Step();
        }
        finally
        {
            statement.Reset();
        }
    }

    public int Changes() => raw.sqlite3_changes(_database);

    /// <summary>Rows changed since the connection was opened; what was rolled back counts too.</summary>
    public int TotalChanges() => raw.sqlite3_total_changes(_database);

    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw new SqliteException($"SQLite error {code}: {raw.sqlite3_errmsg(_database).utf8_to_string()}", code & 0xff, raw.sqlite3_extended_errcode(_database));
        }
    }

    public void Dispose()
    {
        ForgetStatements();
        _database.Dispose();
    }

    private static SqliteHandle Open(string path, string? fileSystem, string pragmas)
    {
        var code = raw.sqlite3_open_v2(path, out var database, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX, fileSystem);
        var handle = new SqliteHandle(database);
        try
        {
            handle.Check(code);
            // other processes on the same file (verify, a second server by mistake) are waited for instead of failing
            handle.Check(raw.sqlite3_busy_timeout(database, 15_000));
            // a plan must not depend on the values bound to it: SQLite would prepare such statements again on each run
            handle.Check(raw.sqlite3_db_config(database, EnableStablePlans, 1, out _));
            handle.Script(pragmas + "pragma temp_store=memory;");
            return handle;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private void ForgetStatements()
    {
        foreach (var statement in _statements.Values)
        {
            // a streaming statement is freed by its stream
            statement.OwnedByCaller = statement.IsBusy;
            statement.Release();
        }

        _statements.Clear();
    }
}
