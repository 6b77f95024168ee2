using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.KeyPools;

/// <summary>The statements of an import. Its keys lie above the pool's <c>visible_id</c> until one update of that number puts them all on sale.</summary>
internal sealed class KeyBatchStore(ICommerceDatabase database, TimeProvider time)
{
    private const int UndoChunk = 2000;

    private const string Open = "select id from key_batch where tenant = @tenant and id = @batchId and state = 'Staging' and undone_at is null";

    public Task<long> BeginAsync(TenantScope scope, long poolId, string source, Action<long> begun, CancellationToken cancellationToken)
        => database.WriteAsync(
            scope,
            async connection =>
            {
                var reusable = await connection.QuerySingleOrDefaultAsync<bool?>("select reusable_secret is not null from key_pool where tenant = @tenant and id = @poolId", new { poolId }).ConfigureAwait(false)
                    ?? throw new CommerceException("key_pool_not_found", $"There is no key pool {poolId}.");
                if (reusable)
                {
                    throw new CommerceException("key_pool_reusable", "A pool with one reusable key takes no others.");
                }

                var id = await connection.QuerySingleOrDefaultAsync<long?>(
                    """
                    insert into key_batch (tenant, pool_id, state, source, created_at, alive_at) values (@tenant, @poolId, 'Staging', @source, @now, @now)
                    on conflict (tenant, pool_id) where state = 'Staging' do nothing returning id
                    """,
                    new { poolId, source, now = time.GetUtcNow() }).ConfigureAwait(false)
                    ?? throw new CommerceException("key_pool_busy", "Another import into this pool is running.");
                connection.OnCommitted(() => begun(id));
                return id;
            },
            cancellationToken);

    /// <summary>Stores keys and says which lines were duplicates.</summary>
    public Task<IReadOnlyList<SkippedLine>> StoreAsync(TenantScope scope, long poolId, long batchId, IReadOnlyList<NewKey> keys, CancellationToken cancellationToken)
        => database.WriteAsync(
            scope,
            async connection =>
            {
                // taken for dead by another process: keys that came now would belong to no import, and nobody would remove them
                if (await connection.QuerySingleOrDefaultAsync<long?>(Open + connection.ForUpdate(), new { batchId }).ConfigureAwait(false) is null)
                    throw Undone();
                return connection.Dialect == CommerceDialect.Postgres ? await StorePostgresAsync(connection, poolId, batchId, keys).ConfigureAwait(false) : await StoreSqliteAsync(connection, poolId, batchId, keys).ConfigureAwait(false);
            },
            cancellationToken);

    public Task ActivateAsync(TenantScope scope, long poolId, long batchId, CancellationToken cancellationToken)
        => database.WriteAsync(
            scope,
            async connection =>
            {
                var done = await connection.ExecuteBatchAsync(
                [
                    ("update key_batch set state = 'Active' where tenant = @tenant and id = @batchId and state = 'Staging' and undone_at is null", new { batchId }),
                    ("""
                     update key_pool set visible_id = coalesce((select last_id from key_batch b where b.tenant = @tenant and b.pool_id = @poolId and b.id = @batchId), visible_id)
                     where tenant = @tenant and id = @poolId
                     """, new { poolId, batchId }),
                ]).ConfigureAwait(false);
                if (done[0] != 1)
                {
                    throw Undone();
                }
            },
            cancellationToken);

    public Task UndoAsync(TenantScope scope, long batchId, CancellationToken cancellationToken) => UndoAsync(database, scope, batchId, cancellationToken);

    public async Task UndoAsync(ICommerceDatabase database, TenantScope scope, long batchId, CancellationToken cancellationToken)
    {
        int deleted;
        do
        {
            deleted = await database.WriteAsync(scope, connection => UndoChunkAsync(connection, batchId), cancellationToken).ConfigureAwait(false);
        }
        while (deleted == UndoChunk);
    }

    /// <summary>Imports of one database that nobody has gone on with.</summary>
    public async Task<IReadOnlyList<(long Id, string Tenant)>> FindStagingAsync(ICommerceDatabase each, TimeSpan deadAfter, CancellationToken cancellationToken)
        => await each.ReadSystemAsync(
            connection => connection.QueryAsync<(long Id, string Tenant)>(
                "select id, tenant from key_batch where state = 'Staging' and alive_at <= @before and " + CommerceSql.Settled, new { before = time.GetUtcNow() - deadAfter }),
            cancellationToken).ConfigureAwait(false);

    private static CommerceException Undone() => new("key_import_undone", "The import was taken for dead and undone.");

