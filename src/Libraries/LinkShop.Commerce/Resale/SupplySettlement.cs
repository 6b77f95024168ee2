using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Placement;
using LinkShop.Commerce.Protection;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Resale;

/// <summary>
/// Lets the orders at suppliers follow a shop's order, in its transaction: what a supplier has been paid is always the supply share of the shop's line, as far as that is still kept,
/// and a dispute there is one here. Taken from the shop's books as they stand, so any order and repetition of events comes to the same end.
/// </summary>
internal sealed class SupplySettlement(OfferVersions versions, IKeyStock stock, ICommercePlacement places, ISecretProtector protector)
{
    /// <summary>Reserves once more for an order that was paid after it had ended; nothing when a supplier has none, has stopped or asks more than then.</summary>
    /// <param name="shop">The shop's write, which has taken its own locks and goods.</param>
    /// <param name="rows">The shop's order.</param>
    /// <param name="now">The time.</param>
    public async Task<bool> TakeAgainAsync(ICommerceConnection shop, IReadOnlyList<OrderRow> rows, DateTimeOffset now)
    {
        var taken = new List<(ICommerceConnection At, string OrderId)>();
        foreach (var line in await SupplyLine.OfOrderAsync(shop, rows[0].Id).ConfigureAwait(false))
        {
            if (line.Delivered)
                continue;
            var at = shop.For(new TenantScope(line.Upstream));
            if (!await TakeAgainAsync(shop, at, line, rows.First(r => r.Line == line.Line), now).ConfigureAwait(false))
            {
                foreach (var (supplier, orderId) in taken)
                    await GiveBackAsync(supplier, orderId).ConfigureAwait(false);
                return false;
            }

            taken.Add((at, line.SupplyOrder));
        }

        return true;
    }

    /// <summary>Ends what an order that wasn't paid has reserved at suppliers.</summary>
    public async Task EndAsync(ICommerceConnection shop, string orderId, OrderState to, OrderRelease release)
    {
        foreach (var line in await SupplyLine.OfOrderAsync(shop, orderId).ConfigureAwait(false))
            await release.EndAsync(shop.For(new TenantScope(line.Upstream)), line.SupplyOrder, null, to).ConfigureAwait(false);
    }

    /// <summary>Pays, gives back, freezes and delivers at the suppliers what the shop's order now says.</summary>
    /// <param name="shop">The shop's write; the order's books are written.</param>
    /// <param name="order">The shop's order as it was before, except for decided refunds.</param>
    /// <param name="now">What it is now.</param>
    /// <param name="settlement">What settles an order.</param>
    /// <param name="release">What ends an unpaid one.</param>
    public async Task FollowAsync(ICommerceConnection shop, OrderRow order, ShopOrderNow now, PaymentSettlement settlement, OrderRelease release)
    {
        var splits = now.Transfers == 0 ? [] : await SplitStore.ReadAsync(shop, order.Id).ConfigureAwait(false);
        var refunds = await OrderBooks.RefundsAsync(shop, order, splits).ConfigureAwait(false);
        var kept = OrderBooks.KeptOf(splits, refunds, now.Captured);
        foreach (var line in await SupplyLine.OfOrderAsync(shop, order.Id).ConfigureAwait(false))
        {
            var due = 0L;
            for (var i = 0; i < splits.Count; i++)
                due = splits[i].Line == line.Line ? LinePosition.SupplyOf(splits[i].Shares, splits[i].Total, kept[i], refunds[i].ByPlatform, line.Delivered) : due;
            await FollowAsync(shop.For(new TenantScope(line.Upstream)), line.SupplyOrder, due, now, settlement, release).ConfigureAwait(false);
        }
    }

    private static async Task FollowAsync(ICommerceConnection at, string orderId, long due, ShopOrderNow now, PaymentSettlement settlement, OrderRelease release)
    {
        var rows = await OrderRow.LockAndReadAsync(at, orderId).ConfigureAwait(false);
        var payments = new SupplyPayments(at, rows[0], await at.QueryAsync<PaymentFacts>(PaymentFacts.Select, new { orderId }).ConfigureAwait(false), now.At);
        payments.Follow(due, now.State == OrderState.Disputed);
        if (payments.Changed || (now.Delivered && due > 0 && rows[0].Fulfilment == Fulfilment.None))
            await settlement.SettleAsync(at, rows, payments.All, now.Delivered, now.At, taken: true).ConfigureAwait(false);
        else if (rows[0].State == OrderState.AwaitingPayment && now.State != OrderState.AwaitingPayment)
            await release.EndAsync(at, orderId, null, now.State == OrderState.Expired ? OrderState.Expired : OrderState.Cancelled).ConfigureAwait(false);
    }

    private async Task<bool> TakeAgainAsync(ICommerceConnection shop, ICommerceConnection at, SupplyLine line, OrderRow sold, DateTimeOffset now)
    {
        if (await OrderRow.LockAndReadAsync(at, line.SupplyOrder).ConfigureAwait(false) is not [var order])
            return false;
        // it is a sale of today, so today's terms hold; what the buyer paid covers what was agreed then
        var price = (await versions.GetAsync(shop, sold.SkuId, sold.Version).ConfigureAwait(false)).Offer.UnitPriceFor(sold.Quantity);
        var terms = await ResaleTerms.FindAsync(places, at, shop.Tenant!, line.OfferId, keep: true).ConfigureAwait(false);
        if (terms is not { State: ResaleState.Offered, Open: true } || terms.CostAt(price.Minor) * sold.Quantity > line.Cost)
            return false;
        var offer = (await versions.GetAsync(at, order.SkuId, order.Version).ConfigureAwait(false)).Offer;
        var buyer = SupplyOrders.BuyerOf(await protector.ForAsync(at).ConfigureAwait(false), shop.Tenant!);
        if (!await PurchaseLimiter.HasRoomAsync(at, order.Id, offer, order.Quantity, buyer, null, now).ConfigureAwait(false))
            return false;
        if (offer.Delivery == DeliveryKind.CardKey && await stock.ReserveAsync(at, offer.PoolId!.Value, order.Id, 1, order.Quantity, now, offer.PickOrder).ConfigureAwait(false) is null)
            return false;
        PurchaseLimiter.Record(at, order.Id, offer, order.Quantity, buyer, null, now);
        return true;
    }

    private async Task GiveBackAsync(ICommerceConnection at, string orderId)
    {
        await stock.ReleaseAsync(at, orderId).ConfigureAwait(false);
        PurchaseLimiter.Forget(at, orderId);
    }
}

/// <summary>A shop's order after an event, as far as its suppliers are concerned.</summary>
/// <param name="State">Its state.</param>
/// <param name="Captured">What is kept of its payment.</param>
/// <param name="Transfers">How many transfers its books have.</param>
/// <param name="Delivered">Whether its goods are handed over.</param>
/// <param name="At">The time.</param>
internal sealed record ShopOrderNow(OrderState State, long Captured, int Transfers, bool Delivered, DateTimeOffset At);
