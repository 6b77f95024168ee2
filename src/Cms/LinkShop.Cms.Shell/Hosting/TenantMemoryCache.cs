using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using OrchardCore.Environment.Shell.Scope;

namespace LinkShop.Cms.Shell.Hosting;

/// <summary>A memory cache in which each tenant has its own keys, as if it had its own cache.</summary>
internal sealed class TenantMemoryCache(ILoggerFactory loggers) : IMemoryCache
{
    private readonly MemoryCache _inner = new(new MemoryCacheOptions(), loggers);

    public ICacheEntry CreateEntry(object key) => _inner.CreateEntry(Of(key));

    public void Remove(object key) => _inner.Remove(Of(key));

    public bool TryGetValue(object key, out object? value) => _inner.TryGetValue(Of(key), out value);

    public void Dispose() => _inner.Dispose();

    // the version too: a tenant that was removed and made anew must not find the old one's values
    private static Key Of(object key)
    {
        var settings = ShellScope.Context?.Settings;
        return new Key(settings?.Name, settings?.VersionId, key);
    }

    private sealed record Key(string? Tenant, string? Version, object Inner);
}
