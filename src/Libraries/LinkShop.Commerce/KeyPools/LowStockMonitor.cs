using System.Collections.Concurrent;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Outbox;

namespace LinkShop.Commerce.KeyPools;

/// <summary>
/// Raises <see cref="KeyPoolLow"/> when a pool crosses its threshold. Orders only note which pools they touched; counting happens afterwards, outside
/// their transactions. A full sweep catches what a dead process had noted.
/// </summary>
internal sealed class LowStockMonitor(ICommerceDatabase database, IOutbox outbox)
{
    private readonly ConcurrentDictionary<(string Tenant, long PoolId), bool> _touched = new();

    public void WatchAfterCommit(ICommerceConnection connection, long poolId)
    {
        var pool = (connection.Tenant!, poolId);
        if (!_touched.ContainsKey(pool))
        {
            connection.OnCommitted(() => _touched.TryAdd(pool, true));
        }
    }

    /// <summary>Notes a pool whose stock or threshold has changed.</summary>
    public void Watch(TenantScope scope, long poolId) => _touched.TryAdd((scope.Tenant, poolId), true);

    /// <summary>Checks the pools that were touched since the last call.</summary>
    public async Task CheckTouchedAsync(CancellationToken cancellationToken)
    {
        foreach (var pool in _touched.Keys)
        {
            _touched.TryRemove(pool, out _);
            try
            {
                await CheckAsync(new TenantScope(pool.Tenant), pool.PoolId, cancellationToken).ConfigureAwait(false);
            }
            catch (Placement.TenantMovingException)
            {
                _touched.TryAdd(pool, true);
            }
        }
    }

    /// <summary>Checks every pool that has a threshold.</summary>
    public Task SweepAsync(CancellationToken cancellationToken) => database.InEachAsync(
        async each =>
        {
            var pools = await each.ReadSystemAsync(
                connection => connection.QueryAsync<(string Tenant, long Id)>("select tenant, id from key_pool where (low_stock_threshold > 0 or is_low) and " + CommerceSql.Settled),
                cancellationToken).ConfigureAwait(false);
            foreach (var (tenant, id) in pools)
            {
                await CheckAsync(each, new TenantScope(tenant), id, cancellationToken).ConfigureAwait(false);
            }

            return pools.Count;
        },
        cancellationToken);

    internal Task CheckAsync(TenantScope scope, long poolId, CancellationToken cancellationToken) => CheckAsync(database, scope, poolId, cancellationToken);

    private async Task CheckAsync(ICommerceDatabase database, TenantScope scope, long poolId, CancellationToken cancellationToken)
    {
        var seen = await database.ReadAsync(scope, connection => LookAsync(connection, poolId, lockPool: false), cancellationToken).ConfigureAwait(false);
        if (seen is null || seen.IsLow == seen.ShouldBeLow)
        {
            return;
        }

        await database.WriteAsync(
            scope,
            async connection =>
            {
                var pool = await LookAsync(connection, poolId, lockPool: true).ConfigureAwait(false);
                if (pool is null || pool.IsLow == pool.ShouldBeLow)
                {
                    return;
                }

                connection.Defer("update key_pool set is_low = @low where tenant = @tenant and id = @poolId", new { poolId, low = pool.ShouldBeLow });
                if (pool.ShouldBeLow)
                {
                    outbox.Add(connection, KeyPoolLow.EventType, new KeyPoolLow(poolId, pool.Name, pool.Available, pool.LowStockThreshold));
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static Task<Pool?> LookAsync(ICommerceConnection connection, long poolId, bool lockPool)
        => connection.QuerySingleOrDefaultAsync<Pool>(
            $"""
            select q.name, q.is_low, q.low_stock_threshold,
                {KeyTake.CappedCount.Replace("@cap", "(select p.low_stock_threshold from key_pool p where p.tenant = @tenant and p.id = @poolId)", StringComparison.Ordinal)} as available,
                exists (select 1 from key_batch b where b.tenant = q.tenant and b.pool_id = q.id) as filled
            from key_pool q where q.tenant = @tenant and q.id = @poolId and q.reusable_secret is null{(lockPool ? connection.ForUpdate() : "")}
            """,
            new { poolId });

    private sealed record Pool(string Name, bool IsLow, int LowStockThreshold, long Available, bool Filled)
    {
        // a pool that was just made hasn't run low: nobody has filled it yet
        public bool ShouldBeLow => Filled && Available < LowStockThreshold;
    }
}
