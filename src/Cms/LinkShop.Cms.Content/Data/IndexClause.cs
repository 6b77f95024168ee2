using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using YesSql;
using YesSql.Indexes;

namespace LinkShop.Cms.Content.Data;

/// <summary>What a query asks of one index.</summary>
internal abstract class IndexClause(bool isSingle)
{
    public bool IsSingle => isSingle;

    public abstract bool IsOrdered { get; }

    public abstract void ClearOrders();

    /// <summary>The documents that have a matching record.</summary>
    public abstract IQueryable<Document> Filter(ContentDbContext context, IQueryable<Document> documents);

    /// <summary>The documents that have a matching record, in the order of the records.</summary>
    public abstract IQueryable<Document> Join(ContentDbContext context, IQueryable<Document> documents);

    /// <summary>The documents in the order of their first matching record, after the orders so far.</summary>
    public abstract IOrderedQueryable<Document> Order(ContentDbContext context, IQueryable<Document> documents, IOrderedQueryable<Document>? sorted);
}

/// <inheritdoc/>
internal sealed class IndexClause<TIndex>(bool isSingle) : IndexClause(isSingle) where TIndex : class, IIndex
{
    private static readonly MethodInfo OrderByMethod = typeof(IndexClause<TIndex>).GetMethod(nameof(OrderByValue), BindingFlags.NonPublic | BindingFlags.Static)!;

    public List<Expression<Func<TIndex, bool>>> Filters { get; } = [];

    public List<(Expression<Func<TIndex, object?>> Key, bool Descending)> Orders { get; } = [];

    public override bool IsOrdered => Orders.Count > 0;

    public override void ClearOrders() => Orders.Clear();

    public override IQueryable<Document> Filter(ContentDbContext context, IQueryable<Document> documents)
    {
        var ids = DocumentIds(context);
        return documents.Where(row => ids.Contains(row.Id));
    }

    public override IQueryable<Document> Join(ContentDbContext context, IQueryable<Document> documents)
    {
        IOrderedQueryable<TIndex>? sorted = null;
        foreach (var (key, descending) in Orders)
            sorted = (sorted, descending) switch
            {
                (null, false) => Records(context).OrderBy(key),
                (null, true) => Records(context).OrderByDescending(key),
                (_, false) => sorted.ThenBy(key),
                (_, true) => sorted.ThenByDescending(key),
            };
        return sorted!.ThenBy(record => record.Id)
            .Join(documents, record => EF.Property<long>(record, ContentDbContext.DocumentIdColumn), row => row.Id, (_, row) => row);
    }

    public override IOrderedQueryable<Document> Order(ContentDbContext context, IQueryable<Document> documents, IOrderedQueryable<Document>? sorted)
    {
        foreach (var (key, descending) in Orders)
        {
            var body = key.Body is UnaryExpression { NodeType: ExpressionType.Convert } convert ? convert.Operand : key.Body;
            sorted = (IOrderedQueryable<Document>)OrderByMethod.MakeGenericMethod(body.Type)
                .Invoke(null, [Records(context), documents, sorted, Expression.Lambda(body, key.Parameters), descending])!;
        }

        return sorted!;
    }

    private static IOrderedQueryable<Document> OrderByValue<TKey>(
        IQueryable<TIndex> records, IQueryable<Document> documents, IOrderedQueryable<Document>? sorted, Expression<Func<TIndex, TKey>> key, bool descending)
    {
        Expression<Func<Document, TKey?>> value = descending
            ? row => records.Where(record => EF.Property<long>(record, ContentDbContext.DocumentIdColumn) == row.Id).OrderByDescending(key).Select(key).FirstOrDefault()
            : row => records.Where(record => EF.Property<long>(record, ContentDbContext.DocumentIdColumn) == row.Id).OrderBy(key).Select(key).FirstOrDefault();
        return (sorted, descending) switch
        {
            (null, false) => documents.OrderBy(value),
            (null, true) => documents.OrderByDescending(value),
            (_, false) => sorted.ThenBy(value),
            (_, true) => sorted.ThenByDescending(value),
        };
    }

    private IQueryable<TIndex> Records(ContentDbContext context) => Filters.Aggregate((IQueryable<TIndex>)context.Set<TIndex>(), (records, filter) => records.Where(filter));

    private IQueryable<long> DocumentIds(ContentDbContext context)
    {
        var records = Records(context);
        if (!typeof(ReduceIndex).IsAssignableFrom(typeof(TIndex)))
            return records.Select(record => EF.Property<long>(record, ContentDbContext.DocumentIdColumn));
        if (IsOrdered)
            throw new NotSupportedException($"Documents can't be ordered by the reduce index {typeof(TIndex).Name}.");
        return context.Bridge(typeof(TIndex))
            .Where(link => records.Any(record => record.Id == EF.Property<long>(link, ContentDbContext.IndexIdColumn)))
            .Select(link => EF.Property<long>(link, ContentDbContext.DocumentIdColumn));
    }
}
