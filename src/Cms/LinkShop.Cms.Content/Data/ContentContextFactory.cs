using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace LinkShop.Cms.Content.Data;

/// <summary>Opens a tenant's view of the database. The options are made once, because EF Core compares them on each use.</summary>
internal sealed class ContentContextFactory
{
    private readonly ContentDatabase _database;
    private readonly DbContextOptions<ContentDbContext> _options;

    public ContentContextFactory(ContentDatabase database)
    {
        _database = database;
        var builder = new DbContextOptionsBuilder<ContentDbContext>();
        database.Configure(builder);
        _options = builder
            .ReplaceService<IModelCacheKeyFactory, ContentModelCacheKeyFactory>()
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .EnableThreadSafetyChecks(true)
            .Options;
    }

    public ContentDbContext Create(IndexCatalog catalog, string tenant) => new(_options, catalog, _database, tenant);
}
