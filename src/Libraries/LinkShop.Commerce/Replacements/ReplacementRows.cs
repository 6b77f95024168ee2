using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Protection;

namespace LinkShop.Commerce.Replacements;

/// <summary>Stores and reads replacements.</summary>
internal static class ReplacementRows
{
    private const string Select = """
        select r.id, r.order_id, r.line, r.unit, r.old_key, r.new_key, r.reason, r.text, r.actor, r.at, o.secret as old_secret, o.delivered_at as old_delivered_at, n.secret as new_secret
        from key_replacement r join card_key o on o.tenant = r.tenant and o.id = r.old_key join card_key n on n.tenant = r.tenant and n.id = r.new_key where r.tenant = @tenant
        """;

    private const string ById = Select + " and r.id = @id";
    private const string OfOrder = Select + " and r.order_id = @orderId order by r.at, r.id";

    private const string Insert = """
        insert into key_replacement (tenant, id, order_id, line, unit, old_key, new_key, reason, text, actor, at)
        values (@tenant, @id, @orderId, @line, @unit, @keyId, @newKey, @reason, @text, @actor, @now) on conflict (tenant, id) do nothing
        """;

    public static Task<ReplacementRow?> FindAsync(ICommerceConnection connection, string id) => connection.QuerySingleOrDefaultAsync<ReplacementRow>(ById, new { id });

    public static Task<IReadOnlyList<ReplacementRow>> OfOrderAsync(ICommerceConnection connection, string orderId) => connection.QueryAsync<ReplacementRow>(OfOrder, new { orderId });

    /// <returns>False when the id is taken.</returns>
    public static async Task<bool> AddAsync(ICommerceConnection connection, ReplacementDraft draft, int unit, long newKey, string actor, DateTimeOffset now) =>
        await connection.ExecuteAsync(Insert, new { draft.Id, draft.OrderId, line = draft.Line, unit, draft.KeyId, newKey, draft.Reason, draft.Text, actor, now }).ConfigureAwait(false) == 1;
}

/// <summary>A stored replacement with the two keys, still encrypted.</summary>
internal sealed record ReplacementRow(
    string Id, string OrderId, int Line, int Unit, long OldKey, long NewKey, ReplacementReason Reason, string Text, string Actor, DateTimeOffset At, byte[] OldSecret, DateTimeOffset OldDeliveredAt, byte[] NewSecret)
{
    public ReplacementView View(ITenantCipher cipher) =>
        new(Id, OrderId, Line, Unit, Reason, Text, SecretMask.Of(cipher.Decrypt(OldSecret)), OldDeliveredAt, SecretMask.Of(cipher.Decrypt(NewSecret)), Actor, At);
}
