using System.Buffers;
using System.Text;
using System.Text.Json;
using SQLitePCL;

namespace LinkShop.Commerce.Data;

/// <summary>A prepared statement, used again and again: bind, step, read, reset.</summary>
internal sealed class SqliteStatement(SqliteHandle handle, sqlite3_stmt statement, SqlText text) : IRowReader
{
    public SqlText Text => text;

    /// <summary>Between the first step and the reset.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Not in the connection's cache: freed when it is reset.</summary>
    public bool OwnedByCaller { get; set; }

    public int FieldCount => raw.sqlite3_column_count(statement);

    public void Bind(object? parameters, string? tenant)
    {
        var plan = text.PlanFor(parameters);
        for (var i = 0; i < plan.Count; i++)
        {
            handle.Check(Bind(i + 1, plan.Value(i, parameters, tenant)));
        }
    }

    public bool Step()
    {
        IsBusy = true;
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        handle.Check(code);
        return false;
    }

    /// <summary>Ends the run. Bindings stay: every run binds all parameters anew.</summary>
    public void Reset()
    {
        IsBusy = false;
        // the code repeats the last step's error, which was already thrown
        _ = raw.sqlite3_reset(statement);
        if (OwnedByCaller)
        {
            statement.Dispose();
        }
    }

    public void Release()
    {
        if (!IsBusy)
        {
            statement.Dispose();
        }
    }

    public string GetName(int column) => raw.sqlite3_column_name(statement, column).utf8_to_string();

    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => raw.sqlite3_column_int64(statement, column);

    public double GetDouble(int column) => raw.sqlite3_column_double(statement, column);

    public bool GetBoolean(int column) => raw.sqlite3_column_int64(statement, column) != 0;

    public string GetString(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public byte[] GetBytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    private int Bind(int index, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, index),
        string s => BindText(index, s),
        long l => raw.sqlite3_bind_int64(statement, index, l),
        int i => raw.sqlite3_bind_int64(statement, index, i),
        short s => raw.sqlite3_bind_int64(statement, index, s),
        bool b => raw.sqlite3_bind_int64(statement, index, b ? 1 : 0),
        double d => raw.sqlite3_bind_double(statement, index, d),
        byte[] { Length: 0 } => raw.sqlite3_bind_zeroblob(statement, index, 0),
        byte[] bytes => raw.sqlite3_bind_blob(statement, index, bytes),
        long[] or string[] => BindText(index, JsonSerializer.Serialize(value)),
        _ => throw new ArgumentException($"A {value.GetType()} can't be a parameter on SQLite."),
    };

    private int BindText(int index, string value)
    {
        // an empty span would bind null
        if (value.Length == 0)
        {
            return raw.sqlite3_bind_text(statement, index, value);
        }

        byte[]? rented = null;
        var size = Encoding.UTF8.GetMaxByteCount(value.Length);
        var buffer = size <= 1024 ? stackalloc byte[1024] : rented = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            var length = Encoding.UTF8.GetBytes(value, buffer);
            return raw.sqlite3_bind_text(statement, index, buffer[..length]);
        }
        finally
        {
            if (rented is not null)
            {
                // it may have held a secret
                ArrayPool<byte>.Shared.Return(rented, clearArray: true);
            }
        }
    }
}
