using System.Linq.Expressions;
using YesSql.Indexes;

namespace YesSql;

/// <summary>Shorter ways to start a query.</summary>
public static class QueryExtensions
{
    /// <summary>Queries documents of one type.</summary>
    public static IQuery<T> Query<T>(this ISession session, string? collection = null) where T : class =>
        session.Query(collection).For<T>();

    /// <summary>Queries documents of one type by an index.</summary>
    public static IQuery<T, TIndex> Query<T, TIndex>(this ISession session, string? collection = null)
        where T : class where TIndex : class, IIndex => session.Query(collection).For<T>().With<TIndex>();

    /// <summary>Queries documents of one type by an index, optionally of derived types too.</summary>
    public static IQuery<T, TIndex> Query<T, TIndex>(this ISession session, bool filterType, string? collection = null)
        where T : class where TIndex : class, IIndex => session.Query(collection).For<T>(filterType).With<TIndex>();

    /// <summary>Queries documents of one type that an index filter matches.</summary>
    public static IQuery<T, TIndex> Query<T, TIndex>(this ISession session, Expression<Func<TIndex, bool>> predicate, string? collection = null)
        where T : class where TIndex : class, IIndex => session.Query(collection).For<T>().With(predicate);

    /// <summary>Queries index records.</summary>
    public static IQueryIndex<TIndex> QueryIndex<TIndex>(this ISession session, string? collection = null)
        where TIndex : class, IIndex => session.Query(collection).ForIndex<TIndex>();

    /// <summary>Queries the index records that a filter matches.</summary>
    public static IQueryIndex<TIndex> QueryIndex<TIndex>(this ISession session, Expression<Func<TIndex, bool>> predicate, string? collection = null)
        where TIndex : class, IIndex => session.Query(collection).ForIndex<TIndex>().Where(predicate);
}

/// <summary>Shorter ways to use a session.</summary>
public static class SessionExtensions
{
    /// <summary>Loads one document by identifier, or null.</summary>
    public static async Task<T?> GetAsync<T>(this ISession session, long id, string? collection = null) where T : class =>
        (await session.GetAsync<T>([id], collection)).FirstOrDefault();
}