    private async Task<int> UndoChunkAsync(ICommerceConnection connection, long batchId)
    {
        var batch = await connection.QuerySingleOrDefaultAsync<Batch>(
            """
            update key_batch set undone_at = coalesce(undone_at, @now) where tenant = @tenant and id = @batchId and state = 'Staging'
            returning coalesce(first_id, 0) as first_id, coalesce(last_id, -1) as last_id
            """,
            new { batchId, now = time.GetUtcNow() }).ConfigureAwait(false);
        if (batch is null)
        {
            return 0;
        }

        var chunk = new { batchId, batch.FirstId, batch.LastId, limit = UndoChunk };
        var own = KeyTake.For(connection).Own;
        var deleted = await connection.ExecuteAsync(
            // up to an id, not among ids: a plan made while the table was small compares each key with each of them
            $"""
            delete from card_key where {own} and batch_id = @batchId and id between @firstId and
            (select max(id) from (select id from card_key where {own} and batch_id = @batchId and id between @firstId and @lastId order by id limit @limit) as chunk)
            """,
            chunk).ConfigureAwait(false);
        if (deleted < UndoChunk)
        {
            await connection.ExecuteAsync("delete from key_batch where tenant = @tenant and id = @batchId and state = 'Staging'", chunk).ConfigureAwait(false);
        }

        return deleted;
    }

    private async Task<IReadOnlyList<SkippedLine>> StoreSqliteAsync(ICommerceConnection connection, long poolId, long batchId, IReadOnlyList<NewKey> keys)
    {
        var skipped = new List<SkippedLine>();
        var before = await LastIdAsync().ConfigureAwait(false);
        foreach (var key in keys)
        {
            var parameters = new { poolId, batchId, key.Hash, key.Secret, key.Label, key.Note };
            var stored = await connection.ExecuteAsync(
                """
                insert into card_key (tenant, pool_id, batch_id, state, key_hash, secret, label, note) values (@tenant, @poolId, @batchId, 'Available', @hash, @secret, @label, @note)
                on conflict (tenant, pool_id, key_hash) do nothing
                """,
                parameters).ConfigureAwait(false);
            if (stored == 0)
            {
                var owner = await connection.QuerySingleOrDefaultAsync<long>("select batch_id from card_key where tenant = @tenant and pool_id = @poolId and key_hash = @hash", parameters).ConfigureAwait(false);
                skipped.Add(new SkippedLine(key.Line, owner == batchId ? KeyLineProblem.DuplicateInFile : KeyLineProblem.DuplicateInPool));
            }
        }

        await connection.ExecuteAsync(
            """
            update key_batch set imported = imported + @count, first_id = case when @count > 0 then coalesce(first_id, @first) else first_id end, last_id = case when @count > 0 then @last else last_id end, alive_at = @now
            where tenant = @tenant and id = @batchId and state = 'Staging'
            """,
            new { batchId, count = keys.Count - skipped.Count, first = before + 1, last = await LastIdAsync().ConfigureAwait(false), now = time.GetUtcNow() }).ConfigureAwait(false);
        return skipped;

        // ids are global, and used again once the last ones are gone: a file of duplicates alone must not claim those of somebody else's, and the one writer is us
        Task<long> LastIdAsync() => connection.QuerySingleOrDefaultAsync<long>("select coalesce(max(id), 0) from card_key where @tenant <> ''");
    }

    private async Task<IReadOnlyList<SkippedLine>> StorePostgresAsync(ICommerceConnection connection, long poolId, long batchId, IReadOnlyList<NewKey> keys)
        => await connection.QueryAsync<SkippedLine>(
            """
            with line as (select * from unnest(@lines, @hashes, @secrets, @labels, @notes) as l (line, key_hash, secret, label, note)),
            stored as (
                insert into card_key (tenant, pool_id, batch_id, state, key_hash, secret, label, note)
                select @tenant, @poolId, @batchId, 'Available', key_hash, secret, label, note from line order by line
                on conflict (tenant, pool_id, key_hash) do nothing returning id, key_hash),
            batch as (
                update key_batch set imported = imported + (select count(*) from stored), alive_at = @now,
                    first_id = coalesce(first_id, (select min(id) from stored)), last_id = coalesce((select max(id) from stored), last_id)
                where tenant = @tenant and id = @batchId and state = 'Staging')
            select l.line, case when exists (select 1 from card_key k where k.tenant = @tenant and k.pool_id = @poolId and k.key_hash = l.key_hash and k.batch_id = @batchId)
                then 'DuplicateInFile' else 'DuplicateInPool' end as problem
            from line l left join stored s on s.key_hash = l.key_hash where s.id is null order by l.line
            """,
            new
            {
                poolId,
                batchId,
                now = time.GetUtcNow(),
                lines = keys.Select(k => k.Line).ToArray(),
                hashes = keys.Select(k => k.Hash).ToArray(),
                secrets = keys.Select(k => k.Secret).ToArray(),
                labels = keys.Select(k => k.Label!).ToArray(),
                notes = keys.Select(k => k.Note!).ToArray(),
            }).ConfigureAwait(false);

    private sealed record Batch(long FirstId, long LastId);
}
