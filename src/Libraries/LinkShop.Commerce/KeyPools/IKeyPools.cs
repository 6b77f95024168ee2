namespace LinkShop.Commerce.KeyPools;

/// <summary>What an administrator does with key pools. Operations that show or withdraw keys write an audit row with the actor's name.</summary>
public interface IKeyPools
{
    /// <summary>Makes a pool.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="settings">Its settings; with a secret it is a reusable pool.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The pool.</returns>
    /// <exception cref="CommerceException">The name is taken (<c>key_pool_name_taken</c>) or a setting is out of range (<c>key_pool_invalid</c>).</exception>
    Task<KeyPool> CreateAsync(TenantScope scope, KeyPoolSettings settings, CancellationToken cancellationToken = default);

    /// <summary>Changes a pool's settings.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="poolId">The pool.</param>
    /// <param name="settings">The new settings.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The pool, or null if there is none.</returns>
    /// <exception cref="CommerceException">The name is taken (<c>key_pool_name_taken</c>) or a setting is out of range (<c>key_pool_invalid</c>).</exception>
    Task<KeyPool?> UpdateAsync(TenantScope scope, long poolId, KeyPoolSettings settings, CancellationToken cancellationToken = default);

    /// <summary>Finds a pool.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="poolId">The pool.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The pool, or null.</returns>
    Task<KeyPool?> FindAsync(TenantScope scope, long poolId, CancellationToken cancellationToken = default);

    /// <summary>Lists the tenant's pools by name.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The pools.</returns>
    Task<IReadOnlyList<KeyPool>> ListAsync(TenantScope scope, CancellationToken cancellationToken = default);

    /// <summary>Counts a pool's keys by state, from indexes and totals.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="poolId">The pool.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The counts.</returns>
    Task<KeyPoolStats> GetStatsAsync(TenantScope scope, long poolId, CancellationToken cancellationToken = default);

    /// <summary>Counts the keys of many pools in one statement.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="poolIds">The pools.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The counts by pool; those that the tenant doesn't have are left out.</returns>
    Task<IReadOnlyDictionary<long, KeyPoolStats>> GetStatsAsync(TenantScope scope, IReadOnlyList<long> poolIds, CancellationToken cancellationToken = default);

    /// <summary>Lists a pool's keys without secrets, by id.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="poolId">The pool.</param>
    /// <param name="state">Only keys in this state; null for all.</param>
    /// <param name="afterId">Where the last page ended; 0 for the first.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The keys.</returns>
    Task<IReadOnlyList<CardKey>> ListKeysAsync(TenantScope scope, long poolId, KeyState? state, long afterId, int take, CancellationToken cancellationToken = default);

    /// <summary>A key that a buyer picked, while it is available; null otherwise.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="poolId">The pool.</param>
    /// <param name="keyId">The key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The key, or null.</returns>
    Task<PickableKey?> FindPickableAsync(TenantScope scope, long poolId, long keyId, CancellationToken cancellationToken = default);

    /// <summary>Lists the available keys that have a label, for a buyer to pick from, by label.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="poolId">The pool.</param>
    /// <param name="contains">Only labels with this text; null for all.</param>
    /// <param name="skip">How many to pass over.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The keys.</returns>
    Task<IReadOnlyList<PickableKey>> ListPickableAsync(TenantScope scope, long poolId, string? contains, int skip, int take, CancellationToken cancellationToken = default);

    /// <summary>Lists a pool's imports, newest first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="poolId">The pool.</param>
    /// <param name="beforeId">Where the last page ended.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The imports.</returns>
    Task<IReadOnlyList<KeyBatch>> ListBatchesAsync(TenantScope scope, long poolId, long beforeId = long.MaxValue, int take = 100, CancellationToken cancellationToken = default);

    /// <summary>Shows one key in clear and records who looked.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="keyId">The key.</param>
    /// <param name="actor">User name of who looks.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The card key, or null if there is none.</returns>
    Task<string?> RevealAsync(TenantScope scope, long keyId, string actor, CancellationToken cancellationToken = default);

    /// <summary>Withdraws available keys; others stay as they are.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="poolId">The pool.</param>
    /// <param name="keyIds">Which; null for all available keys of the pool.</param>
    /// <param name="actor">User name of who does it.</param>
    /// <param name="cancellationToken">Gives up between two chunks.</param>
    /// <returns>How many were withdrawn.</returns>
    Task<long> VoidAsync(TenantScope scope, long poolId, IReadOnlyList<long>? keyIds, string actor, CancellationToken cancellationToken = default);

    /// <summary>Withdraws the unsold keys of an import and lists the sold ones. What unpaid orders hold is exchanged for other keys; where there are none, the order is called off.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="batchId">The import.</param>
    /// <param name="actor">User name of who does it.</param>
    /// <param name="cancellationToken">Gives up between two chunks.</param>
    /// <returns>What was done, or null if there is no such import.</returns>
    Task<RecallReport?> RecallBatchAsync(TenantScope scope, long batchId, string actor, CancellationToken cancellationToken = default);

    /// <summary>The keys of an import that orders have or had, by id.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="batchId">The import.</param>
    /// <param name="take">At most how many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<CardKey>> ListSoldAsync(TenantScope scope, long batchId, int take, CancellationToken cancellationToken = default);

    /// <summary>Writes a pool's keys in clear as csv (<c>id,key,label,note,state,order</c>, UTF-8) and records who took them.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="poolId">The pool.</param>
    /// <param name="state">Only keys in this state; null for all.</param>
    /// <param name="output">Where to write; stays open.</param>
    /// <param name="actor">User name of who exports.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many keys were written.</returns>
    Task<long> ExportAsync(TenantScope scope, long poolId, KeyState? state, Stream output, string actor, CancellationToken cancellationToken = default);
}
