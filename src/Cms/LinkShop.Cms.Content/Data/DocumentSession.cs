using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using OrchardCore.Data;
using YesSql;
using YesSql.Indexes;

namespace LinkShop.Cms.Content.Data;

/// <summary>
/// A request's unit of work on the documents of its tenant. Reads go to the database directly; the first write opens a
/// transaction (on SQLite after waiting for its turn), which <see cref="SaveChangesAsync"/> commits.
/// </summary>
internal sealed partial class DocumentSession(
    ContentDatabase database,
    IndexCatalog catalog,
    ContentContextFactory contexts,
    ChangeStamps stamps,
    string tenant,
    IEnumerable<IScopedIndexProvider> scopedProviders) : ISession
{
    private readonly IdentityMap _known = new();
    private readonly List<Tracked> _saving = [];
    private readonly List<Tracked> _deleting = [];
    private readonly HashSet<Tracked> _flushed = [];
    private readonly Dictionary<string, bool> _changedKinds = [];
    private ContentDbContext? _context;
    private bool _disposed;

    public string Tenant => tenant;

    /// <summary>
    /// Whether the tenant is being set up. Its commits then don't wait for the disk: what a power failure takes is set up again, because the
    /// tenant counts as set up only by a later commit in the same log, which waits and so brings all earlier ones to the disk.
    /// </summary>
    public bool IsSettingUp { get; init; }

    /// <summary>Whether the tenant is being moved to another database: then nothing is written.</summary>
    public bool IsMoving { get; init; }

    /// <summary>Runs after each commit, and is then forgotten.</summary>
    public event Action? AfterCommit;

    /// <summary>Whether this session has changes of a type that other sessions can't see yet, so that shared caches must not be used.</summary>
    public bool HasUncommitted(Type type) => HasUncommitted(type.Name);

    /// <inheritdoc cref="HasUncommitted(Type)"/>
    public bool HasUncommitted(string kind) => _changedKinds.ContainsKey(kind);

    /// <summary>What caches keep with what they read: it is stale when this has changed.</summary>
    public ValueTask<long> GetStampAsync(Type type) => GetStampAsync(type.Name);

    /// <inheritdoc cref="GetStampAsync(Type)"/>
    public ValueTask<long> GetStampAsync(string kind) => SetUp is null ? stamps.GetAsync(tenant, kind) : GetStampInSetUpAsync(kind);

    public Task SaveAsync(object obj, bool checkConcurrency = false, string? collection = null)
    {
        RefuseCollection(collection);
        return SaveAsync(obj, null, checkConcurrency);
    }

    /// <summary>Saves a document that gets a certain identifier when it is new.</summary>
    public Task SaveAsync(object obj, long? newId, bool checkConcurrency)
    {
        ArgumentNullException.ThrowIfNull(obj);
        var tracked = _known.Find(obj);
        if (tracked is null)
        {
            tracked = _known.Add(new Tracked(obj, newId ?? DocumentIds.Next()));
            DocumentIds.Set(obj, tracked.Id);
        }

        tracked.CheckConcurrency |= checkConcurrency;
        _deleting.Remove(tracked);
        if (!_saving.Contains(tracked))
            _saving.Add(tracked);
        CountChange(obj.GetType().Name);
        return Task.CompletedTask;
    }

    /// <summary>Lets caches of a kind become stale when this session commits.</summary>
    public void CountChange(string kind) => _changedKinds[kind] = true;

    /// <summary>The stored text of a document, past this session's own objects.</summary>
    public async Task<string?> ReadAsync(long id)
    {
        if (await KeptAsync() is { } kept)
            return kept.Find(id)?.Content;
        var context = await ContextAsync(flush: false);
        return await DocumentReads.For(context).Text(context, id);
    }

    /// <summary>The stored row of a document that this session knows.</summary>
    public Document? RowOf(object entity) =>
        _known.Find(entity) is { Content: not null } tracked ? tracked.ToDocument(DocumentTypes.Name(entity.GetType())) : null;

    public void Delete(object item, string? collection = null)
    {
        RefuseCollection(collection);
        if (_known.Find(item) is not { } tracked)
            throw new InvalidOperationException($"Only a document that this session loaded or saved can be deleted ({item.GetType().Name}).");
        _saving.Remove(tracked);
        if (tracked.Content is null)
            _known.Remove(tracked);
        else if (!_deleting.Contains(tracked))
            _deleting.Add(tracked);
        CountChange(item.GetType().Name);
    }

    public void Detach(object item, string? collection = null)
    {
        if (_known.Find(item) is not { } tracked)
            return;
        _known.Remove(tracked);
        _saving.Remove(tracked);
        _deleting.Remove(tracked);
        _flushed.Remove(tracked);
    }

    public void Detach(IEnumerable<object> entries, string? collection = null)
    {
        foreach (var entry in entries.ToArray())
            Detach(entry);
    }

    public async Task<IEnumerable<T>> GetAsync<T>(long[] ids, string? collection = null) where T : class
    {
        RefuseCollection(collection);
        var missing = ids.Where(id => _known.Find(id) is null).ToList();
        if (missing.Count > 0 && await KeptAsync() is { } kept)
            foreach (var document in missing.Select(kept.Find).OfType<Document>())
                Materialize<T>(document);
        else if (missing is [var only])
        {
            var context = await ContextAsync();
            if (await DocumentReads.For(context).Row(context, only) is { } document)
                Materialize<T>(document);
        }
        else if (missing.Count > 1)
        {
            var context = await ContextAsync();
            foreach (var document in await context.Documents.AsNoTracking().Where(row => missing.Contains(row.Id)).ToListAsync())
                Materialize<T>(document);
        }

        return [.. ids.Select(id => _known.Find(id)).Where(tracked => tracked is not null && !_deleting.Contains(tracked)).Select(tracked => tracked!.Entity).OfType<T>()];
    }

    public IQuery Query(string? collection = null)
    {
        RefuseCollection(collection);
        return new DocumentQuery(this, catalog);
    }

    /// <summary>The object of a stored document: the one this session knows already, or a new one that it knows from now on.</summary>
    public T Materialize<T>(Document document) where T : class
    {
        if (_known.Find(document.Id) is { } known)
            return (T)known.Entity;
        var entity = DocumentTypes.Deserialize(document.Content, DocumentTypes.Resolve(document.Type, typeof(T)));
        DocumentIds.Set(entity, document.Id);
        _known.Add(new Tracked(entity, document.Id) { Content = document.Content, Version = document.Version });
        return (T)entity;
    }

    /// <summary>Whether a query for documents of a type could miss pending changes.</summary>
    public bool HasPending(Type type) => _saving.Concat(_deleting).Any(tracked => type.IsInstanceOfType(tracked.Entity));

    /// <summary>Deletes every document and index record of the tenant, with this session's commit.</summary>
    public async Task DeleteEverythingAsync()
    {
        var context = await ContextAsync();
        await BeginAsync();
        foreach (var kind in await context.Documents.Select(row => row.Type).Distinct().ToListAsync())
            CountChange(kind);
        foreach (var table in context.Model.GetEntityTypes().Select(type => type.GetTableName()!).Distinct())
        {
            var sql = $"DELETE FROM {database.Quote(table)} WHERE \"{ContentDbContext.TenantColumn}\" = {{0}}";
            await context.Database.ExecuteSqlRawAsync(sql, tenant);
        }
    }

    /// <summary>The database, with the pending changes flushed when there are any that a read could miss.</summary>
    public async Task<ContentDbContext> ContextAsync(bool flush = true)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (await KeptAsync() is not null)
            await SetUp!.SpillAsync();
        if (flush)
            await FlushAsync();
        if (_context is null)
        {
            await database.EnsureCreatedAsync();
            _context = contexts.Lend(catalog, tenant, IsSettingUp);
        }

        return _context;
    }

    public async ValueTask DisposeAsync()
    {
        await EndTransactionAsync();
        if (_context is { } context)
            await contexts.ReturnAsync(context);
        (_context, _disposed) = (null, true);
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static void RefuseCollection(string? collection)
    {
        if (!string.IsNullOrEmpty(collection))
            throw new NotSupportedException($"Document collections are not supported ('{collection}').");
    }
}
