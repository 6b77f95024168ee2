using LinkShop.Cms.Content.Caching;
using LinkShop.Cms.Content.Data;
using OrchardCore.Autoroute.Core.Indexes;
using OrchardCore.ContentManagement.Routing;
using YesSql;

namespace LinkShop.Cms.Content.Autoroute;

/// <summary>The paths of the request's tenant: one dictionary that is read again when a published path may have changed.</summary>
internal sealed class AutorouteEntries(DocumentSession session, ContentCache cache) : IAutorouteEntries
{
    public const string Kind = "Autoroute";
    private const int CharactersPerEntry = 250;

    public async Task<(bool, AutorouteEntry?)> TryGetEntryByPathAsync(string path) =>
        ((await GetAsync()).ByPath.TryGetValue(path.Trim('/'), out var entry), entry);

    public async Task<(bool, AutorouteEntry?)> TryGetEntryByContentItemIdAsync(string contentItemId) =>
        ((await GetAsync()).ById.TryGetValue(contentItemId, out var entry), entry);

    public Task UpdateEntriesAsync()
    {
        session.CountChange(Kind);
        return session.SaveChangesAsync();
    }

    private async Task<Table> GetAsync()
    {
        if (session.HasUncommitted(Kind))
            return (await ReadAsync()).Table;
        return await cache.GetOrReadAsync(session.Tenant, Kind, await session.GetStampAsync(Kind), ReadAsync);
    }

    private async Task<(Table Table, long Size)> ReadAsync()
    {
        var table = new Table();
        foreach (var record in await session.QueryIndex<AutoroutePartIndex>(x => x.Published).ListAsync())
        {
            var entry = new AutorouteEntry(record.ContentItemId!, record.Path!) { DocumentId = record.DocumentId };
            table.ByPath.TryAdd(record.Path!, entry);
            table.ById.TryAdd(record.ContentItemId!, entry);
        }

        return (table, (long)table.ById.Count * CharactersPerEntry);
    }

    private sealed class Table
    {
        public Dictionary<string, AutorouteEntry> ByPath { get; } = new(StringComparer.OrdinalIgnoreCase);

        public Dictionary<string, AutorouteEntry> ById { get; } = [];
    }
}
