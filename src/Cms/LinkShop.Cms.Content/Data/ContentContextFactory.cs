using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace LinkShop.Cms.Content.Data;

/// <summary>
/// Lends a tenant's view of the database to sessions. Making a context's services costs several times what a query does, so contexts are
/// kept and lent again, always with the tenant set anew and nothing left in them of the one before.
/// </summary>
internal sealed class ContentContextFactory : IAsyncDisposable
{
    private const int MaxKept = 32;
    private readonly ContentDatabase _database;
    private readonly DbContextOptions<ContentDbContext> _options;
    private readonly DbContextOptions<ContentDbContext> _setUpOptions;
    private readonly ConcurrentDictionary<string, IModel> _models = [];
    private readonly ConcurrentDictionary<(string Catalog, bool IsSettingUp), ConcurrentBag<ContentDbContext>> _kept = [];

    public ContentContextFactory(ContentDatabase database)
    {
        _database = database;
        _options = Options(setUp: false);
        _setUpOptions = Options(setUp: true);
    }

    /// <param name="catalog">The indexes of the tenant's features.</param>
    /// <param name="tenant">Whose rows are seen.</param>
    /// <param name="isSettingUp">Whether commits need not wait for the disk, see <see cref="DocumentSession.IsSettingUp"/>.</param>
    public ContentDbContext Lend(IndexCatalog catalog, string tenant, bool isSettingUp = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        if (!_kept.TryGetValue((catalog.Key, isSettingUp), out var bag) || !bag.TryTake(out var context))
        {
            context = new(isSettingUp ? _setUpOptions : _options, catalog, _database) { IsSettingUp = isSettingUp };
            // a failed save ends the session's whole transaction, so there is nothing to go back to
            context.Database.AutoSavepointsEnabled = false;
        }

        context.Tenant = tenant;
        return context;
    }

    /// <summary>The tables and columns of a catalog's indexes and of the documents.</summary>
    public IModel Model(IndexCatalog catalog) => _models.GetOrAdd(catalog.Key, static (_, given) =>
    {
        using var context = new ContentDbContext(given.Factory._options, given.Catalog, given.Factory._database);
        return context.Model;
    }, (Factory: this, Catalog: catalog));

    /// <summary>Takes a context back; one that is still in a transaction is thrown away.</summary>
    public async ValueTask ReturnAsync(ContentDbContext context)
    {
        var bag = _kept.GetOrAdd((context.Catalog.Key, context.IsSettingUp), static _ => []);
        if (context.Database.CurrentTransaction is not null || bag.Count >= MaxKept)
        {
            await context.DisposeAsync();
            return;
        }

        context.ChangeTracker.Clear();
        context.Tenant = "";
        bag.Add(context);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var bag in _kept.Values)
            while (bag.TryTake(out var context))
                await context.DisposeAsync();
    }

    private DbContextOptions<ContentDbContext> Options(bool setUp)
    {
        var builder = new DbContextOptionsBuilder<ContentDbContext>();
        _database.Configure(builder, durable: !setUp);
        if (_database.IsSqlite)
            builder.ReplaceService<IRelationalConnection, PlainSqliteConnection>();
        return builder
            .ReplaceService<IModelCacheKeyFactory, ContentModelCacheKeyFactory>()
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .EnableThreadSafetyChecks(true)
            .Options;
    }
}
