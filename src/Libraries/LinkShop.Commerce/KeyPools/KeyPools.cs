using LinkShop.Commerce.Data;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.KeyPools;

/// <inheritdoc />
internal sealed class KeyPools(ICommerceDatabase database, ISecretProtector protector, LowStockMonitor lowStock, KeyWithdrawal withdrawal, KeyExport export, TimeProvider time) : IKeyPools
{
    private const string PoolColumns = "id, name, pick_order, low_stock_threshold, reusable_secret is not null as reusable, created_at";

    public async Task<KeyPool> CreateAsync(TenantScope scope, KeyPoolSettings settings, CancellationToken cancellationToken = default)
    {
        Validate(settings);
        var secret = await EncryptAsync(scope, settings.ReusableSecret, cancellationToken).ConfigureAwait(false);
        var pool = await database.WriteAsync(
            scope,
            connection => connection.QuerySingleOrDefaultAsync<KeyPool>(
                $"""
                insert into key_pool (id, tenant, name, pick_order, low_stock_threshold, reusable_secret, created_at)
                values (@id, @tenant, @name, @order, @threshold, @secret, @now) on conflict (tenant, name) do nothing returning {PoolColumns}
                """,
                new { id = RowIds.Next(), name = settings.Name.Trim(), order = settings.PickOrder, threshold = settings.LowStockThreshold, secret, now = time.GetUtcNow() }),
            cancellationToken).ConfigureAwait(false);
        return pool ?? throw NameTaken(settings.Name);
    }

