using System.Collections.Concurrent;
using LinkShop.Commerce;
using LinkShop.Commerce.KeyPools;

namespace LinkShop.VirtualGoods.Services;

/// <summary>
/// How far the imports running in this process are, for the progress bar. Nothing depends on it: another process doesn't see them, and then the page
/// shows that the upload is under way until the result comes.
/// </summary>
public sealed class KeyImportProgressBoard
{
    private readonly ConcurrentDictionary<(string Tenant, long Pool, string Job), KeyImportProgress> _running = new();

    internal KeyImportProgress? Find(TenantScope scope, long poolId, string job) => _running.GetValueOrDefault((scope.Tenant, poolId, job));

    internal Entry Begin(TenantScope scope, long poolId, string? job) => new(_running, (scope.Tenant, poolId, job ?? ""));

    internal sealed class Entry(ConcurrentDictionary<(string, long, string), KeyImportProgress> running, (string, long, string) key) : IProgress<KeyImportProgress>, IDisposable
    {
        public void Report(KeyImportProgress value) => running[key] = value;

        public void Dispose() => running.TryRemove(key, out _);
    }
}
