using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace LinkShop.Commerce.Data;

/// <summary>The current row of a result, by column.</summary>
internal interface IRowReader
{
    int FieldCount { get; }

    string GetName(int column);

    bool IsNull(int column);

    long GetInt64(int column);

    double GetDouble(int column);

    bool GetBoolean(int column);

    string GetString(int column);

    byte[] GetBytes(int column);
}

/// <summary>Compiles functions that make an object of a row: a scalar, a tuple by position, or a type by column names.</summary>
internal static class RowMapper
{
    private static readonly ParameterExpression Row = Expression.Parameter(typeof(IRowReader));

    public static Func<IRowReader, T> Compile<T>(IRowReader reader)
        => Expression.Lambda<Func<IRowReader, T>>(Body(typeof(T), reader), Row).Compile();

    private static Expression Body(Type type, IRowReader reader)
    {
        if (IsScalar(type))
        {
            return Column(type, 0, reader.GetName(0));
        }

        if (typeof(ITuple).IsAssignableFrom(type))
        {
            var items = type.GetGenericArguments();
            return Expression.New(type.GetConstructor(items)!, items.Select((item, i) => Column(item, i, reader.GetName(i))));
        }

        var columns = Enumerable.Range(0, reader.FieldCount).ToDictionary(i => Plain(reader.GetName(i)), StringComparer.OrdinalIgnoreCase);
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)
            ?? throw new InvalidOperationException($"{type} has no public constructor.");
        var arguments = constructor.GetParameters().Select(p => Argument(type, p, columns)).ToArray();
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.SetMethod is { IsPublic: true } && columns.ContainsKey(p.Name) && !constructor.GetParameters().Any(c => c.Name!.Equals(p.Name, StringComparison.OrdinalIgnoreCase)))
            .Select(p => Expression.Bind(p, Column(p.PropertyType, columns[p.Name], p.Name)));
        return Expression.MemberInit(Expression.New(constructor, arguments), properties);
    }

    private static Expression Argument(Type type, ParameterInfo parameter, Dictionary<string, int> columns)
    {
        if (columns.TryGetValue(parameter.Name!, out var column))
        {
            return Column(parameter.ParameterType, column, parameter.Name!);
        }

        return parameter.HasDefaultValue
            ? Expression.Constant(parameter.DefaultValue, parameter.ParameterType)
            : throw new InvalidOperationException($"The result has no column for '{parameter.Name}' of {type}.");
    }

    private static Expression Column(Type type, int index, string name)
    {
        var column = Expression.Constant(index);
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        var value = Expression.Convert(Value(plain, column), type);
        Expression whenNull = type.IsValueType && plain == type
            ? Expression.Throw(Expression.Call(typeof(RowMapper), nameof(UnexpectedNull), null, Expression.Constant(name)), type)
            : Expression.Default(type);
        return Expression.Condition(Expression.Call(Row, nameof(IRowReader.IsNull), null, column), whenNull, value);
    }

    private static Expression Value(Type type, Expression column)
    {
        Expression Call(string method) => Expression.Call(Row, method, null, column);
        if (type.IsEnum)
        {
            return Expression.Call(typeof(RowMapper), nameof(ParseEnum), [type], Call(nameof(IRowReader.GetString)));
        }

        return type switch
        {
            _ when type == typeof(long) => Call(nameof(IRowReader.GetInt64)),
            _ when type == typeof(int) || type == typeof(short) => Expression.ConvertChecked(Call(nameof(IRowReader.GetInt64)), type),
            _ when type == typeof(bool) => Call(nameof(IRowReader.GetBoolean)),
            _ when type == typeof(double) => Call(nameof(IRowReader.GetDouble)),
            _ when type == typeof(string) => Call(nameof(IRowReader.GetString)),
            _ when type == typeof(byte[]) => Call(nameof(IRowReader.GetBytes)),
            _ when type == typeof(Guid) => Expression.Call(typeof(Guid), nameof(Guid.Parse), null, Call(nameof(IRowReader.GetString))),
            _ => Expression.Call(typeof(DateTimeOffset), nameof(DateTimeOffset.FromUnixTimeMilliseconds), null, Call(nameof(IRowReader.GetInt64))),
        };
    }

    private static bool IsScalar(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsEnum || plain.IsPrimitive || plain == typeof(string) || plain == typeof(byte[]) || plain == typeof(Guid) || plain == typeof(DateTimeOffset);
    }

    private static string Plain(string column) => column.Replace("_", "", StringComparison.Ordinal);

    private static TEnum ParseEnum<TEnum>(string name) where TEnum : struct, Enum => Enum.Parse<TEnum>(name);

    private static InvalidCastException UnexpectedNull(string column) => new($"Column '{column}' is null, but the type it is read into has no null.");
}
