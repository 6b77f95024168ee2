using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Protection;
using LinkShop.Commerce.Resale;

namespace LinkShop.Commerce.Replacements;

/// <inheritdoc />
internal sealed class Replacements(
    ICommerceDatabase database, ISecretProtector protector, OfferVersions versions, IKeyStock stock, DeliveredReader delivered, IOutbox outbox, TimeProvider clock) : IReplacements
{
    private const string SelectSecret = "select secret from card_key where tenant = @tenant and id = @keyId";

    private const string Exchange = "update deliveries set key_id = @newKey where tenant = @tenant and order_id = @orderId and line = @line and unit = @unit and key_id = @keyId";

    private static readonly CommerceError NotFound = new(CommerceErrors.NotFound, "There is no such order or line.");

    public async Task<CommerceResult<ReplacementView>> ReplaceAsync(TenantScope scope, ReplacementDraft draft, string actor, CancellationToken cancellationToken = default)
    {
        if (ReplacementRules.Malformed(draft) is { } malformed)
            return malformed;
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        try
        {
            return await database.WriteAsync<CommerceResult<ReplacementView>>(scope, async c =>
            {
                var rows = await OrderRow.LockAndReadAsync(c, draft.OrderId).ConfigureAwait(false);
                // the same id again is answered as the first time, whatever became of the order since
                if (await ReplacementRows.FindAsync(c, draft.Id).ConfigureAwait(false) is { } known)
                    return known.OrderId == draft.OrderId && known.Line == draft.Line && known.OldKey == draft.KeyId ? known.View(cipher) : Taken();
                return rows.FirstOrDefault(r => r.Line == draft.Line) is { } line ? await ReplaceAsync(c, line, draft, actor, cipher).ConfigureAwait(false) : NotFound;
            }, cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedException refused)
        {
            return CommerceResult<ReplacementView>.Failure(refused.Errors);
        }
    }

    public async Task<OrderDeliveries> OfOrderAsync(TenantScope scope, string orderId, CancellationToken cancellationToken = default)
    {
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        var plain = await database.ReadAsync(scope, async c =>
            await delivered.ReadAsync(c, await c.QueryAsync<OrderRow>(OrderRow.ById, new { orderId }).ConfigureAwait(false), cipher).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return plain.Deliveries;
    }

    private async Task<CommerceResult<ReplacementView>> ReplaceAsync(ICommerceConnection connection, OrderRow line, ReplacementDraft draft, string actor, ITenantCipher cipher)
    {
        var offer = (await versions.GetAsync(connection, line.SkuId, line.Version).ConfigureAwait(false)).Offer;
        var unit = await ReplacementRules.FindUnitAsync(connection, line, offer, draft.KeyId).ConfigureAwait(false);
        if (!unit.Succeeded)
            return CommerceResult<ReplacementView>.Failure(unit.Errors);
        if (await stock.ReplaceAsync(connection, draft.OrderId, draft.KeyId, offer.PickOrder).ConfigureAwait(false) is not { } newKey)
            return new CommerceError(CommerceErrors.PoolEmpty, "No key is left in the pool: import some and replace then, or give the money back.");
        var now = clock.GetUtcNow();
        var old = cipher.Decrypt((await connection.QuerySingleOrDefaultAsync<byte[]>(SelectSecret, new { draft.KeyId }).ConfigureAwait(false))!);
        var made = draft with { Text = SecretMask.In(draft.Text.Trim(), SecretMask.PartsOf(old)) };
        var exchanged = await connection.ExecuteAsync(Exchange, new { newKey, draft.OrderId, line = draft.Line, unit = unit.Value, draft.KeyId }).ConfigureAwait(false);
        if (exchanged != 1 || !await ReplacementRows.AddAsync(connection, made, unit.Value, newKey, actor, now).ConfigureAwait(false))
            throw new RefusedException([Taken()]);
        var view = (await ReplacementRows.FindAsync(connection, draft.Id).ConfigureAwait(false))!.View(cipher);
        OrderHistory.Add(connection, draft.OrderId, "replaced", actor, made.Text.Length > 0 ? $"{view.Old} → {view.New} · {made.Text}" : $"{view.Old} → {view.New}", now);
        outbox.Add(connection, ReplacementEvents.Replaced, new OrderEvent(draft.OrderId));
        await SupplyNotices.ReplacedAsync(connection, line, $"{view.Old} → {view.New}", outbox, now).ConfigureAwait(false);
        return view;
    }

    private static CommerceError Taken() => new(CommerceErrors.Conflict, "This replacement was made before with another content.", "id");
}
