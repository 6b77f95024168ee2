using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using SQLitePCL;

namespace LinkShop.Commerce.Data;

/// <summary>A prepared statement, used again and again: bind, step, read, reset.</summary>
internal sealed unsafe class SqliteStatement(SqliteHandle handle, sqlite3_stmt statement, SqlText text) : IRowReader
{
    // valid until Release or the disposing Reset; the handle is held by this object
    private readonly nint _pointer = statement.DangerousGetHandle();

    public SqlText Text => text;

    /// <summary>Between the first step and the reset.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Not in the connection's cache: freed when it is reset.</summary>
    public bool OwnedByCaller { get; set; }

    public int FieldCount => SqliteNative.ColumnCount(_pointer);

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
        var code = SqliteNative.Step(_pointer);
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
        _ = SqliteNative.Reset(_pointer);
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

    public bool IsNull(int column) => SqliteNative.ColumnType(_pointer, column) == raw.SQLITE_NULL;

    public long GetInt64(int column) => SqliteNative.ColumnInt64(_pointer, column);

    public double GetDouble(int column) => SqliteNative.ColumnDouble(_pointer, column);

    public bool GetBoolean(int column) => SqliteNative.ColumnInt64(_pointer, column) != 0;

    public string GetString(int column) => Encoding.UTF8.GetString(SqliteNative.ColumnText(_pointer, column), SqliteNative.ColumnBytes(_pointer, column));

    public byte[] GetBytes(int column) => new ReadOnlySpan<byte>(SqliteNative.ColumnBlob(_pointer, column), SqliteNative.ColumnBytes(_pointer, column)).ToArray();

    private int Bind(int index, object? value) => value switch
    {
        null => SqliteNative.BindNull(_pointer, index),
        string s => BindText(index, s),
        long l => SqliteNative.BindInt64(_pointer, index, l),
        int i => SqliteNative.BindInt64(_pointer, index, i),
        short s => SqliteNative.BindInt64(_pointer, index, s),
        bool b => SqliteNative.BindInt64(_pointer, index, b ? 1 : 0),
        double d => SqliteNative.BindDouble(_pointer, index, d),
        byte[] { Length: 0 } => SqliteNative.BindZeroBlob(_pointer, index, 0),
        byte[] bytes => BindBlob(index, bytes),
        long[] or string[] => BindText(index, JsonSerializer.Serialize(value)),
        _ => throw new ArgumentException($"A {value.GetType()} can't be a parameter on SQLite."),
    };

    private int BindBlob(int index, byte[] value)
    {
        fixed (byte* bytes = value)
            return SqliteNative.BindBlob(_pointer, index, bytes, value.Length, SqliteNative.Copied);
    }

    [SkipLocalsInit]
    private int BindText(int index, string value)
    {
        // PostgreSQL can't store it; here it would hide what comes after it
        if (value.Contains('\0', StringComparison.Ordinal))
            throw new UnstorableTextException();
        byte[]? rented = null;
        var size = Encoding.UTF8.GetMaxByteCount(value.Length);
        var buffer = size <= 1024 ? stackalloc byte[1024] : rented = ArrayPool<byte>.Shared.Rent(size);
        try
        {
            var length = Encoding.UTF8.GetBytes(value, buffer);
            // never a null pointer, which would bind null: the buffer isn't empty even if the text is
            fixed (byte* bytes = buffer)
                return SqliteNative.BindText(_pointer, index, bytes, length, SqliteNative.Copied);
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
