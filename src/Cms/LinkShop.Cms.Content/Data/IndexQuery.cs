using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using YesSql;
using YesSql.Indexes;

namespace LinkShop.Cms.Content.Data;

/// <summary>Queries the records of an index.</summary>
internal sealed class IndexQuery<TIndex>(DocumentSession session, IndexCatalog catalog) : IQueryIndex<TIndex> where TIndex : class, IIndex
{
    private readonly List<Expression<Func<TIndex, bool>>> _filters = [];
    private readonly List<(Expression<Func<TIndex, object?>> Key, bool Descending)> _orders = [];
    private int _skip;
    private int? _take;

    public IQueryIndex<TIndex> Where(Expression<Func<TIndex, bool>> predicate)
    {
        _filters.Add(FilterRewriter.Rewrite(predicate));
        return this;
    }

    public IQueryIndex<TIndex> OrderBy(Expression<Func<TIndex, object?>> keySelector) => Order(keySelector, descending: false, first: true);

    public IQueryIndex<TIndex> OrderByDescending(Expression<Func<TIndex, object?>> keySelector) => Order(keySelector, descending: true, first: true);

    public IQueryIndex<TIndex> ThenBy(Expression<Func<TIndex, object?>> keySelector) => Order(keySelector, descending: false, first: false);

    public IQueryIndex<TIndex> ThenByDescending(Expression<Func<TIndex, object?>> keySelector) => Order(keySelector, descending: true, first: false);

    public IQueryIndex<TIndex> Skip(int count)
    {
        _skip = count;
        return this;
    }

    public IQueryIndex<TIndex> Take(int count)
    {
        _take = count;
        return this;
    }

    public async Task<TIndex?> FirstOrDefaultAsync()
    {
        _take = 1;
        return (await ListAsync()).FirstOrDefault();
    }

    public async Task<IEnumerable<TIndex>> ListAsync()
    {
        if (await session.HasNoRecordsAsync<TIndex>())
            return [];
        var records = await RecordsAsync();
        IOrderedQueryable<TIndex>? sorted = null;
        foreach (var (key, descending) in _orders)
            sorted = (sorted, descending) switch
            {
                (null, false) => records.OrderBy(key),
                (null, true) => records.OrderByDescending(key),
                (_, false) => sorted.ThenBy(key),
                (_, true) => sorted.ThenByDescending(key),
            };
        IQueryable<TIndex> query = sorted?.ThenBy(record => record.Id) ?? records.OrderBy(record => record.Id);
        if (_skip > 0)
            query = query.Skip(_skip);
        if (_take is { } count)
            query = query.Take(count);
        return await query.AsNoTracking().ToListAsync();
    }

    public async IAsyncEnumerable<TIndex> ToAsyncEnumerable()
    {
        foreach (var record in await ListAsync())
            yield return record;
    }

    public async Task<int> CountAsync() => await session.HasNoRecordsAsync<TIndex>() ? 0 : await (await RecordsAsync()).CountAsync();

    private async Task<IQueryable<TIndex>> RecordsAsync()
    {
        if (!catalog.Knows(typeof(TIndex)))
            throw new InvalidOperationException($"No index provider of an enabled feature describes {typeof(TIndex).Name}.");
        var context = await session.ContextAsync();
        return _filters.Aggregate((IQueryable<TIndex>)context.Set<TIndex>(), (records, filter) => records.Where(filter));
    }

    private IndexQuery<TIndex> Order(Expression<Func<TIndex, object?>> key, bool descending, bool first)
    {
        if (first)
            _orders.Clear();
        _orders.Add((key, descending));
        return this;
    }
}