    public async Task<KeyPool?> UpdateAsync(TenantScope scope, long poolId, KeyPoolSettings settings, CancellationToken cancellationToken = default)
    {
        Validate(settings);
        var secret = await EncryptAsync(scope, settings.ReusableSecret, cancellationToken).ConfigureAwait(false);
        var pool = await database.WriteAsync(
            scope,
            async connection =>
            {
                var parameters = new { poolId, name = settings.Name.Trim(), order = settings.PickOrder, threshold = settings.LowStockThreshold, secret };
                var other = await connection.QuerySingleOrDefaultAsync<long?>("select id from key_pool where tenant = @tenant and name = @name and id <> @poolId", parameters).ConfigureAwait(false);
                if (other is not null)
                {
                    throw NameTaken(settings.Name);
                }

                return await connection.QuerySingleOrDefaultAsync<KeyPool>(
                    $"""
                    update key_pool set name = @name, pick_order = @order, low_stock_threshold = @threshold,
                        reusable_secret = case when reusable_secret is null then null else coalesce(@secret, reusable_secret) end
                    where tenant = @tenant and id = @poolId returning {PoolColumns}
                    """,
                    parameters).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        lowStock.Watch(scope, poolId);
        return pool;
    }

    public Task<KeyPool?> FindAsync(TenantScope scope, long poolId, CancellationToken cancellationToken = default)
        => database.ReadAsync(
            scope,
            connection => connection.QuerySingleOrDefaultAsync<KeyPool>($"select {PoolColumns} from key_pool where tenant = @tenant and id = @poolId", new { poolId }),
            cancellationToken);

    public Task<IReadOnlyList<KeyPool>> ListAsync(TenantScope scope, CancellationToken cancellationToken = default)
        => database.ReadAsync(scope, connection => connection.QueryAsync<KeyPool>($"select {PoolColumns} from key_pool where tenant = @tenant order by name"), cancellationToken);

    public async Task<KeyPoolStats> GetStatsAsync(TenantScope scope, long poolId, CancellationToken cancellationToken = default)
        => (await GetStatsAsync(scope, [poolId], cancellationToken).ConfigureAwait(false)).GetValueOrDefault(poolId) ?? new KeyPoolStats(0, 0, 0, 0, 0, 0, 0, 0);

    public Task<IReadOnlyDictionary<long, KeyPoolStats>> GetStatsAsync(TenantScope scope, IReadOnlyList<long> poolIds, CancellationToken cancellationToken = default)
        => database.ReadAsync(scope, connection => KeyStatistics.ReadAsync(connection, poolIds), cancellationToken);

    public Task<IReadOnlyList<CardKey>> ListKeysAsync(TenantScope scope, long poolId, KeyState? state, long afterId, int take, CancellationToken cancellationToken = default)
        => database.ReadAsync(scope, connection => KeyStatistics.ListKeysAsync(connection, poolId, state, afterId, take), cancellationToken);

    public Task<PickableKey?> FindPickableAsync(TenantScope scope, long poolId, long keyId, CancellationToken cancellationToken = default)
        => database.ReadAsync(
            scope,
            connection => connection.QuerySingleOrDefaultAsync<PickableKey>(
                $"select id, label from card_key where tenant = @tenant and pool_id = @poolId and id = @keyId and state = 'Available' and label is not null and {KeyTake.Visible}", new { poolId, keyId }),
            cancellationToken);

    public Task<IReadOnlyList<PickableKey>> ListPickableAsync(TenantScope scope, long poolId, string? contains, int skip, int take, CancellationToken cancellationToken = default)
        => database.ReadAsync(
            scope,
            connection => connection.QueryAsync<PickableKey>(
                $"""
                select id, label from card_key where tenant = @tenant and pool_id = @poolId and state = 'Available' and label is not null and {KeyTake.Visible}
                    and (@pattern is null or lower(label) like lower(@pattern) escape '!')
                order by label, id limit @take offset @skip
                """,
                new { poolId, pattern = Pattern(contains), skip, take }),
            cancellationToken);

    public Task<IReadOnlyList<KeyBatch>> ListBatchesAsync(TenantScope scope, long poolId, long beforeId = long.MaxValue, int take = 100, CancellationToken cancellationToken = default)
        => database.ReadAsync(
            scope,
            connection => connection.QueryAsync<KeyBatch>(
                "select id, pool_id, state, source, imported, created_at from key_batch where tenant = @tenant and pool_id = @poolId and id < @beforeId order by id desc limit @take", new { poolId, beforeId, take }),
            cancellationToken);

    public async Task<string?> RevealAsync(TenantScope scope, long keyId, string actor, CancellationToken cancellationToken = default)
    {
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        // the audit row and the reading are one write: nobody sees a key without leaving a trace
        return await database.WriteAsync(
            scope,
            async connection =>
            {
                var key = await connection.QuerySingleOrDefaultAsync<(long? PoolId, byte[]? Secret)>("select pool_id, secret from card_key where tenant = @tenant and id = @keyId", new { keyId }).ConfigureAwait(false);
                if (key.Secret is null)
                {
                    return null;
                }

                KeyAudit.Write(connection, time, actor, "Reveal", key.PoolId, null, keyId, 1);
                return cipher.Decrypt(key.Secret);
            },
            cancellationToken).ConfigureAwait(false);
    }

    public Task<long> VoidAsync(TenantScope scope, long poolId, IReadOnlyList<long>? keyIds, string actor, CancellationToken cancellationToken = default)
        => withdrawal.VoidAsync(scope, poolId, keyIds, actor, cancellationToken);

    public Task<RecallReport?> RecallBatchAsync(TenantScope scope, long batchId, string actor, CancellationToken cancellationToken = default)
        => withdrawal.RecallAsync(scope, batchId, actor, cancellationToken);

    public Task<IReadOnlyList<CardKey>> ListSoldAsync(TenantScope scope, long batchId, int take, CancellationToken cancellationToken = default)
        => withdrawal.SoldAsync(scope, batchId, take, cancellationToken);

    public Task<long> ExportAsync(TenantScope scope, long poolId, KeyState? state, Stream output, string actor, CancellationToken cancellationToken = default)
        => export.RunAsync(scope, poolId, state, output, actor, cancellationToken);

    private async Task<byte[]?> EncryptAsync(TenantScope scope, string? secret, CancellationToken cancellationToken)
        => secret is null ? null : (await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false)).Encrypt(secret);

    private static string? Pattern(string? contains)
        => string.IsNullOrEmpty(contains) ? null
            : $"%{contains.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal)}%";

    private static void Validate(KeyPoolSettings settings)
    {
        var problem = settings switch
        {
            { Name: var name } when string.IsNullOrWhiteSpace(name) || name.Trim().Length > 200 => "A pool's name has 1 to 200 characters.",
            { LowStockThreshold: < 0 or > 1_000_000 } => "The low-stock threshold is 0 to 1,000,000.",
            { ReusableSecret: { } secret } when secret.Length is 0 or > KeyLineReader.MaxKeyLength => "A reusable key has 1 to 4,000 characters.",
            _ => null,
        };
        if (problem is not null)
        {
            throw new CommerceException("key_pool_invalid", problem);
        }
    }

    private static CommerceException NameTaken(string name) => new("key_pool_name_taken", $"There is a pool named '{name}' already.");
}
