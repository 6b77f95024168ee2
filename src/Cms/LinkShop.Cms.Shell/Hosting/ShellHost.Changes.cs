namespace LinkShop.Cms.Shell.Hosting;

/// <summary>What other processes changed.</summary>
internal sealed partial class ShellHost
{
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

    /// <summary>Reads everything that changed since it was last read.</summary>
    internal async Task RefreshAllAsync()
    {
        var stored = await store.LoadVersionsAsync();
        foreach (var (name, version) in stored)
        {
            if (!_versions.TryGetValue(name, out var known) || known < version) await RefreshAsync(name);
        }
        // a tenant that was stored meanwhile is not in the list yet: ask again before forgetting one
        foreach (var name in _settings.Keys.Where(n => !stored.ContainsKey(n))) await RefreshAsync(name);
    }

    private async Task ForgetAsync(string name)
    {
        if (_settings.TryRemove(name, out var settings)) table.Remove(settings);
        _versions.TryRemove(name, out _);
        await ReleaseLocalAsync(name);
    }
}
