using System.Linq.Expressions;
using System.Reflection;

namespace YesSql.Indexes;

/// <summary>Collects the descriptions of an index provider.</summary>
public interface IDescriptor
{
    /// <summary>The indexes described for these types of documents (all when none is given).</summary>
    IEnumerable<IndexDescriptor> Describe(params Type[] types);
}

/// <summary>How an index record is made from a document.</summary>
public interface IMapFor<out T, TIndex> where TIndex : IIndex
{
    /// <summary>Indexes only the documents that the predicate accepts.</summary>
    IMapFor<T, TIndex> When(Func<T, bool> predicate);

    /// <summary>One record for each document; null for none.</summary>
    IGroupFor<TIndex> Map(Func<T, TIndex?> map);

    /// <summary>Any number of records for each document.</summary>
    IGroupFor<TIndex> Map(Func<T, IEnumerable<TIndex>?> map);

    /// <summary>One record for each document, made asynchronously; null for none.</summary>
    IGroupFor<TIndex> Map(Func<T, Task<TIndex>> map);

    /// <summary>Any number of records for each document, made asynchronously.</summary>
    IGroupFor<TIndex> Map(Func<T, Task<IEnumerable<TIndex>>> map);
}

/// <summary>By which property a reduce index is grouped.</summary>
public interface IGroupFor<TIndex> where TIndex : IIndex
{
    /// <summary>Groups the mapped records by a property.</summary>
    IReduceFor<TIndex, TKey> Group<TKey>(Expression<Func<TIndex, TKey>> group);
}

/// <summary>How the mapped records of one group are summed up.</summary>
public interface IReduceFor<TIndex, out TKey> where TIndex : IIndex
{
    /// <summary>Sums up a group; the stored record is part of the group.</summary>
    IDeleteFor<TIndex> Reduce(Func<IGrouping<TKey, TIndex>, TIndex> reduce);
}

/// <summary>How mapped records are taken out of a group's record.</summary>
public interface IDeleteFor<TIndex> where TIndex : IIndex
{
    /// <summary>Takes the records of changed or deleted documents out; null removes the group's record.</summary>
    void Delete(Func<TIndex, IEnumerable<TIndex>, TIndex?> delete);
}

/// <summary>Describes the indexes of documents of one type.</summary>
public class DescribeContext<T> : IDescriptor
{
    private readonly List<Func<IndexDescriptor>> _described = [];

    /// <summary>Describes an index.</summary>
    public IMapFor<T, TIndex> For<TIndex>() where TIndex : class, IIndex
    {
        var description = new IndexDescription<T, TIndex>();
        _described.Add(description.ToDescriptor);
        return description;
    }

    /// <inheritdoc/>
    public IEnumerable<IndexDescriptor> Describe(params Type[] types) =>
        types.Length > 0 && !types.Any(type => typeof(T).IsAssignableFrom(type)) ? [] : _described.Select(described => described());
}

/// <summary>The description of one index.</summary>
public class IndexDescriptor
{
    /// <summary>The type of documents.</summary>
    public Type Type { get; set; } = typeof(object);

    /// <summary>The type of index records.</summary>
    public Type IndexType { get; set; } = typeof(object);

    /// <summary>Makes the records of a document.</summary>
    public Func<object, Task<IEnumerable<IIndex>>> Map { get; set; } = _ => Task.FromResult<IEnumerable<IIndex>>([]);

    /// <summary>Which documents are indexed; null for all.</summary>
    public Func<object, bool>? Filter { get; set; }

    /// <summary>Sums up a group; null for a map index.</summary>
    public Func<IGrouping<object?, IIndex>, IIndex>? Reduce { get; set; }

    /// <summary>Takes records out of a group's record; null for a map index.</summary>
    public Func<IIndex, IEnumerable<IIndex>, IIndex?>? Delete { get; set; }

    /// <summary>The property that groups; null for a map index.</summary>
    public PropertyInfo? GroupKey { get; set; }

    /// <summary>Whether a document has at most one record, so that a join on it can't repeat the document.</summary>
    internal bool IsSingle { get; set; }
}
