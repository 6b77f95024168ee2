using Microsoft.Extensions.Caching.Memory;
using OrchardCore.Environment.Cache;
using OrchardCore.Environment.Shell;

namespace LinkShop.VirtualGoods.Services;

/// <summary>The memory cache under keys of the tenant: containers are shared between tenants.</summary>
public sealed class TenantCache(IMemoryCache cache, ISignal signal, ShellSettings shell)
{
    /// <summary>The cached value, or a new one. Several requests may make it at once; they all end up with the same one.</summary>
    public async ValueTask<T> GetAsync<T>(string key, TimeSpan age, Func<Task<T>> make) where T : class
    {
        if (cache.TryGetValue((shell.Name, key), out T? value))
            return value!;
        value = await make();
        return cache.Set((shell.Name, key), value, age);
    }

    /// <summary>The same, until a signal says that it changed.</summary>
    public async ValueTask<T> GetAsync<T>(string key, TimeSpan age, string changed, Func<Task<T>> make) where T : class
    {
        if (cache.TryGetValue((shell.Name, key), out T? value))
            return value!;
        // taken first: a change while this is read must count
        var token = signal.GetToken(changed);
        value = await make();
        return cache.Set((shell.Name, key), value, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = age }.AddExpirationToken(token));
    }

    public bool TryGet<T>(string key, out T? value) where T : class => cache.TryGetValue((shell.Name, key), out value);

    public T Set<T>(string key, T value, TimeSpan age) where T : class => cache.Set((shell.Name, key), value, age);

    public void Remove(string key) => cache.Remove((shell.Name, key));
}
