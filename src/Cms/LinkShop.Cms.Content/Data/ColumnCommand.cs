using System.Globalization;
using YesSql.Sql.Schema;

namespace LinkShop.Cms.Content.Data;

/// <summary>A column as a migration describes it. Lengths aren't enforced: SQLite can't, and PostgreSQL gains nothing by it.</summary>
internal sealed class ColumnCommand(string name, Type type) : IAddColumnCommand
{
    private bool _notNull;
    private object? _default;

    public string Name => name;

    public IColumnCommand WithLength(int? length) => this;

    public IColumnCommand Unlimited() => this;

    public IColumnCommand WithDefault(object @default)
    {
        _default = @default;
        return this;
    }

    public ICreateColumnCommand NotNull()
    {
        _notNull = true;
        return this;
    }

    public ICreateColumnCommand Nullable()
    {
        _notNull = false;
        return this;
    }

    public string ToSql(bool isSqlite)
    {
        // Rows from before a column was added must be readable, so values that can't be null get a default.
        var value = _default ?? (type == typeof(string) ? (_notNull ? "" : null) : type.IsValueType && System.Nullable.GetUnderlyingType(type) is null ? Zero(type) : null);
        return $"\"{name}\" {SqlType(isSqlite)}{(_notNull ? " NOT NULL" : "")}{(value is null ? "" : " DEFAULT " + Literal(value, isSqlite))}";
    }

    private string SqlType(bool isSqlite)
    {
        var plain = System.Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum)
            plain = Enum.GetUnderlyingType(plain);
        return Type.GetTypeCode(plain) switch
        {
            TypeCode.String or TypeCode.Char => "text",
            TypeCode.Boolean => isSqlite ? "INTEGER" : "boolean",
            TypeCode.Byte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.UInt16 => "integer",
            TypeCode.UInt32 or TypeCode.Int64 => "bigint",
            TypeCode.Single or TypeCode.Double => isSqlite ? "REAL" : "double precision",
            TypeCode.Decimal => isSqlite ? "REAL" : "numeric",
            TypeCode.DateTime => isSqlite ? "TEXT" : "timestamp without time zone",
            _ when plain == typeof(Guid) => isSqlite ? "TEXT" : "uuid",
            _ when plain == typeof(TimeSpan) => isSqlite ? "TEXT" : "interval",
            _ when plain == typeof(byte[]) => isSqlite ? "BLOB" : "bytea",
            _ => throw new NotSupportedException($"The column '{name}' can't have the type {plain.Name}."),
        };
    }

    private static object? Zero(Type valueType) => Type.GetTypeCode(valueType) is TypeCode.Boolean ? false
        : Type.GetTypeCode(valueType) is >= TypeCode.SByte and <= TypeCode.Decimal || valueType.IsEnum ? 0 : null;

    private static string Literal(object value, bool isSqlite) => value switch
    {
        bool flag => isSqlite ? flag ? "1" : "0" : flag ? "true" : "false",
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        Enum number => Convert.ToInt64(number, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"'{value}' can't be the default of a column."),
    };
}
