using LinkShop.Cms.Content.Data;
using LinkShop.Testing;
using OrchardCore.Data;
using YesSql.Indexes;
using Xunit;

namespace LinkShop.Cms.Tests.Content;

/// <summary>An empty content database of either kind, and sessions on it for any tenant.</summary>
internal sealed class ContentStore : IAsyncDisposable
{
    private readonly string? _folder;
    private readonly ContentContextFactory _contexts;

    private ContentStore(ContentDatabase database, string? folder, IIndexProvider[] providers)
    {
        (Database, _folder) = (database, folder);
        _contexts = new ContentContextFactory(database);
        Stamps = new ChangeStamps(database, TimeProvider.System);
        Catalog = new IndexCatalog(providers, []);
    }

    public static TheoryData<string> Databases => ["sqlite", "postgres"];

    public ContentDatabase Database { get; }

    public ChangeStamps Stamps { get; }

    public IndexCatalog Catalog { get; }

    public static async Task<ContentStore> CreateAsync(string kind, params IIndexProvider[] providers)
    {
        if (kind == "sqlite")
        {
            var folder = Directory.CreateTempSubdirectory("linkshop-content-").FullName;
            return new ContentStore(ContentDatabase.Sqlite(Path.Combine(folder, "content.db")), folder, providers);
        }

        if (PostgresCluster.WhyNot is { } reason)
            Assert.Skip(reason);
        var cluster = await PostgresCluster.SharedAsync();
        return new ContentStore(ContentDatabase.Postgres(await cluster!.CreateDatabaseAsync()), null, providers);
    }

    public DocumentSession Open(string tenant = "Default", params IScopedIndexProvider[] scoped) =>
        new(Database, Catalog, _contexts, Stamps, tenant, scoped);

    public async Task MigrateAsync(Func<SqlSchemaBuilder, Task> migrate)
    {
        await using var session = Open();
        var builder = await session.BeginSchemaAsync();
        await migrate(builder);
        await session.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (_folder is null)
            return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}
