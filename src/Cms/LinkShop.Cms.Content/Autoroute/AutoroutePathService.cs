using LinkShop.Cms.Content.Data;
using Microsoft.EntityFrameworkCore;
using OrchardCore.Autoroute.Core.Indexes;
using YesSql;

namespace LinkShop.Cms.Content.Autoroute;

/// <summary>Finds paths that no other item of the tenant has, also while other requests look for one.</summary>
internal sealed class AutoroutePathService(DocumentSession session)
{
    private bool _locked;
    private Dictionary<string, string>? _given;

    public async Task<bool> IsFreeAsync(string path, string contentItemId)
    {
        if (session.IsSettingUp)
            return Give(await GivenAsync(), path, contentItemId);
        await LockAsync();
        var lower = path.ToLowerInvariant();
        return await session.QueryIndex<AutoroutePartIndex>(x => x.Path == lower && x.ContentItemId != contentItemId).CountAsync() == 0;
    }

    /// <summary>The path itself, or the first of <c>path-2</c>, <c>path-3</c>, … that is free.</summary>
    public async Task<string> MakeFreeAsync(string path, string contentItemId)
    {
        if (session.IsSettingUp)
        {
            var given = await GivenAsync();
            return Numbered(path).First(free => Give(given, free, contentItemId));
        }

        await LockAsync();
        var (lower, prefix) = (path.ToLowerInvariant(), path.ToLowerInvariant() + "-");
        var taken = (await session.QueryIndex<AutoroutePartIndex>(x => x.ContentItemId != contentItemId && (x.Path == lower || x.Path!.StartsWith(prefix))).ListAsync())
            .Select(x => x.Path!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Numbered(path).First(free => !taken.Contains(free));
    }

    private static IEnumerable<string> Numbered(string path) => Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{path}-{number}").Prepend(path);

    private static bool Give(Dictionary<string, string> given, string path, string contentItemId) => given.TryAdd(path, contentItemId) || given[path] == contentItemId;

    /// <summary>
    /// Nobody else gives out paths of a tenant that is being set up, so its few paths are read once and each one given is remembered. Neither a lock nor a
    /// query for each item: thousands of shops are set up, and on SQLite they all wait for the one writer.
    /// </summary>
    private async Task<Dictionary<string, string>> GivenAsync()
    {
        if (_given is not null)
            return _given;
        _given = new(StringComparer.OrdinalIgnoreCase);
        // what this session has yet to write isn't finished, and its paths are remembered from here on
        foreach (var record in await session.StoredRecordsAsync<AutoroutePartIndex>())
            _given.TryAdd(record.Path!, record.ContentItemId!);
        return _given;
    }

    /// <summary>Until the commit one request of the tenant at a time looks and takes: on SQLite as the only writer, on PostgreSQL by a lock.</summary>
    private async Task LockAsync()
    {
        if (_locked)
            return;
        await session.BeginAsync();
        var context = await session.ContextAsync();
        if (!context.ContentDatabase.IsSqlite)
            await context.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({"autoroute/" + session.Tenant}, 0))");
        _locked = true;
        session.AfterCommit += () => _locked = false;
    }
}
