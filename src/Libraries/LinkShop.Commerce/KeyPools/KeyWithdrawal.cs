using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.KeyPools;

/// <summary>Withdraws unsold keys, in chunks so that orders go on meanwhile.</summary>
internal sealed class KeyWithdrawal(ICommerceDatabase database, LowStockMonitor lowStock, Resale.SupplyNotices notices, RecalledReservations reservations, TimeProvider time)
{
    private const int Chunk = 2000;

    private const string Begin = "update key_batch set state = 'Recalled', recall_by = @actor, recall_alive_at = @now where tenant = @tenant and id = @batchId and state <> 'Staging' returning pool_id, first_id, last_id";
    private const string Alive = "update key_batch set recall_alive_at = @now where tenant = @tenant and id = @batchId";
    private const string Finish = "update key_batch set recall_by = null, recall_alive_at = null where tenant = @tenant and id = @batchId";
    private const string Interrupted = "select id, tenant, recall_by from key_batch where recall_by is not null and recall_alive_at <= @before and " + CommerceSql.Settled;

    // much longer than a chunk takes
    private static readonly TimeSpan s_dead = TimeSpan.FromMinutes(1);

    public async Task<long> VoidAsync(TenantScope scope, long poolId, IReadOnlyList<long>? keyIds, string actor, CancellationToken cancellationToken)
    {
        var voided = 0L;
        if (keyIds is null)
        {
            foreach (var label in (string[])["label is null", "label is not null"])
            {
                voided += await RepeatAsync(scope, poolId, default, actor, "Void", $"{label} and {KeyTake.Visible}", cancellationToken).ConfigureAwait(false);
            }
        }
        else
        {
            foreach (var ids in keyIds.Chunk(Chunk))
            {
                voided += await database.WriteAsync(scope, connection => VoidAsync(connection, poolId, default, actor, "Void", $"id {connection.In("ids")} and {KeyTake.Visible}", ids), cancellationToken).ConfigureAwait(false);
            }
        }

        lowStock.Watch(scope, poolId);
        return voided;
    }

    public async Task<RecallReport?> RecallAsync(TenantScope scope, long batchId, string actor, CancellationToken cancellationToken)
    {
        var batch = await database.WriteAsync(
            scope,
            connection => connection.QuerySingleOrDefaultAsync<Batch>(Begin, new { batchId, actor, now = time.GetUtcNow() }),
            cancellationToken).ConfigureAwait(false);
        if (batch is null)
        {
            return null;
        }

        const string range = "id between @firstId and @lastId";
        var keys = new BatchKeys(batchId, batch.FirstId ?? 0, batch.LastId ?? 0);
        var voided = 0L;
        foreach (var label in (string[])["label is null", "label is not null"])
        {
            voided += await RepeatAsync(scope, batch.PoolId, keys, actor, "Recall", $"{label} and batch_id = @batchId and {range}", cancellationToken).ConfigureAwait(false);
        }

        var (exchanged, calledOff) = await reservations.SettleAsync(scope, batch.PoolId, batchId, actor, cancellationToken).ConfigureAwait(false);
        var sold = await SoldAsync(scope, batchId, int.MaxValue, cancellationToken).ConfigureAwait(false);
        await notices.RecalledAsync(scope, sold, cancellationToken).ConfigureAwait(false);
        await database.WriteAsync(scope, connection => connection.ExecuteAsync(Finish, new { batchId }), cancellationToken).ConfigureAwait(false);
        lowStock.Watch(scope, batch.PoolId);
        return new RecallReport(voided, sold, exchanged, calledOff);
    }

    /// <summary>Goes on with recalls that nobody has gone on with, as their process died.</summary>
    /// <returns>How many.</returns>
    public Task<int> ResumeAsync(CancellationToken cancellationToken) => database.InEachAsync(
        async each =>
        {
            var dead = await each.ReadSystemAsync(c => c.QueryAsync<(long Id, string Tenant, string By)>(Interrupted, new { before = time.GetUtcNow() - s_dead }), cancellationToken).ConfigureAwait(false);
            foreach (var (id, tenant, by) in dead)
                await RecallAsync(new TenantScope(tenant), id, by, cancellationToken).ConfigureAwait(false);
            return dead.Count;
        },
        cancellationToken);

    public Task<IReadOnlyList<CardKey>> SoldAsync(TenantScope scope, long batchId, int take, CancellationToken cancellationToken) => database.ReadAsync(
        scope,
        connection => connection.QueryAsync<CardKey>(
            $"""
            select k.id, k.batch_id, k.state, k.label, k.note, k.order_id, k.order_line, k.reserved_until, k.delivered_at from key_batch b
              join card_key k on {(connection.Dialect == CommerceDialect.Postgres ? "k.tenant" : "+k.tenant")} = b.tenant and k.id between b.first_id and b.last_id and k.batch_id = b.id
            where b.tenant = @tenant and b.id = @batchId and k.state in ('Delivered', 'Replaced', 'Revoked') order by k.id limit @take
            """,
            new { batchId, take }),
        cancellationToken);

    private async Task<long> RepeatAsync(TenantScope scope, long poolId, BatchKeys batch, string actor, string action, string condition, CancellationToken cancellationToken)
    {
        for (var total = 0L; ;)
        {
            var some = await database.WriteAsync(
                scope,
                connection =>
                {
                    if (batch.BatchId > 0)
                        connection.Defer(Alive, new { batchId = batch.BatchId, now = time.GetUtcNow() });
                    return VoidAsync(connection, poolId, batch, actor, action, condition, []);
                },
                cancellationToken).ConfigureAwait(false);
            total += some;
            if (some < Chunk)
            {
                return total;
            }
        }
    }

    private async Task<int> VoidAsync(ICommerceConnection connection, long poolId, BatchKeys batch, string actor, string action, string condition, IReadOnlyList<long> ids)
    {
        var own = KeyTake.For(connection).Own;
        var choice = $"select id from card_key where {(ids.Count > 0 ? own : "tenant = @tenant")} and {(ids.Count > 0 ? "+pool_id" : "pool_id")} = @poolId and state = 'Available' and {condition} order by id limit {Chunk}{connection.ForUpdate()}";
        var voided = await connection.ExecuteAsync(
            $"update card_key set state = 'Voided' where {own} and state = 'Available' and id {(connection.Dialect == CommerceDialect.Postgres ? $"= any(array({choice}))" : $"in ({choice})")}",
            new { poolId, batch.BatchId, batch.FirstId, batch.LastId, ids }).ConfigureAwait(false);
        if (voided > 0)
        {
            KeyAudit.Write(connection, time, actor, action, poolId, batch.BatchId, ids.Count == 1 ? ids[0] : null, voided);
        }

        return voided;
    }

    private readonly record struct BatchKeys(long? BatchId, long FirstId, long LastId);

    private sealed record Batch(long PoolId, long? FirstId, long? LastId);
}
