using LinkShop.Commerce.Data;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.KeyPools;

/// <inheritdoc />
internal sealed class KeyStock(ISecretProtector protector, LowStockMonitor lowStock, TimeProvider time) : IKeyStock
{
    private const string SelectHeld = "select id, pool_id, order_line from card_key where tenant = @tenant and order_id = @orderId and state = 'Reserved' order by id";

    private const string Release = "update card_key set order_id = null, order_line = null, reserved_until = null, state = case when ";

    private const string Released = " then 'Voided' else 'Available' end where tenant = @tenant and order_id = @orderId and state = 'Reserved'";

    // a recall that comes at the same moment waits for this, and then finds the key among the unsold; or it is waited for and seen
    private const string ReleasePostgres = $"""
        with recalled as (
          select b.id, b.state from key_batch b where b.tenant = @tenant and b.id in (select k.batch_id from card_key k where k.tenant = @tenant and k.order_id = @orderId and k.state = 'Reserved') for share)
        {Release}(select r.state from recalled r where r.id = card_key.batch_id) = 'Recalled'{Released}
        """;

    private const string ReleaseSqlite = $"{Release}exists (select 1 from key_batch b where b.id = card_key.batch_id and b.tenant = card_key.tenant and b.state = 'Recalled'){Released}";

    private const string CardKeyColumns = "id, batch_id, state, label, note, order_id, order_line, reserved_until, delivered_at";

    public async Task<IReadOnlyList<long>?> ReserveAsync(
        ICommerceConnection connection, long poolId, string orderId, int line, int quantity, DateTimeOffset until, KeyPickOrder order, IReadOnlyList<long>? specificKeyIds = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantity);
        if (specificKeyIds is not null && specificKeyIds.Distinct().Count() != quantity)
        {
            throw new CommerceException("picked_keys_invalid", "The number of picked keys differs from the quantity.");
        }

        var taken = await TakeAsync(connection, poolId, orderId, line, quantity, until, order, specificKeyIds).ConfigureAwait(false);
        if (taken.Count == quantity)
        {
            lowStock.WatchAfterCommit(connection, poolId);
            return taken;
        }

        if (taken.Count > 0)
        {
            await connection.ExecuteAsync(KeyTake.For(connection).GiveBack, new { ids = taken }).ConfigureAwait(false);
        }

