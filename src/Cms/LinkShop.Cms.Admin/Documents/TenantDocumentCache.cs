using Microsoft.Extensions.Caching.Memory;

namespace LinkShop.Cms.Admin.Documents;

/// <summary>
/// Shared copies of small documents, by tenant and type. A copy is used for a second at most, so that a change made by another
/// process is seen everywhere within a second without a message.
/// </summary>
internal sealed class TenantDocumentCache(TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_freshFor = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_forgottenAfter = TimeSpan.FromMinutes(10);

    private readonly MemoryCache _cache = new(new MemoryCacheOptions());

    public T? Find<T>(string tenant) where T : class
        => _cache.Get((tenant, typeof(T))) is Entry entry && time.GetElapsedTime(entry.ReadAt) < s_freshFor ? (T)entry.Document : null;

    public void Set<T>(string tenant, T document) where T : class
        => _cache.Set((tenant, typeof(T)), new Entry(document, time.GetTimestamp()), new MemoryCacheEntryOptions { SlidingExpiration = s_forgottenAfter });

    public void Remove<T>(string tenant) => _cache.Remove((tenant, typeof(T)));

    public void Dispose() => _cache.Dispose();

    private sealed record Entry(object Document, long ReadAt);
}
