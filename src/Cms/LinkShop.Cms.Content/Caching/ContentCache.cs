using Microsoft.Extensions.Caching.Memory;

namespace LinkShop.Cms.Content.Caching;

/// <summary>
/// Keeps what was read for tenants, bounded for all of them together. An entry is good only for the change stamp it was read under
/// (<see cref="Data.ChangeStamps"/>), so nothing has to be told that it is stale.
/// </summary>
internal sealed class ContentCache : IDisposable
{
    // ten thousand visited shops with a few short texts each
    private const long MaxSize = 80 * 1024 * 1024;
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(20);
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = MaxSize });

    public T? Get<T>(string tenant, string kind, string key, long stamp) where T : class =>
        _cache.TryGetValue((tenant, kind, key), out Entry? entry) && entry!.Stamp == stamp ? (T)entry.Value : null;

    /// <param name="size">About how many characters the value has.</param>
    public void Set(string tenant, string kind, string key, long stamp, object value, long size) =>
        _cache.Set((tenant, kind, key), new Entry(stamp, value), new MemoryCacheEntryOptions { Size = size + 200, SlidingExpiration = Idle });

    /// <summary>The one value of a kind that a tenant has; requests that need it at the same time wait for one of them to read it.</summary>
    public async Task<T> GetOrReadAsync<T>(string tenant, string kind, long stamp, Func<Task<(T Value, long Size)>> read) where T : class
    {
        if (Get<Lazy<Task<T>>>(tenant, kind, "", stamp) is { } known)
            return await known.Value;
        var reading = new Lazy<Task<T>>(async () =>
        {
            var (value, size) = await read();
            Set(tenant, kind, "", stamp, new Lazy<Task<T>>(Task.FromResult(value)), size);
            return value;
        });
        lock (_cache)
            if (Get<Lazy<Task<T>>>(tenant, kind, "", stamp) is { } other)
                reading = other;
            else
                Set(tenant, kind, "", stamp, reading, 0);
        try
        {
            return await reading.Value;
        }
        catch
        {
            _cache.Remove((tenant, kind, ""));
            throw;
        }
    }

    public void Dispose() => _cache.Dispose();

    private sealed record Entry(long Stamp, object Value);
}
