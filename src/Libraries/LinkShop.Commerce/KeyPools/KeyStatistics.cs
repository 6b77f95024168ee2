using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.KeyPools;

/// <summary>
/// Counts and pages keys from the partial indexes. Delivered keys, of which there is no bound, aren't counted but follow from what was imported; the available ones
/// are counted in their index (some 30 ms for a million), which keeps counters out of the orders' way.
/// </summary>
internal static class KeyStatistics
{
    private const string Columns = "id, batch_id, state, label, note, order_id, order_line, reserved_until, delivered_at";

    /// <summary>Counts the keys of many pools in one statement.</summary>
    public static async Task<IReadOnlyDictionary<long, KeyPoolStats>> ReadAsync(ICommerceConnection connection, IReadOnlyList<long> poolIds)
    {
        var counts = await connection.QueryAsync<Counts>(
            $"""
            select p.id as pool_id,
                (select count(*) from card_key k where k.tenant = @tenant and k.pool_id = p.id and k.state = 'Available' and k.label is null and k.id <= p.visible_id) as unlabelled,
                (select count(*) from card_key k where k.tenant = @tenant and k.pool_id = p.id and k.state = 'Available' and k.label is not null and k.id <= p.visible_id) as labelled,
                (select count(*) from card_key k where k.tenant = @tenant and k.pool_id = p.id and k.state <> 'Available' and k.state = 'Reserved') as reserved,
                (select count(*) from card_key k where k.tenant = @tenant and k.pool_id = p.id and k.state <> 'Available' and k.state = 'Voided') as voided,
                (select count(*) from card_key k where k.tenant = @tenant and k.pool_id = p.id and k.state <> 'Available' and k.state = 'Replaced') as replaced,
                (select count(*) from card_key k where k.tenant = @tenant and k.pool_id = p.id and k.state <> 'Available' and k.state = 'Revoked') as revoked,
                (select coalesce(cast(sum(b.imported) as bigint), 0) from key_batch b where b.tenant = @tenant and b.pool_id = p.id and b.state <> 'Staging') as imported,
                (select coalesce(cast(sum(b.imported) as bigint), 0) from key_batch b where b.tenant = @tenant and b.pool_id = p.id and b.state = 'Staging') as staged
            from key_pool p where p.tenant = @tenant and p.id {connection.In("poolIds")}
            """,
            new { poolIds }).ConfigureAwait(false);
        return counts.ToDictionary(c => c.PoolId, Stats);
    }

    private static KeyPoolStats Stats(Counts counts)
    {
        var available = counts.Unlabelled + counts.Labelled;
        var delivered = counts.Imported - available - counts.Reserved - counts.Voided - counts.Replaced - counts.Revoked;
        return new KeyPoolStats(available, counts.Labelled, counts.Reserved, delivered, counts.Voided, counts.Replaced, counts.Revoked, counts.Staged);
    }

    public static async Task<IReadOnlyList<CardKey>> ListKeysAsync(ICommerceConnection connection, long poolId, KeyState? state, long afterId, int take)
    {
        // every index gives one sorted page; of these the first rows are the page asked for
        string[] conditions = state switch
        {
            KeyState.Available => ["state = 'Available' and label is null", "state = 'Available' and label is not null"],
            null => [.. Enum.GetValues<KeyState>().Where(s => s != KeyState.Available).Select(Used), "state = 'Available' and label is null", "state = 'Available' and label is not null"],
            _ => [Used(state.Value)],
        };
        var page = new List<CardKey>();
        foreach (var condition in conditions)
        {
            page.AddRange(await connection.QueryAsync<CardKey>(
                $"select {Columns} from card_key where tenant = @tenant and pool_id = @poolId and {condition} and id > @afterId and {KeyTake.Visible} order by id limit @take",
                new { poolId, afterId, take }).ConfigureAwait(false));
        }

        return conditions.Length == 1 ? page : [.. page.OrderBy(k => k.Id).Take(take)];
    }

    private static string Used(KeyState state) => $"state <> 'Available' and state = '{state}'";

    private sealed record Counts(long PoolId, long Unlabelled, long Labelled, long Reserved, long Voided, long Replaced, long Revoked, long Imported, long Staged);
}
