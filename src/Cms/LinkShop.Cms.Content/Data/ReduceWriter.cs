using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using YesSql.Indexes;

namespace LinkShop.Cms.Content.Data;

/// <summary>Collects what documents add to and take from reduce indexes, and writes each group once.</summary>
internal sealed class ReduceWriter(ContentDbContext context)
{
    private static readonly MethodInfo WriteGroupMethod = typeof(ReduceWriter).GetMethod(nameof(WriteGroupAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;
    private readonly Dictionary<(IndexDescriptor Descriptor, object Key), Group> _groups = [];

    public void Add(IndexDescriptor descriptor, long documentId, IEnumerable<IIndex> records)
    {
        foreach (var record in records)
            GroupOf(descriptor, record).Added.Add((record, documentId));
    }

    public void Remove(IndexDescriptor descriptor, long documentId, IEnumerable<IIndex> records)
    {
        foreach (var record in records)
            GroupOf(descriptor, record).Removed.Add((record, documentId));
    }

    public async Task WriteAsync()
    {
        // Sorted, so that two transactions lock groups in the same order.
        foreach (var ((descriptor, key), group) in _groups.OrderBy(entry => LockName(entry.Key.Descriptor, entry.Key.Key), StringComparer.Ordinal).ToArray())
            await (Task)WriteGroupMethod.MakeGenericMethod(descriptor.IndexType).Invoke(this, [descriptor, key, group])!;
        _groups.Clear();
    }

    private async Task WriteGroupAsync<TIndex>(IndexDescriptor descriptor, object key, Group group) where TIndex : class, IIndex
    {
        if (!context.ContentDatabase.IsSqlite)
            await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({LockName(descriptor, key)}, 0))");
        var stored = await context.Set<TIndex>().AsTracking().FirstOrDefaultAsync(HasKey<TIndex>(descriptor.GroupKey!, key));
        IIndex? result = stored;
        if (group.Added.Count > 0)
        {
            result = descriptor.Reduce!(new KeyedGroup(key, group.Added.Select(added => added.Record)));
            if (stored is not null)
                result = descriptor.Reduce(new KeyedGroup(key, [stored, result]));
        }

        if (group.Removed.Count > 0 && result is not null)
            result = (descriptor.Delete ?? throw new InvalidOperationException($"{descriptor.IndexType.Name} doesn't say how records are taken out of a group."))(
                result, group.Removed.Select(removed => removed.Record));
        var id = await StoreAsync(stored, (TIndex?)result);
        await LinkAsync(descriptor.IndexType, id ?? stored?.Id, keep: id is not null, group);
        context.ChangeTracker.Clear();
    }

    private async Task<long?> StoreAsync<TIndex>(TIndex? stored, TIndex? result) where TIndex : class, IIndex
    {
        if (stored is null && result is null)
            return null;
        if (result is null)
            context.Remove(stored!);
        else if (stored is null)
        {
            result.Id = 0;
            await context.AddAsync(result);
        }
        else
        {
            result.Id = stored.Id;
            context.Entry(stored).CurrentValues.SetValues(result);
        }

        await context.SaveChangesAsync();
        return result is null ? null : stored?.Id ?? result.Id;
    }

    private async Task LinkAsync(Type indexType, long? indexId, bool keep, Group group)
    {
        if (indexId is not { } id)
            return;
        var bridge = context.Bridge(indexType);
        var documents = (keep ? group.Removed : [.. group.Removed, .. group.Added]).Select(entry => entry.DocumentId).ToList();
        await bridge.Where(row => EF.Property<long>(row, ContentDbContext.IndexIdColumn) == id && (!keep || documents.Contains(EF.Property<long>(row, ContentDbContext.DocumentIdColumn)))).ExecuteDeleteAsync();
        if (!keep)
            return;
        var added = group.Added.Select(entry => entry.DocumentId).Distinct().ToList();
        var linked = await bridge.Where(row => EF.Property<long>(row, ContentDbContext.IndexIdColumn) == id && added.Contains(EF.Property<long>(row, ContentDbContext.DocumentIdColumn)))
            .Select(row => EF.Property<long>(row, ContentDbContext.DocumentIdColumn)).ToListAsync();
        foreach (var documentId in added.Except(linked))
            bridge.Add(new Dictionary<string, object> { [ContentDbContext.IndexIdColumn] = id, [ContentDbContext.DocumentIdColumn] = documentId });
        await context.SaveChangesAsync();
    }

    private Group GroupOf(IndexDescriptor descriptor, IIndex record)
    {
        var property = descriptor.GroupKey ?? throw new InvalidOperationException($"{descriptor.IndexType.Name} doesn't say by what it is grouped.");
        var key = property.GetValue(record) ?? throw new InvalidOperationException($"{descriptor.IndexType.Name}.{property.Name} is the group and can't be null.");
        if (!_groups.TryGetValue((descriptor, key), out var group))
            _groups[(descriptor, key)] = group = new();
        return group;
    }

    private string LockName(IndexDescriptor descriptor, object key) =>
        string.Create(CultureInfo.InvariantCulture, $"reduce/{context.Tenant}/{descriptor.IndexType.FullName}/{key}");

    private static Expression<Func<TIndex, bool>> HasKey<TIndex>(PropertyInfo property, object key)
    {
        var record = Expression.Parameter(typeof(TIndex), "record");
        return Expression.Lambda<Func<TIndex, bool>>(Expression.Equal(Expression.Property(record, property), Expression.Constant(key, property.PropertyType)), record);
    }

    private sealed class Group
    {
        public List<(IIndex Record, long DocumentId)> Added { get; } = [];

        public List<(IIndex Record, long DocumentId)> Removed { get; } = [];
    }

    private sealed class KeyedGroup(object key, IEnumerable<IIndex> records) : IGrouping<object?, IIndex>
    {
        public object? Key => key;

        public IEnumerator<IIndex> GetEnumerator() => records.GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
