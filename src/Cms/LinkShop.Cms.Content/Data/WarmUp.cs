using LinkShop.Cms.Content.Contents;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using OrchardCore.ContentManagement.Records;

namespace LinkShop.Cms.Content.Data;

/// <summary>
/// Runs EF Core once in the background while the containers are being built: its first query costs half a second of compiling, for which
/// the first page would wait. It works on a database in memory, so that it neither waits for the real one nor disturbs it.
/// </summary>
internal static class WarmUp
{
    private static int _started;

    public static void Start()
    {
        // Nothing depends on it: should it fail, the first real query meets the same failure and reports it.
        if (Interlocked.Exchange(ref _started, 1) == 0)
            _ = Task.Run(RunAsync);
    }

    internal static async Task<int> RunAsync()
    {
        var memory = new SqliteConnectionStringBuilder { DataSource = "warm-up-" + Guid.NewGuid().ToString("N"), Mode = SqliteOpenMode.Memory, Cache = SqliteCacheMode.Shared }.ToString();
        await using var database = ContentDatabase.SqliteConnection(memory);
        await using var contexts = new ContentContextFactory(database);
        // The database lives as long as a connection to it is open.
        await using var open = database.CreateConnection();
        await open.OpenAsync();
        var stamps = new ChangeStamps(database, TimeProvider.System);
        await using var session = new DocumentSession(database, new IndexCatalog([new ContentItemIndexProvider()], []), contexts, stamps, "warm-up", []);
        var schema = await session.BeginSchemaAsync();
        await new ContentItemIndexMigrations { SchemaBuilder = schema }.CreateAsync();
        await session.SaveChangesAsync();
        var context = await session.ContextAsync();
        var found = await context.Documents.Where(row => context.Set<ContentItemIndex>().Select(record => record.Id).Contains(row.Id)).OrderBy(row => row.Id).Take(1).ToListAsync();
        return found.Count;
    }
}
