using LinkShop.Cms.Shell.Setup;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using YesSql;
using IIndex = YesSql.Indexes.IIndex;

namespace LinkShop.Cms.Content.Data;

// A session of a tenant that is set up as one unit of work commits to what the unit keeps, and reads that.
internal sealed partial class DocumentSession
{
    /// <summary>The unit of work of the tenant's set-up; null for all other sessions.</summary>
    public SetupUnit? SetUp { get; init; }

    /// <summary>Whether there are no documents of a type, known without asking the database.</summary>
    public async ValueTask<bool> HasNoneAsync(Type type) => await KeptAsync() is { } kept && !kept.Has(type) && !HasPending(type);

    /// <summary>Whether an index has no records, known without asking the database.</summary>
    public async ValueTask<bool> HasNoRecordsAsync<TIndex>() where TIndex : class, IIndex =>
        catalog.Knows(typeof(TIndex)) && await KeptAsync() is { } kept && !kept.Records<TIndex>().Any()
        && !_saving.Concat(_deleting).Any(tracked => catalog.For(tracked.Entity.GetType(), scopedProviders).Any(descriptor => descriptor.IndexType == typeof(TIndex)));

    /// <summary>All records of an index that are committed.</summary>
    public async Task<IReadOnlyList<TIndex>> StoredRecordsAsync<TIndex>() where TIndex : class, IIndex =>
        await KeptAsync() is { } kept ? [.. kept.Records<TIndex>()] : await (await ContextAsync(flush: false)).Set<TIndex>().ToListAsync();

    private async ValueTask<long> GetStampInSetUpAsync(string kind) => await KeptAsync() is { } kept ? kept.StampOf(kind) : await stamps.GetAsync(tenant, kind);

    /// <summary>What the tenant's set-up keeps; null when it keeps nothing (any more), as for all other tenants.</summary>
    private async ValueTask<SetupDocuments?> KeptAsync()
    {
        if (SetUp is not { IsOpen: true } unit)
            return null;
        // an earlier tenant of this name may have left something
        if (unit.Rows is null && await stamps.HasAnyAsync(tenant))
            await unit.SpillAsync();
        return unit.IsOpen ? (SetupDocuments)(unit.Rows ??= new SetupDocuments(database, stamps, tenant)) : null;
    }

    /// <summary>Hands what this session saved to what the set-up keeps.</summary>
    /// <returns>False when it needs the database, where it then has to be stored.</returns>
    private async Task<bool> KeepAsync(SetupDocuments kept)
    {
        var model = contexts.Model(catalog);
        var any = false;
        while (_saving.Count > 0 || _deleting.Count > 0)
        {
            // Index providers may save further documents, which the next round keeps.
            Tracked[] saving = [.. _saving], deleting = [.. _deleting];
            // groups are counted by the database
            if (saving.Concat(deleting).Any(tracked => catalog.For(tracked.Entity.GetType(), scopedProviders).Any(descriptor => descriptor.Reduce is not null)))
            {
                await SetUp!.SpillAsync();
                return false;
            }

            any = true;
            _saving.Clear();
            _deleting.Clear();
            foreach (var tracked in deleting)
            {
                kept.Delete(tracked.Id);
                _known.Remove(tracked);
            }

            foreach (var tracked in saving)
                kept.Save(tracked, DocumentTypes.Serialize(tracked.Entity), model.FindEntityType(typeof(Document))!, await RecordsAsync(model, tracked.Entity));
        }

        // as without it: what changes no document is no commit
        if (!any)
            return true;
        foreach (var kind in _changedKinds.Keys)
            kept.Count(kind);
        Committed();
        return true;
    }

    private async Task<List<(IEntityType Table, IIndex Record)>> RecordsAsync(IModel model, object document)
    {
        var records = new List<(IEntityType, IIndex)>();
        foreach (var descriptor in catalog.For(document.GetType(), scopedProviders))
            foreach (var record in await DocumentWriter.MapAsync(descriptor, document))
                records.Add((model.FindEntityType(record.GetType())!, record));
        return records;
    }
}
