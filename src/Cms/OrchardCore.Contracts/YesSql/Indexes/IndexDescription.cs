using System.Linq.Expressions;
using System.Reflection;

namespace YesSql.Indexes;

/// <summary>Collects what <see cref="DescribeContext{T}.For{TIndex}"/> is told about one index.</summary>
internal sealed class IndexDescription<T, TIndex> : IMapFor<T, TIndex>, IGroupFor<TIndex>, IDeleteFor<TIndex> where TIndex : class, IIndex
{
    private readonly IndexDescriptor _descriptor = new() { Type = typeof(T), IndexType = typeof(TIndex) };

    public IndexDescriptor ToDescriptor() => _descriptor;

    public IMapFor<T, TIndex> When(Func<T, bool> predicate)
    {
        _descriptor.Filter = document => predicate((T)document);
        return this;
    }

    public IGroupFor<TIndex> Map(Func<T, TIndex?> map) => SetMap(document => Task.FromResult(One(map(document))), isSingle: true);

    public IGroupFor<TIndex> Map(Func<T, IEnumerable<TIndex>?> map) => SetMap(document => Task.FromResult(Many(map(document))));

    public IGroupFor<TIndex> Map(Func<T, Task<TIndex>> map) => SetMap(async document => One(await map(document)), isSingle: true);

    public IGroupFor<TIndex> Map(Func<T, Task<IEnumerable<TIndex>>> map) => SetMap(async document => Many(await map(document)));

    public IReduceFor<TIndex, TKey> Group<TKey>(Expression<Func<TIndex, TKey>> group)
    {
        var body = group.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : group.Body;
        _descriptor.GroupKey = (body as MemberExpression)?.Member as PropertyInfo
            ?? throw new ArgumentException($"The group of {typeof(TIndex).Name} must be one of its properties.", nameof(group));
        return new Grouped<TKey>(this);
    }

    public void Delete(Func<TIndex, IEnumerable<TIndex>, TIndex?> delete) =>
        _descriptor.Delete = (index, removed) => delete((TIndex)index, removed.Cast<TIndex>());

    private IndexDescription<T, TIndex> SetMap(Func<T, Task<IEnumerable<IIndex>>> map, bool isSingle = false)
    {
        _descriptor.IsSingle = isSingle;
        _descriptor.Map = document => map((T)document);
        return this;
    }

    private static IEnumerable<IIndex> One(TIndex? index) => index is null ? [] : [index];

    private static IEnumerable<IIndex> Many(IEnumerable<TIndex>? indexes) => indexes?.Where(index => index is not null) ?? [];

    private sealed class Grouped<TKey>(IndexDescription<T, TIndex> owner) : IReduceFor<TIndex, TKey>
    {
        public IDeleteFor<TIndex> Reduce(Func<IGrouping<TKey, TIndex>, TIndex> reduce)
        {
            owner._descriptor.Reduce = group => reduce(new TypedGroup<TKey>((TKey)group.Key!, group.Cast<TIndex>()));
            return owner;
        }
    }

    private sealed class TypedGroup<TKey>(TKey key, IEnumerable<TIndex> items) : IGrouping<TKey, TIndex>
    {
        public TKey Key => key;

        public IEnumerator<TIndex> GetEnumerator() => items.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
