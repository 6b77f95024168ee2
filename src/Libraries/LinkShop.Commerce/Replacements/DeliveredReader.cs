using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Protection;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Resale;

namespace LinkShop.Commerce.Replacements;

/// <summary>What was delivered, masked; beside it the secrets themselves, so that a caller can keep them out of other texts.</summary>
internal sealed record Delivered(OrderDeliveries Deliveries, IReadOnlyList<string> Secrets);

/// <summary>Reads what was delivered of an order.</summary>
internal sealed class DeliveredReader(OfferVersions versions, IKeyStock stock, ISecretProtector protector)
{
    private const string Select = """
        select d.line, d.unit, d.key_id, d.text, d.at, d.actor, k.secret, k.state, k.delivered_at
        from deliveries d left join card_key k on k.tenant = d.tenant and k.id = d.key_id where d.tenant = @tenant and d.order_id = @orderId order by d.line, d.unit
        """;

    public async Task<Delivered> ReadAsync(ICommerceConnection connection, IReadOnlyList<OrderRow> rows, ITenantCipher cipher)
    {
        if (rows.Count == 0)
            return new Delivered(new OrderDeliveries([], []), []);
        var orderId = rows[0].Id;
        var offers = new Dictionary<int, OfferVersion>();
        foreach (var row in rows)
            offers[row.Line] = await versions.GetAsync(connection, row.SkuId, row.Version).ConfigureAwait(false);
        var taken = await TakenGoods.LinesAsync(connection, rows[0]).ConfigureAwait(false);
        var allowed = ReplacementRules.Allows(rows[0]);
        var stored = await connection.QueryAsync<Row>(Select, new { orderId }).ConfigureAwait(false);
        var many = stored.CountBy(r => r.Line).ToDictionary();
        var units = new List<DeliveredUnit>(stored.Count);
        var secrets = new List<string>();
        foreach (var row in stored)
        {
            var sold = offers[row.Line];
            if (sold.Offer.Supply is not null)
                continue;
            var what = await PlainAsync(connection, row, sold, cipher).ConfigureAwait(false);
            secrets.AddRange(row.KeyId is null ? [what] : SecretMask.PartsOf(what));
            units.Add(new DeliveredUnit(
                row.Line, row.Unit, many[row.Line], sold.Offer.Delivery, SecretMask.Of(what), row.DeliveredAt ?? row.At, row.Actor, row.KeyId, row.State, allowed && row.State == KeyState.Delivered)
            {
                Correctable = allowed && row.Text is not null && sold.Offer.Delivery == DeliveryKind.Manual && !taken.Contains(row.Line),
                TakenBack = row.KeyId is null ? taken.Contains(row.Line) : row.State == KeyState.Revoked,
            });
        }

        var replaced = await ReplacementRows.OfOrderAsync(connection, orderId).ConfigureAwait(false);
        secrets.AddRange(replaced.SelectMany(r => SecretMask.PartsOf(cipher.Decrypt(r.OldSecret))));
        var corrected = await Corrections.OfOrderAsync(connection, orderId, cipher).ConfigureAwait(false);
        secrets.AddRange(corrected.Select(c => c.Was));
        var views = replaced.Select(r => r.View(cipher)).ToList();
        foreach (var supplied in rows[0].Supplies == 0 || stored.Count == 0 ? [] : await SupplyDeliveries.UnitsAsync(connection, orderId, taken, this, protector).ConfigureAwait(false))
        {
            units.AddRange(supplied.Deliveries.Units);
            views.AddRange(supplied.Deliveries.Replacements);
            secrets.AddRange(supplied.Secrets);
        }

        return new Delivered(new OrderDeliveries([.. units.OrderBy(u => u.Line)], views) { Corrections = [.. corrected.Select(c => c.View)] }, secrets);
    }

    private async Task<string> PlainAsync(ICommerceConnection connection, Row row, OfferVersion sold, ITenantCipher cipher)
    {
        if ((row.Secret ?? row.Text) is { } own)
            return cipher.Decrypt(own);
        if (sold.Offer is { Delivery: DeliveryKind.ReusableKey, PoolId: { } pool })
            return await stock.ReadReusableAsync(connection, pool).ConfigureAwait(false) ?? "";
        return cipher.Decrypt(sold.DeliveryText);
    }

    private sealed record Row(int Line, int Unit, long? KeyId, byte[]? Text, DateTimeOffset At, string? Actor, byte[]? Secret, KeyState? State, DateTimeOffset? DeliveredAt);
}
