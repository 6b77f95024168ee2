using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
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
    private readonly ConcurrentDictionary<string, ConcurrentBag<ContentDbContext>> _kept = [];

    public ContentContextFactory(ContentDatabase database)
    {
        _database = database;
        var builder = new DbContextOptionsBuilder<ContentDbContext>();
        database.Configure(builder);
        if (database.IsSqlite)
            builder.ReplaceService<IRelationalConnection, PlainSqliteConnection>();
        _options = builder
            .ReplaceService<IModelCacheKeyFactory, ContentModelCacheKeyFactory>()
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .EnableThreadSafetyChecks(true)
            .Options;
    }

    public ContentDbContext Lend(IndexCatalog catalog, string tenant)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        if (!_kept.TryGetValue(catalog.Key, out var bag) || !bag.TryTake(out var context))
            context = new(_options, catalog, _database);
        context.Tenant = tenant;
        return context;
    }

    /// <summary>Takes a context back; one that is still in a transaction is thrown away.</summary>
    public async ValueTask ReturnAsync(ContentDbContext context)
    {
        var bag = _kept.GetOrAdd(context.Catalog.Key, static _ => []);
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
}
