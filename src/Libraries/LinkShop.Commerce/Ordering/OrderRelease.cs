using LinkShop.Commerce.Coupons;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Resale;

namespace LinkShop.Commerce.Ordering;

/// <summary>Ends an unpaid order and gives back what it held, in one transaction.</summary>
internal sealed class OrderRelease(IKeyStock stock, IOutbox outbox, SupplySettlement supply)
{
    private const string Update = "update orders set state = @state where tenant = @tenant and id = @orderId and state = 'AwaitingPayment'";

    private const string DeleteHold = "delete from order_holds where tenant = @tenant and order_id = @orderId";

    /// <summary>Expires or cancels an order.</summary>
    /// <param name="connection">The write; on PostgreSQL it locks the order by the update.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="coupon">Its coupon, or null.</param>
    /// <param name="to"><see cref="OrderState.Expired"/> or <see cref="OrderState.Cancelled"/>.</param>
    /// <param name="supplies">How many of its lines stand on orders at suppliers, which end with it.</param>
    /// <returns>False when the order isn't awaiting payment any more: then nothing was changed, above all not a paid order.</returns>
    public async Task<bool> EndAsync(ICommerceConnection connection, string orderId, string? coupon, OrderState to, int supplies = 0)
    {
        OrderTransitions.Require(OrderState.AwaitingPayment, to);
        if (await connection.ExecuteAsync(Update, new { orderId, state = to }).ConfigureAwait(false) == 0)
            return false;
        await stock.ReleaseAsync(connection, orderId).ConfigureAwait(false);
        if (coupon is not null)
            await CouponUses.GiveBackAsync(connection, coupon, orderId).ConfigureAwait(false);
        connection.Defer(DeleteHold, new { orderId });
        PurchaseLimiter.Forget(connection, orderId);
        outbox.Add(connection, to == OrderState.Expired ? OrderEvents.Expired : OrderEvents.Cancelled, new OrderEvent(orderId));
        if (supplies > 0)
            await supply.EndAsync(connection, orderId, to, this).ConfigureAwait(false);
        return true;
    }
}
