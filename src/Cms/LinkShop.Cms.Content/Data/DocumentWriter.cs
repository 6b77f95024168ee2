using System.Reflection;
using Microsoft.EntityFrameworkCore;
using OrchardCore.Data;
using YesSql;
using YesSql.Indexes;

namespace LinkShop.Cms.Content.Data;

/// <summary>Writes documents and keeps their index records, within a transaction.</summary>
internal sealed class DocumentWriter(ContentDbContext context, IndexCatalog catalog, IEnumerable<IScopedIndexProvider> scopedProviders)
{
    private static readonly MethodInfo DeleteRecordsMethod = typeof(DocumentWriter).GetMethod(nameof(DeleteRecordsAsync), BindingFlags.NonPublic | BindingFlags.Instance)!;
    private readonly Dictionary<Type, IndexDescriptor[]> _descriptors = [];
    private readonly ReduceWriter _reduce = new(context);

    /// <param name="saving">New and changed documents.</param>
    /// <param name="deleting">Documents to delete.</param>
    /// <param name="begin">Opens the transaction. New documents and their records are made before that: on SQLite others wait meanwhile.</param>
    public async Task WriteAsync(IReadOnlyList<Tracked> saving, IReadOnlyList<Tracked> deleting, Func<Task> begin)
    {
        var byKind = saving.ToLookup(IsPlainInsert);
        foreach (var tracked in byKind[true])
            await SaveAsync(tracked);
        await begin();
        foreach (var tracked in deleting)
            await DeleteAsync(tracked);
        foreach (var tracked in byKind[false])
            await SaveAsync(tracked);
        await context.SaveChangesAsync();
        await _reduce.WriteAsync();
        context.ChangeTracker.Clear();
    }

    private bool IsPlainInsert(Tracked tracked) => tracked.Content is null && Descriptors(tracked.Entity.GetType()).All(descriptor => descriptor.Reduce is null);

    private async Task SaveAsync(Tracked tracked)
    {
        var content = DocumentTypes.Serialize(tracked.Entity);
        var previous = tracked.Content;
        if (previous is null)
            await InsertAsync(tracked, content);
        else
            await UpdateAsync(tracked, content);
        await IndexAsync(tracked, previous);
    }

    private async Task InsertAsync(Tracked tracked, string content)
    {
        (tracked.Content, tracked.Version) = (content, 1);
        await context.AddAsync(tracked.ToDocument(DocumentTypes.Name(tracked.Entity.GetType())));
    }

    private async Task UpdateAsync(Tracked tracked, string content)
    {
        // A document that didn't change is still indexed anew: saving it is how a module fills a new index.
        if (content == tracked.Content && !tracked.CheckConcurrency)
            return;
        var (id, version, check) = (tracked.Id, tracked.Version, tracked.CheckConcurrency);
        var rows = await context.Documents.Where(row => row.Id == id && (!check || row.Version == version))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Content, content).SetProperty(row => row.Version, row => row.Version + 1));
        if (rows == 0)
            throw new ConcurrencyException(tracked.ToDocument(DocumentTypes.Name(tracked.Entity.GetType())));
        (tracked.Content, tracked.Version) = (content, version + 1);
    }

    private async Task DeleteAsync(Tracked tracked)
    {
        var id = tracked.Id;
        await context.Documents.Where(row => row.Id == id).ExecuteDeleteAsync();
        foreach (var descriptor in Descriptors(tracked.Entity.GetType()))
            if (descriptor.Reduce is not null)
                _reduce.Remove(descriptor, id, await MapAsync(descriptor, Reread(tracked, tracked.Content!)));
            else
                await (Task)DeleteRecordsMethod.MakeGenericMethod(descriptor.IndexType).Invoke(this, [id])!;
    }

    private async Task IndexAsync(Tracked tracked, string? previous)
    {
        var cleared = new HashSet<Type>();
        foreach (var descriptor in Descriptors(tracked.Entity.GetType()))
        {
            if (descriptor.Reduce is not null)
            {
                if (previous is not null)
                    _reduce.Remove(descriptor, tracked.Id, await MapAsync(descriptor, Reread(tracked, previous)));
                _reduce.Add(descriptor, tracked.Id, await MapAsync(descriptor, tracked.Entity));
                continue;
            }

            // Two providers may fill the same index, so it is cleared once and not before each.
            if (previous is not null && cleared.Add(descriptor.IndexType))
                await (Task)DeleteRecordsMethod.MakeGenericMethod(descriptor.IndexType).Invoke(this, [tracked.Id])!;
            foreach (var record in await MapAsync(descriptor, tracked.Entity))
            {
                record.Id = 0;
                var entry = await context.AddAsync((object)record);
                entry.Property(ContentDbContext.DocumentIdColumn).CurrentValue = tracked.Id;
            }
        }
    }

    private Task DeleteRecordsAsync<TIndex>(long documentId) where TIndex : class, IIndex =>
        context.Set<TIndex>().Where(record => EF.Property<long>(record, ContentDbContext.DocumentIdColumn) == documentId).ExecuteDeleteAsync();

    private static object Reread(Tracked tracked, string content)
    {
        var before = DocumentTypes.Deserialize(content, tracked.Entity.GetType());
        DocumentIds.Set(before, tracked.Id);
        return before;
    }

    /// <summary>The index records of a document.</summary>
    public static async Task<IReadOnlyList<IIndex>> MapAsync(IndexDescriptor descriptor, object document) =>
        descriptor.Filter?.Invoke(document) == false ? [] : [.. await descriptor.Map(document)];

    private IndexDescriptor[] Descriptors(Type type) =>
        _descriptors.TryGetValue(type, out var known) ? known : _descriptors[type] = [.. catalog.For(type, scopedProviders)];
}
