using System.Data.Common;
using LinkShop.Cms.Shell.Setup;
using Microsoft.EntityFrameworkCore.Metadata;
using YesSql;
using IIndex = YesSql.Indexes.IIndex;

namespace LinkShop.Cms.Content.Data;

/// <summary>
/// The documents and index records of a tenant whose set-up is one unit of work (<see cref="SetupUnit"/>): what the database would have by now if each step had committed.
/// Only of a tenant that never stored a document, so that what isn't here isn't anywhere.
/// </summary>
internal sealed class SetupDocuments(ContentDatabase database, ChangeStamps stamps, string tenant) : ISetupRows
{
    private static long _lastStamp;
    private readonly OrderedDictionary<long, Kept> _kept = [];
    private readonly SortedDictionary<string, Kind> _kinds = new(StringComparer.Ordinal);
    private readonly long _start = NextStamp();

    /// <summary>The row of a document; null when there is none.</summary>
    public Document? Find(long id) => _kept.TryGetValue(id, out var kept) ? kept.Row : null;

    /// <summary>Whether there is a document of a type.</summary>
    public bool Has(Type type) => _kept.Values.Any(kept => type.IsAssignableFrom(kept.Type));

    /// <summary>The records of an index.</summary>
    public IEnumerable<TIndex> Records<TIndex>() where TIndex : class, IIndex => _kept.Values.SelectMany(kept => kept.Records).Select(record => record.Record).Where(record => record.GetType() == typeof(TIndex)).Cast<TIndex>();

    /// <summary>What caches remember of a kind is good for: below zero, so that no stamp of the database's is the same.</summary>
    public long StampOf(string kind) => _kinds.TryGetValue(kind, out var known) ? known.Stamp : _start;

    /// <summary>Keeps a document and its records in place of what it had.</summary>
    /// <exception cref="ConcurrencyException">Another session has stored a later version, or another document under this identifier.</exception>
    public void Save(Tracked tracked, string content, IEntityType table, IReadOnlyList<(IEntityType Table, IIndex Record)> records)
    {
        var type = tracked.Entity.GetType();
        var stored = Find(tracked.Id);
        var isNew = tracked.Content is null;
        if (isNew ? stored is not null : stored is null || (tracked.CheckConcurrency && stored.Version != tracked.Version))
            throw new ConcurrencyException(tracked.ToDocument(DocumentTypes.Name(type)));
        // as in the database: a document that didn't change keeps its version, and is indexed anew
        if (isNew || content != tracked.Content || tracked.CheckConcurrency)
            (tracked.Content, tracked.Version) = (content, (stored?.Version ?? 0) + 1);
        _kept[tracked.Id] = new(tracked.ToDocument(DocumentTypes.Name(type)), type, table, records);
    }

    /// <summary>Removes a document and its records.</summary>
    public void Delete(long id) => _kept.Remove(id);

    /// <summary>Counts a change of a kind, as <see cref="ChangeStamps"/> does.</summary>
    public void Count(string kind) => _kinds[kind] = new(_kinds.TryGetValue(kind, out var known) ? known.Count + 1 : 1, NextStamp());

    public Task WriteAsync(DbConnection connection, DbTransaction transaction) => Inserts(connection).ExecuteAsync(transaction);

    public void AddTo(DbBatch batch) => Inserts(batch.Connection!).AddTo(batch);

    public void Committed()
    {
        foreach (var (kind, value) in _kinds)
            stamps.Committed(tenant, kind, value.Count);
    }

    private RowInserts Inserts(DbConnection connection)
    {
        var inserts = new RowInserts(database, connection);
        foreach (var kept in _kept.Values)
        {
            inserts.Add(kept.Table, tenant, kept.Row, kept.Row.Id);
            foreach (var (table, record) in kept.Records)
                inserts.Add(table, tenant, record, kept.Row.Id);
        }

        inserts.AddStamps(tenant, _kinds.Select(kind => (kind.Key, kind.Value.Count)));
        return inserts;
    }

    private static long NextStamp() => Interlocked.Decrement(ref _lastStamp);

    private sealed record Kept(Document Row, Type Type, IEntityType Table, IReadOnlyList<(IEntityType Table, IIndex Record)> Records);

    private sealed record Kind(long Count, long Stamp);
}
