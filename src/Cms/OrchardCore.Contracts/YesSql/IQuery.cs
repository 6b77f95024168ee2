using System.Linq.Expressions;
using YesSql.Indexes;

namespace YesSql;

/// <summary>The start of a query.</summary>
public interface IQuery
{
    /// <summary>Queries documents of type <typeparamref name="T"/>.</summary>
    /// <param name="filterType">Whether only documents stored as exactly that type are returned.</param>
    IQuery<T> For<T>(bool filterType = true) where T : class;

    /// <summary>Queries the records of an index without loading documents.</summary>
    IQueryIndex<T> ForIndex<T>() where T : class, IIndex;
}

/// <summary>A query that returns documents.</summary>
public interface IQuery<T> where T : class
{
    /// <summary>Joins an index so that it can be filtered and ordered by.</summary>
    IQuery<T, TIndex> With<TIndex>() where TIndex : class, IIndex;

    /// <summary>Joins an index and filters by it.</summary>
    IQuery<T, TIndex> With<TIndex>(Expression<Func<TIndex, bool>> predicate) where TIndex : class, IIndex;

    /// <summary>Leaves out the first <paramref name="count"/> results.</summary>
    IQuery<T> Skip(int count);

    /// <summary>Returns at most <paramref name="count"/> results.</summary>
    IQuery<T> Take(int count);

    /// <summary>The first document, or null.</summary>
    Task<T?> FirstOrDefaultAsync();

    /// <summary>All documents of the page asked for.</summary>
    Task<IEnumerable<T>> ListAsync();

    /// <summary>The documents one after another.</summary>
    IAsyncEnumerable<T> ToAsyncEnumerable();

    /// <summary>How many documents match, whatever page was asked for.</summary>
    Task<int> CountAsync();
}

/// <summary>A query that returns documents and has joined <typeparamref name="TIndex"/>.</summary>
public interface IQuery<T, TIndex> : IQuery<T> where T : class where TIndex : IIndex
{
    /// <summary>Filters by the index; several filters must all hold.</summary>
    IQuery<T, TIndex> Where(Expression<Func<TIndex, bool>> predicate);

    /// <summary>Orders ascending, replacing an earlier order.</summary>
    IQuery<T, TIndex> OrderBy(Expression<Func<TIndex, object?>> keySelector);

    /// <summary>Orders descending, replacing an earlier order.</summary>
    IQuery<T, TIndex> OrderByDescending(Expression<Func<TIndex, object?>> keySelector);

    /// <summary>Orders ascending where the earlier order ties.</summary>
    IQuery<T, TIndex> ThenBy(Expression<Func<TIndex, object?>> keySelector);

    /// <summary>Orders descending where the earlier order ties.</summary>
    IQuery<T, TIndex> ThenByDescending(Expression<Func<TIndex, object?>> keySelector);
}

/// <summary>A query that returns index records.</summary>
public interface IQueryIndex<T> where T : IIndex
{
    /// <summary>Filters; several filters must all hold.</summary>
    IQueryIndex<T> Where(Expression<Func<T, bool>> predicate);

    /// <summary>Orders ascending, replacing an earlier order.</summary>
    IQueryIndex<T> OrderBy(Expression<Func<T, object?>> keySelector);

    /// <summary>Orders descending, replacing an earlier order.</summary>
    IQueryIndex<T> OrderByDescending(Expression<Func<T, object?>> keySelector);

    /// <summary>Orders ascending where the earlier order ties.</summary>
    IQueryIndex<T> ThenBy(Expression<Func<T, object?>> keySelector);

    /// <summary>Orders descending where the earlier order ties.</summary>
    IQueryIndex<T> ThenByDescending(Expression<Func<T, object?>> keySelector);

    /// <summary>Leaves out the first <paramref name="count"/> records.</summary>
    IQueryIndex<T> Skip(int count);

    /// <summary>Returns at most <paramref name="count"/> records.</summary>
    IQueryIndex<T> Take(int count);

    /// <summary>The first record, or null.</summary>
    Task<T?> FirstOrDefaultAsync();

    /// <summary>All records of the page asked for.</summary>
    Task<IEnumerable<T>> ListAsync();

    /// <summary>The records one after another.</summary>
    IAsyncEnumerable<T> ToAsyncEnumerable();

    /// <summary>How many records match, whatever page was asked for.</summary>
    Task<int> CountAsync();
}
