using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using YesSql;
using YesSql.Indexes;

namespace LinkShop.Cms.Content.Data;

/// <summary>Starts a query of a session.</summary>
internal sealed class DocumentQuery(DocumentSession session, IndexCatalog catalog) : IQuery
{
    public IQuery<T> For<T>(bool filterType = true) where T : class => new DocumentQuery<T>(session, catalog, filterType);

    public IQueryIndex<T> ForIndex<T>() where T : class, IIndex => new IndexQuery<T>(session, catalog);
}

/// <summary>Builds the database query for documents of one type from the filters and orders on its indexes.</summary>
internal sealed class DocumentQuery<T>(DocumentSession session, IndexCatalog catalog, bool filterType) : IQuery<T> where T : class
{
    private readonly List<IndexClause> _clauses = [];
    private int _skip;
    private int? _take;

    public IQuery<T, TIndex> With<TIndex>() where TIndex : class, IIndex
    {
        if (!catalog.Knows(typeof(TIndex)))
            throw new InvalidOperationException($"No index provider of an enabled feature describes {typeof(TIndex).Name}.");
        if (_clauses.OfType<IndexClause<TIndex>>().FirstOrDefault() is not { } clause)
            _clauses.Add(clause = new IndexClause<TIndex>(catalog.IsSingle(typeof(TIndex))));
        return new DocumentQuery<T, TIndex>(this, clause, ClearOrders);
    }

    public IQuery<T, TIndex> With<TIndex>(Expression<Func<TIndex, bool>> predicate) where TIndex : class, IIndex => With<TIndex>().Where(predicate);

    public IQuery<T> Skip(int count)
    {
        _skip = count;
        return this;
    }

    public IQuery<T> Take(int count)
    {
        _take = count;
        return this;
    }

    public async Task<T?> FirstOrDefaultAsync() => (await RunAsync(_skip, 1)).FirstOrDefault();

    public async Task<IEnumerable<T>> ListAsync() => await RunAsync(_skip, _take);

    public async IAsyncEnumerable<T> ToAsyncEnumerable()
    {
        foreach (var document in await RunAsync(_skip, _take))
            yield return document;
    }

    public async Task<int> CountAsync()
    {
        if (await session.HasNoneAsync(typeof(T)))
            return 0;
        var context = await session.ContextAsync(flush: session.HasPending(typeof(T)));
        return await Build(context, ordered: false).CountAsync();
    }

    private async Task<List<T>> RunAsync(int skip, int? take)
    {
        if (await session.HasNoneAsync(typeof(T)))
            return [];
        var context = await session.ContextAsync(flush: session.HasPending(typeof(T)));
        var query = Build(context, ordered: true);
        if (skip > 0)
            query = query.Skip(skip);
        if (take is { } count)
            query = query.Take(count);
        var rows = await query.AsNoTracking().ToListAsync();
        return [.. rows.Select(session.Materialize<T>)];
    }

    private IQueryable<Document> Build(ContentDbContext context, bool ordered)
    {
        IQueryable<Document> documents = context.Documents;
        if (filterType)
        {
            var type = DocumentTypes.Name(typeof(T));
            documents = documents.Where(row => row.Type == type);
        }

        var ordering = ordered ? _clauses.Where(clause => clause.IsOrdered).ToArray() : [];
        // One index that orders, with one record a document, is joined, so that the database can read it in order. Else records only filter.
        var joined = ordering is [{ IsSingle: true } only] ? only : null;
        foreach (var clause in _clauses.Where(clause => clause != joined))
            documents = clause.Filter(context, documents);
        if (joined is not null)
            return joined.Join(context, documents);
        IOrderedQueryable<Document>? sorted = null;
        foreach (var clause in ordering)
            sorted = clause.Order(context, documents, sorted);
        // A page needs an order that doesn't change between pages.
        return sorted?.ThenBy(row => row.Id) ?? (ordered ? documents.OrderBy(row => row.Id) : documents);
    }

    private void ClearOrders() => _clauses.ForEach(clause => clause.ClearOrders());
}

/// <summary>The same query while it talks about one of its indexes.</summary>
internal sealed class DocumentQuery<T, TIndex>(DocumentQuery<T> query, IndexClause<TIndex> clause, Action clearOrders) : IQuery<T, TIndex>
    where T : class where TIndex : class, IIndex
{
    public IQuery<T, TIndex> Where(Expression<Func<TIndex, bool>> predicate)
    {
        clause.Filters.Add(FilterRewriter.Rewrite(predicate));
        return this;
    }

    public IQuery<T, TIndex> OrderBy(Expression<Func<TIndex, object?>> keySelector) => Order(keySelector, descending: false, first: true);

    public IQuery<T, TIndex> OrderByDescending(Expression<Func<TIndex, object?>> keySelector) => Order(keySelector, descending: true, first: true);

    public IQuery<T, TIndex> ThenBy(Expression<Func<TIndex, object?>> keySelector) => Order(keySelector, descending: false, first: false);

    public IQuery<T, TIndex> ThenByDescending(Expression<Func<TIndex, object?>> keySelector) => Order(keySelector, descending: true, first: false);

    public IQuery<T, TOther> With<TOther>() where TOther : class, IIndex => query.With<TOther>();

    public IQuery<T, TOther> With<TOther>(Expression<Func<TOther, bool>> predicate) where TOther : class, IIndex => query.With(predicate);

    public IQuery<T> Skip(int count) => query.Skip(count);

    public IQuery<T> Take(int count) => query.Take(count);

    public Task<T?> FirstOrDefaultAsync() => query.FirstOrDefaultAsync();

    public Task<IEnumerable<T>> ListAsync() => query.ListAsync();

    public IAsyncEnumerable<T> ToAsyncEnumerable() => query.ToAsyncEnumerable();

    public Task<int> CountAsync() => query.CountAsync();

    private DocumentQuery<T, TIndex> Order(Expression<Func<TIndex, object?>> key, bool descending, bool first)
    {
        if (first)
            clearOrders();
        clause.Orders.Add((key, descending));
        return this;
    }
}
