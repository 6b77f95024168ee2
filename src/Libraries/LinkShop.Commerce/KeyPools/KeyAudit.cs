using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.KeyPools;

/// <summary>Records who saw or withdrew keys.</summary>
internal static class KeyAudit
{
    public static void Write(ICommerceConnection connection, TimeProvider time, string actor, string action, long? poolId, long? batchId, long? keyId, long affected)
        => connection.Defer(
            """
            insert into key_audit (tenant, at, actor, action, pool_id, batch_id, key_id, affected)
            values (@tenant, @now, @actor, @action, @poolId, @batchId, @keyId, @affected)
            """,
            new { now = time.GetUtcNow(), actor, action, poolId, batchId, keyId, affected });
}
