using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Security.Cryptography;

namespace LinkShop.Cms.Content.Data;

/// <summary>
/// Makes document identifiers without asking the database: 41 bits of milliseconds, then 22 bits that count up from a random start in each
/// process. Two processes would have to hit the same millisecond and the same of four million numbers; the primary key catches even that.
/// </summary>
internal static class DocumentIds
{
    private static readonly DateTime Epoch = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly ConcurrentDictionary<Type, (Func<object, long>? Get, Action<object, long>? Set)> Accessors = [];
    private static int _counter = RandomNumberGenerator.GetInt32(1 << 22);

    public static long Next()
    {
        var milliseconds = (long)(DateTime.UtcNow - Epoch).TotalMilliseconds;
        return (milliseconds << 22) | (uint)(Interlocked.Increment(ref _counter) & 0x3FFFFF);
    }

    /// <summary>Writes the identifier into the document's <c>Id</c>, when it has one of type <see cref="long"/>.</summary>
    public static void Set(object document, long id) => Accessor(document.GetType()).Set?.Invoke(document, id);

    /// <summary>The document's <c>Id</c>; 0 when it has none.</summary>
    public static long Get(object document) => Accessor(document.GetType()).Get?.Invoke(document) ?? 0;

    private static (Func<object, long>? Get, Action<object, long>? Set) Accessor(Type type) => Accessors.GetOrAdd(type, static type =>
    {
        if (type.GetProperty("Id") is not { CanWrite: true } property || property.PropertyType != typeof(long))
            return (null, null);
        var document = Expression.Parameter(typeof(object));
        var id = Expression.Parameter(typeof(long));
        var member = Expression.Property(Expression.Convert(document, type), property);
        return (Expression.Lambda<Func<object, long>>(member, document).Compile(),
            Expression.Lambda<Action<object, long>>(Expression.Assign(member, id), document, id).Compile());
    });
}
