using LinkShop.Cms.Shell.Catalog;
using Microsoft.Extensions.Logging;

namespace LinkShop.Cms.Shell.Blueprints;

/// <summary>The blueprints in use, and a few that were until just now.</summary>
internal sealed class BlueprintCache(BlueprintFactory factory, ILogger<BlueprintCache> logger) : IAsyncDisposable
{
    // set-up and feature changes go back and forth between a few sets; building one again costs more than keeping it
    private const int KeptIdle = 3;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Slot> _slots = new(StringComparer.Ordinal);
    private readonly LinkedList<Slot> _idle = [];

    internal int Count
    {
        get
        {
            lock (_lock) return _slots.Count;
        }
    }

    /// <summary>The blueprint of a feature set; give it back with <see cref="Release"/>.</summary>
    internal Blueprint Acquire(FeatureEntry[] features)
    {
        var key = string.Join('\n', features.Select(f => f.Id));
        Slot? slot;
        lock (_lock)
        {
            if (!_slots.TryGetValue(key, out slot)) _slots[key] = slot = new Slot(key, new Lazy<Blueprint>(() => factory.Create(key, features)));
            if (slot.Users++ == 0) _idle.Remove(slot);
        }
        try
        {
            return slot.Blueprint.Value;
        }
        catch
        {
            // the next attempt shall build it anew
            lock (_lock)
            {
                if (_slots.GetValueOrDefault(key) == slot) _slots.Remove(key);
            }
            throw;
        }
    }

    internal void Release(Blueprint blueprint)
    {
        Slot? ended = null;
        lock (_lock)
        {
            if (!_slots.TryGetValue(blueprint.Key, out var slot) || --slot.Users > 0) return;
            _idle.AddLast(slot);
            if (_idle.Count > KeptIdle)
            {
                ended = _idle.First!.Value;
                _idle.RemoveFirst();
                _slots.Remove(ended.Key);
            }
        }
        if (ended is not null) _ = EndAsync(ended);
    }

    public async ValueTask DisposeAsync()
    {
        Slot[] all;
        lock (_lock)
        {
            all = [.. _slots.Values];
            _slots.Clear();
            _idle.Clear();
        }
        foreach (var slot in all) await EndAsync(slot);
    }

    private async Task EndAsync(Slot slot)
    {
        try
        {
            if (slot.Blueprint.IsValueCreated) await slot.Blueprint.Value.DisposeAsync();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogError(e, "A feature set's services did not end cleanly.");
        }
    }

    private sealed class Slot(string key, Lazy<Blueprint> blueprint)
    {
        internal string Key { get; } = key;

        internal Lazy<Blueprint> Blueprint { get; } = blueprint;

        internal int Users { get; set; }
    }
}
