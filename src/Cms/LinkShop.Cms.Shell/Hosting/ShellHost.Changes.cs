namespace LinkShop.Cms.Shell.Hosting;

/// <summary>What other processes changed.</summary>
internal sealed partial class ShellHost
{
    private long _refreshed;

    internal bool Knows(string name, long version) => _versions.TryGetValue(name, out var known) && known >= version;

    /// <summary>Reads one tenant again when it is newer than what is known.</summary>
    internal async Task RefreshAsync(string name, bool force = false)
    {
        if (await store.LoadAsync(name) is not { } stored)
        {
            await ForgetAsync(name);
            return;
        }
        if (!force && _versions.TryGetValue(name, out var known) && known >= stored.Version) return;
        Learn(stored.Settings, stored.Version);
        await ReleaseLocalAsync(name);
    }

    /// <summary>Reads everything that changed since it was last asked.</summary>
    /// <param name="everything">
    /// True to compare all versions. PostgreSQL's may become visible in another order than theirs; those of SQLite's clock are committed in their order.
    /// </param>
    internal async Task RefreshAllAsync(bool everything = false)
    {
        // versions only grow, and no two are the same: the same number of tenants with the same sum are the same versions
        if ((everything || _refreshed == 0) && await store.LoadSumAsync() == (_settings.Count, _versions.Values.Sum())) return;
        var (changed, count) = await store.LoadChangesAsync(everything ? 0 : _refreshed);
        foreach (var (name, version) in changed)
        {
            if (!Knows(name, version)) await RefreshAsync(name);
            _refreshed = Math.Max(_refreshed, version);
        }
        // asked before the list: one that is stored meanwhile is in both
        var kept = store.Kept;
        if (count + kept.Count == _settings.Count) return;
        var stored = await store.LoadVersionsAsync();
        // a tenant that was stored meanwhile is not in the list yet: ask again before forgetting one
        foreach (var name in _settings.Keys.Where(n => !stored.ContainsKey(n) && !kept.Contains(n))) await RefreshAsync(name);
    }

    /// <summary>The states of moving tenants that were taken up here since this was last asked.</summary>
    internal IEnumerable<(string Name, long Version)> TakeMoving()
    {
        while (_moving.TryDequeue(out var seen)) yield return seen;
    }

    private async Task ForgetAsync(string name)
    {
        if (_settings.TryRemove(name, out var settings)) table.Remove(settings);
        _versions.TryRemove(name, out _);
        await ReleaseLocalAsync(name);
    }
}
