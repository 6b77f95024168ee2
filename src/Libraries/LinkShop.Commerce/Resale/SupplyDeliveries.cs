using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Protection;
using LinkShop.Commerce.Replacements;

namespace LinkShop.Commerce.Resale;

/// <summary>Reads what suppliers delivered for a shop's order. The goods stay there under the supplier's key and are nowhere a second time, so a recalled or replaced one is so here at once.</summary>
internal static class SupplyDeliveries
{
    /// <summary>What the buyer gets, by line.</summary>
    /// <param name="shop">A read in the shop's scope; the right to see the order was checked.</param>
    /// <param name="orderId">The shop's order.</param>
    /// <param name="taken">The lines that refunds took back.</param>
    /// <param name="reader">Reads an order.</param>
    /// <param name="protector">Has the suppliers' keys.</param>
    public static async Task<IReadOnlyDictionary<int, OrderLineView>> ReadAsync(ICommerceConnection shop, string orderId, IReadOnlyList<int> taken, OrderReader reader, ISecretProtector protector)
    {
        var lines = new Dictionary<int, OrderLineView>();
        foreach (var line in (await SupplyLine.OfOrderAsync(shop, orderId).ConfigureAwait(false)).Where(l => !taken.Contains(l.Line)))
        {
            var at = shop.For(new TenantScope(line.Upstream));
            var rows = await at.QueryAsync<OrderRow>(OrderRow.ByIdWithKeys, new { orderId = line.SupplyOrder }).ConfigureAwait(false);
            if (rows.Count > 0)
                lines[line.Line] = (await reader.ViewAsync(at, rows, await protector.ForAsync(at).ConfigureAwait(false), withSecrets: true).ConfigureAwait(false)).Lines[0];
        }

        return lines;
    }

    /// <summary>What staff of the shop see of it: masked, and without what belongs to the supplier's house (ids of keys, names of its staff).</summary>
    public static async Task<IReadOnlyList<Delivered>> UnitsAsync(ICommerceConnection shop, string orderId, IReadOnlyList<int> taken, DeliveredReader reader, ISecretProtector protector)
    {
        var all = new List<Delivered>();
        foreach (var line in await SupplyLine.OfOrderAsync(shop, orderId).ConfigureAwait(false))
        {
            var at = shop.For(new TenantScope(line.Upstream));
            var rows = await at.QueryAsync<OrderRow>(OrderRow.ById, new { orderId = line.SupplyOrder }).ConfigureAwait(false);
            var (goods, secrets) = await reader.ReadAsync(at, rows, await protector.ForAsync(at).ConfigureAwait(false)).ConfigureAwait(false);
            // buyers look at their goods often, and seldom is one of them another one by now
            var supplier = goods.Replacements.Count == 0 ? "" : await line.SupplierAsync(shop).ConfigureAwait(false);
            all.Add(new Delivered(
                new OrderDeliveries(
                    [.. goods.Units.Select(u => u with { Line = line.Line, Kind = Offers.DeliveryKind.Supplied, KeyId = null, Actor = null, Replaceable = false, TakenBack = u.TakenBack || taken.Contains(line.Line) })],
                    [.. goods.Replacements.Select(r => r with { OrderId = orderId, Line = line.Line, Actor = supplier })]),
                secrets));
        }

        return all;
    }

    /// <summary>Takes the keys of refunded lines back where they are.</summary>
    public static async Task RevokeAsync(ICommerceConnection shop, string orderId, IReadOnlyList<Refunds.RefundLine> lines, KeyPools.IKeyStock stock)
    {
        foreach (var line in await SupplyLine.OfOrderAsync(shop, orderId).ConfigureAwait(false))
        {
            if (lines.Any(l => l.Line == line.Line))
                await stock.RevokeAsync(shop.For(new TenantScope(line.Upstream)), line.SupplyOrder).ConfigureAwait(false);
        }
    }

    /// <summary>Takes the keys back where they are when the shop's buyer has charged all of it back, whoever bears that; or gives them back when another payment is kept after that, but for lines whose refund took them.</summary>
    public static async Task FollowChargebackAsync(ICommerceConnection shop, OrderRow order, bool chargedBack, KeyPools.IKeyStock stock)
    {
        var taken = chargedBack ? [] : await Refunds.TakenGoods.LinesAsync(shop, order).ConfigureAwait(false);
        foreach (var line in await SupplyLine.OfOrderAsync(shop, order.Id).ConfigureAwait(false))
        {
            var at = shop.For(new TenantScope(line.Upstream));
            if (chargedBack)
                await stock.RevokeAsync(at, line.SupplyOrder).ConfigureAwait(false);
            else if (!taken.Contains(line.Line))
                await stock.RestoreAsync(at, line.SupplyOrder).ConfigureAwait(false);
        }
    }
}