        return null;
    }

    public Task<int> ReleaseAsync(ICommerceConnection connection, string orderId)
        => connection.ExecuteAsync(connection.Dialect == CommerceDialect.Postgres ? ReleasePostgres : ReleaseSqlite, new { orderId });

    public DeferredRows<ClaimedKey> Held(ICommerceConnection connection, string orderId) => connection.DeferQuery<ClaimedKey>(SelectHeld, new { orderId });

    public void Deliver(ICommerceConnection connection, string orderId, IReadOnlyList<ClaimedKey> keys)
    {
        const string deliver = "update card_key set state = 'Delivered', reserved_until = null, delivered_at = @now";
        var now = time.GetUtcNow();
        if (connection.Dialect == CommerceDialect.Postgres)
        {
            connection.Defer($"{deliver} where tenant = @tenant and order_id = @orderId and state = 'Reserved'", new { orderId, now });
            return;
        }

        foreach (var key in keys)
        {
            connection.Defer($"{deliver} where id = @id and +tenant = @tenant and state = 'Reserved'", new { key.Id, now });
        }
    }

    public async Task<IReadOnlyList<ClaimedKey>> DeliverAsync(ICommerceConnection connection, string orderId)
    {
        var held = await connection.QueryAsync<ClaimedKey>(SelectHeld, new { orderId }).ConfigureAwait(false);
        Deliver(connection, orderId, held);
        return held;
    }

    public Task<int> RevokeAsync(ICommerceConnection connection, string orderId, IReadOnlyList<long>? keyIds = null)
        => keyIds is null
            ? connection.ExecuteAsync("update card_key set state = 'Revoked' where tenant = @tenant and order_id = @orderId and state = 'Delivered'", new { orderId })
            : connection.ExecuteAsync(
                $"update card_key set state = 'Revoked' where tenant = @tenant and order_id = @orderId and state = 'Delivered' and id {connection.In("keyIds")}",
                new { orderId, keyIds });

    public Task<int> RestoreAsync(ICommerceConnection connection, string orderId) => connection.ExecuteAsync(
        """
        update card_key set state = 'Delivered' where tenant = @tenant and order_id = @orderId and state = 'Revoked' and not exists
          (select 1 from refund r join refund_line l on l.tenant = r.tenant and l.refund_id = r.id
           where r.tenant = @tenant and r.order_id = @orderId and r.state = 'Approved' and r.revokes and l.line = card_key.order_line)
        """,
        new { orderId });

    public async Task<long?> ReplaceAsync(ICommerceConnection connection, string orderId, long keyId, KeyPickOrder order)
    {
        var bad = await connection.QuerySingleOrDefaultAsync<Bad>(
            $"select state, pool_id, order_line from card_key where tenant = @tenant and id = @keyId and order_id = @orderId{connection.ForUpdate()}",
            new { keyId, orderId }).ConfigureAwait(false);
        KeyTransitions.Require(bad?.State ?? KeyState.Available, KeyState.Replaced);
        var now = time.GetUtcNow();
        var taken = await TakeAsync(connection, bad!.PoolId, orderId, bad.OrderLine, 1, now, order, null).ConfigureAwait(false);
        if (taken.Count == 0)
        {
            return null;
        }

        await connection.ExecuteBatchAsync(
        [
            ("update card_key set state = 'Delivered', reserved_until = null, delivered_at = @now where tenant = @tenant and id = @id and state = 'Reserved'", new { id = taken[0], now }),
            ("update card_key set state = 'Replaced' where tenant = @tenant and id = @keyId and state = 'Delivered'", new { keyId }),
        ]).ConfigureAwait(false);
        lowStock.WatchAfterCommit(connection, bad.PoolId);
        return taken[0];
    }

    public async Task<bool> ExchangeAsync(ICommerceConnection connection, string orderId, IReadOnlyList<long> keyIds)
    {
        var held = await connection.QueryAsync<HeldKey>(
            $"select id, pool_id, order_line, reserved_until from card_key where tenant = @tenant and order_id = @orderId and state = 'Reserved' and id {connection.In("keyIds")}",
            new { orderId, keyIds }).ConfigureAwait(false);
        var all = new List<long>();
        foreach (var line in held.GroupBy(k => (k.PoolId, k.OrderLine, k.ReservedUntil)))
        {
            var taken = await TakeAsync(connection, line.Key.PoolId, orderId, line.Key.OrderLine, line.Count(), line.Key.ReservedUntil, KeyPickOrder.Oldest, null).ConfigureAwait(false);
            all.AddRange(taken);
            if (taken.Count == line.Count())
                continue;
            if (all.Count > 0)
                await connection.ExecuteAsync(KeyTake.For(connection).GiveBack, new { ids = all }).ConfigureAwait(false);
            return false;
        }

        await connection.ExecuteAsync(
            $"update card_key set state = 'Voided', order_id = null, order_line = null, reserved_until = null where tenant = @tenant and order_id = @orderId and state = 'Reserved' and id {connection.In("keyIds")}",
            new { orderId, keyIds }).ConfigureAwait(false);
        foreach (var pool in held.Select(k => k.PoolId).Distinct())
        {
            lowStock.WatchAfterCommit(connection, pool);
        }

        return true;
    }

    public Task<IReadOnlyList<CardKey>> ListAsync(ICommerceConnection connection, string orderId)
        => connection.QueryAsync<CardKey>(
            $"select {CardKeyColumns} from card_key where tenant = @tenant and order_id = @orderId order by order_line, id",
            new { orderId });

    public async Task<IReadOnlyList<DeliveredKey>> ReadDeliveredAsync(ICommerceConnection connection, string orderId)
    {
        var stored = await connection.QueryAsync<Stored>(
            "select id, pool_id, order_line, secret, label from card_key where tenant = @tenant and order_id = @orderId and state = 'Delivered' order by order_line, id",
            new { orderId }).ConfigureAwait(false);
        if (stored.Count == 0)
        {
            return [];
        }

        var cipher = await protector.ForAsync(connection).ConfigureAwait(false);
        return [.. stored.Select(k => new DeliveredKey(k.Id, k.PoolId, k.OrderLine, cipher.Decrypt(k.Secret), k.Label))];
    }

    public async Task<string?> ReadReusableAsync(ICommerceConnection connection, long poolId)
    {
        var secret = await connection.QuerySingleOrDefaultAsync<byte[]>(
            "select reusable_secret from key_pool where tenant = @tenant and id = @poolId", new { poolId }).ConfigureAwait(false);
        return secret is null ? null : (await protector.ForAsync(connection).ConfigureAwait(false)).Decrypt(secret);
    }

    public Task<int> CountAvailableAsync(ICommerceConnection connection, long poolId, int cap = 1000)
        => connection.QuerySingleOrDefaultAsync<int>(
            $"""
            select case when exists (select 1 from key_pool p where p.tenant = @tenant and p.id = @poolId and p.reusable_secret is not null) then @cap
            else (select case when n.found > @cap then @cap else n.found end from (select {KeyTake.CappedCount} as found) n) end
            """,
            new { poolId, cap });

    public async Task<IReadOnlyDictionary<long, int>> CountAvailableAsync(ICommerceConnection connection, IReadOnlyList<long> poolIds, int cap = 1000)
    {
        var counts = await connection.QueryAsync<(long Pool, int Count)>(
            $"""
            select p.id, case when p.reusable_secret is not null then @cap else (select count(*) from
              (select 1 from card_key k where k.tenant = p.tenant and k.pool_id = p.id and k.state = 'Available' and k.id <= p.visible_id limit @cap) c) end
            from key_pool p where p.tenant = @tenant and p.id {connection.In("poolIds")}
            """,
            new { poolIds, cap }).ConfigureAwait(false);
        return counts.ToDictionary(c => c.Pool, c => c.Count);
    }

    private static async Task<IReadOnlyList<long>> TakeAsync(
        ICommerceConnection connection, long poolId, string orderId, int line, int quantity, DateTimeOffset until, KeyPickOrder order, IReadOnlyList<long>? ids)
    {
        var sql = KeyTake.For(connection);
        if (ids is not null)
        {
            return await RunAsync(sql.Specific, quantity, 0).ConfigureAwait(false);
        }

        var pivot = order == KeyPickOrder.Random ? await PivotAsync(connection, poolId).ConfigureAwait(false) : 0;
        string[] attempts = order switch
        {
            KeyPickOrder.Oldest => [sql.Oldest, sql.AnyLabelled],
            KeyPickOrder.Newest => [sql.Newest, sql.AnyLabelled],
            _ => [sql.FromPivot, sql.BelowPivot, sql.AnyLabelled],
        };
        IReadOnlyList<long> taken = [];
        foreach (var attempt in attempts)
        {
            var more = await RunAsync(attempt, quantity - taken.Count, pivot).ConfigureAwait(false);
            taken = taken.Count == 0 ? more : [.. taken, .. more];
            if (taken.Count == quantity)
            {
                break;
            }
        }

        return taken;

        async Task<IReadOnlyList<long>> RunAsync(string attempt, int wanted, long pivot)
        {
            var chosen = await connection.QueryAsync<long>(attempt, new { poolId, orderId, line, quantity = wanted, until, pivot, ids }).ConfigureAwait(false);
            if (connection.Dialect == CommerceDialect.Sqlite)
            {
                foreach (var id in chosen)
                {
                    await connection.ExecuteAsync(KeyTake.ReserveOne, new { id, orderId, line, until }).ConfigureAwait(false);
                }
            }

            return chosen;
        }
    }

    /// <summary>A random point between the first and the last available key: two index look-ups, however many there are.</summary>
    private static async Task<long> PivotAsync(ICommerceConnection connection, long poolId)
    {
        const string available = "from card_key where tenant = @tenant and pool_id = @poolId and state = 'Available' and label is null";
        var (low, high) = await connection.QuerySingleOrDefaultAsync<(long?, long?)>(
            $"select (select min(id) {available}), (select max(id) {available} and {KeyTake.Visible})", new { poolId }).ConfigureAwait(false);
        return Random.Shared.NextInt64(low ?? 0, Math.Max(high ?? 0, low ?? 0) + 1);
    }

    private sealed record HeldKey(long Id, long PoolId, int OrderLine, DateTimeOffset ReservedUntil);

    private sealed record Bad(KeyState State, long PoolId, int OrderLine);

    private sealed record Stored(long Id, long PoolId, int OrderLine, byte[] Secret, string? Label);
}
