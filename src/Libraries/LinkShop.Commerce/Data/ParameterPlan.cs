using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using NpgsqlTypes;

namespace LinkShop.Commerce.Data;

/// <summary>How to take a statement's parameter values out of objects of one type.</summary>
internal sealed class ParameterPlan
{
    private readonly Parameter[] _parameters;

    public ParameterPlan(Type source, string[] names)
    {
        Source = source;
        SuppliesTenant = source != typeof(DBNull) && source.GetProperty(SqlText.TenantParameter, Flags) is not null;
        _parameters = [.. names.Select(name => Describe(source, name))];
    }

    private const BindingFlags Flags = BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;

    public Type Source { get; }

    /// <summary>Whether the object has a property <c>tenant</c>: refused in a tenant's scope.</summary>
    public bool SuppliesTenant { get; }

    public int Count => _parameters.Length;

    /// <summary>The value as the engine stores it; lists stay lists.</summary>
    public object? Value(int index, object? source, string? tenant)
    {
        ref readonly var parameter = ref _parameters[index];
        if (tenant is not null && parameter.IsTenant)
        {
            return tenant;
        }

        return parameter.Get is { } get && source is not null
            ? get(source)
            : throw new ArgumentException($"The statement uses @{parameter.Name}, which {Source.Name} does not supply.");
    }

    public NpgsqlDbType Type(int index) => _parameters[index].Type;

    private static Parameter Describe(Type source, string name)
    {
        var isTenant = name == SqlText.TenantParameter;
        if (source != typeof(DBNull) && source.GetProperty(name, Flags) is { CanRead: true } property)
        {
            return new Parameter(name, isTenant, CompileGetter(source, property), TypeOf(property.PropertyType));
        }

        return new Parameter(name, isTenant, null, NpgsqlDbType.Text);
    }

    private static Func<object, object?> CompileGetter(Type source, PropertyInfo property)
    {
        var instance = Expression.Parameter(typeof(object));
        var value = Expression.Convert(Expression.Property(Expression.Convert(instance, source), property), typeof(object));
        var get = Expression.Lambda<Func<object, object?>>(value, instance).Compile();
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type.IsEnum || type == typeof(Guid))
        {
            return o => get(o)?.ToString();
        }

        if (type == typeof(DateTimeOffset))
        {
            return o => get(o) is DateTimeOffset time ? time.ToUnixTimeMilliseconds() : null;
        }

        if (type == typeof(ReadOnlyMemory<byte>))
        {
            return o => get(o) is ReadOnlyMemory<byte> memory ? memory.ToArray() : null;
        }

        return IsList(type) ? o => ToArray((IEnumerable?)get(o)) : get;
    }

    private static bool IsList(Type type) => type != typeof(string) && type != typeof(byte[]) && typeof(IEnumerable).IsAssignableFrom(type);

    private static Array? ToArray(IEnumerable? list) => list switch
    {
        null => null,
        IEnumerable<long> longs => longs.ToArray(),
        IEnumerable<int> ints => ints.Select(i => (long)i).ToArray(),
        IEnumerable<string> strings => strings.ToArray(),
        IEnumerable<byte[]> blobs => blobs.ToArray(),
        _ => list.Cast<object>().Select(o => o.ToString()!).ToArray(),
    };

    private static NpgsqlDbType TypeOf(Type declared)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (IsList(type))
        {
            return NpgsqlDbType.Array | (typeof(IEnumerable<long>).IsAssignableFrom(type) || typeof(IEnumerable<int>).IsAssignableFrom(type) ? NpgsqlDbType.Bigint
                : typeof(IEnumerable<byte[]>).IsAssignableFrom(type) ? NpgsqlDbType.Bytea
                : NpgsqlDbType.Text);
        }

        return type switch
        {
            _ when type == typeof(long) || type == typeof(DateTimeOffset) => NpgsqlDbType.Bigint,
            _ when type == typeof(int) => NpgsqlDbType.Integer,
            _ when type == typeof(short) => NpgsqlDbType.Smallint,
            _ when type == typeof(bool) => NpgsqlDbType.Boolean,
            _ when type == typeof(double) => NpgsqlDbType.Double,
            _ when type == typeof(decimal) => NpgsqlDbType.Numeric,
            _ when type == typeof(byte[]) || type == typeof(ReadOnlyMemory<byte>) => NpgsqlDbType.Bytea,
            _ when type == typeof(string) || type == typeof(Guid) || type.IsEnum => NpgsqlDbType.Text,
            _ => throw new ArgumentException($"Values of type {type} can't be parameters."),
        };
    }

    private readonly record struct Parameter(string Name, bool IsTenant, Func<object, object?>? Get, NpgsqlDbType Type);
}
