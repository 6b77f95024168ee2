using LinkShop.Commerce.Coupons;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Protection;
using LinkShop.Commerce.Resale;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Payments;

/// <summary>Brings a locked order in line with its payments: delivers, frees, marks what is to be given back, and tells about it.</summary>
internal sealed class PaymentSettlement(OfferVersions versions, Delivery delivery, IKeyStock stock, ISecretProtector protector, OrderBooks books, SupplySettlement supply, OrderRelease release, IOutbox outbox)
{
    private const string Update = """
        update orders set state = @state, fulfilment = @fulfilment, captured = @captured, refunded = @refunded, refund_due = @refundDue,
          captured_payment = @capturedPayment, undeliverable = @undeliverable, paid_at = @paidAt, fulfilled_at = @fulfilledAt,
          transfers = @transfers, refund_approved = @refundApproved, charged_back = @chargedBack
        where tenant = @tenant and id = @orderId
        """;

    private const string DeleteHold = "delete from order_holds where tenant = @tenant and order_id = @orderId";

    /// <summary>Settles an order.</summary>
    /// <param name="connection">The write.</param>
    /// <param name="rows">The order's rows, read under its lock.</param>
    /// <param name="payments">All its payments as they are now.</param>
    /// <param name="deliver">False: the stock is known to be missing, don't try.</param>
    /// <param name="now">The time.</param>
    /// <param name="keys">The keys the order holds, if they were read under its lock.</param>
    /// <param name="retry">Try again to deliver what couldn't be delivered before.</param>
    /// <param name="taken">An order that had ended has its stock again.</param>
    /// <returns>The state afterwards.</returns>
    public async Task<OrderState> SettleAsync(ICommerceConnection connection, IReadOnlyList<OrderRow> rows, List<PaymentFacts> payments, bool deliver, DateTimeOffset now, IReadOnlyList<ClaimedKey>? keys = null, bool retry = false, bool taken = false)
    {
        var order = rows[0];
        var due = payments.Select(p => p.RefundDue).ToArray();
        var undeliverable = order.Undeliverable && !retry;
        var fulfilment = order.Fulfilment;
        var toldToo = await HandRefunds.ToldTooAsync(connection, order.Id, payments).ConfigureAwait(false);
        var assessed = PaymentAssessment.Of(payments, order.CapturedPayment, undeliverable, order.RefundApproved, toldToo);
        var held = order.State == OrderState.AwaitingPayment;
        if (fulfilment == Fulfilment.None && assessed.Captured is { OpenDispute: false, CapturedNow: > 0 } captured)
        {
            var lines = await LinesAsync(connection, await OrderTasks.MissingAsync(connection, rows, captured.CapturedNow).ConfigureAwait(false)).ConfigureAwait(false);
            if (deliver && (held || taken || await TakeAgainAsync(connection, order, rows, lines, now).ConfigureAwait(false)))
            {
                fulfilment = await delivery.DeliverAsync(connection, order.Id, lines, now, held ? keys : null).ConfigureAwait(false);
            }
            else
            {
                undeliverable = true;
                assessed = PaymentAssessment.Of(payments, order.CapturedPayment, undeliverable, order.RefundApproved, toldToo);
            }
        }
        else if (fulfilment != Fulfilment.None)
        {
            fulfilment = await OrderTasks.FollowAsync(connection, rows, assessed.Captured?.CapturedNow ?? 0, now).ConfigureAwait(false);
        }

        var state = assessed.StateFrom(order.State, fulfilment);
        OrderTransitions.Require(order.State, state);
        if (held && state != OrderState.AwaitingPayment)
            await EndHoldAsync(connection, order, fulfilment, state).ConfigureAwait(false);
        // whoever charges all of it back doesn't keep the goods; if another payment comes to be kept after that, they are the buyer's again. An order at a supplier follows the shop's, whose buyer it is
        var charged = assessed.ChargedBack != order.ChargedBack && order.SupplyShop is null;
        if (charged && assessed.ChargedBack)
            await stock.RevokeAsync(connection, order.Id).ConfigureAwait(false);
        else if (charged)
            await stock.RestoreAsync(connection, order.Id).ConfigureAwait(false);
        if (order.Supplies > 0 && fulfilment != Fulfilment.None)
            SupplyLine.MarkDelivered(connection, order.Id);
        var fulfilledAt = fulfilment == Fulfilment.Done ? order.FulfilledAt ?? now : (DateTimeOffset?)null;
        var transfers = await books.FollowAsync(connection, rows, payments, assessed, state, fulfilledAt, now).ConfigureAwait(false);
        StoreOrder(connection, order, assessed, state, fulfilment, undeliverable, fulfilledAt, transfers, now);
        foreach (var payment in payments)
            payment.Store(connection, order.Id);
        Tell(connection, order, assessed, state, fulfilment, payments, due);
        if (order.Supplies > 0)
        {
            var current = new ShopOrderNow(state, assessed.Captured?.CapturedNow ?? 0, transfers, fulfilment != Fulfilment.None, now);
            await supply.FollowAsync(connection, order, current, this, release).ConfigureAwait(false);
            if (charged)
                await SupplyDeliveries.FollowChargebackAsync(connection, order, assessed.ChargedBack, stock).ConfigureAwait(false);
        }

        return state;
    }

    private static void StoreOrder(ICommerceConnection connection, OrderRow order, PaymentAssessment assessed, OrderState state, Fulfilment fulfilment, bool undeliverable, DateTimeOffset? fulfilledAt, int transfers, DateTimeOffset now) =>
        connection.Defer(Update, new
        {
            orderId = order.Id,
            state,
            fulfilment,
            captured = assessed.Captured?.CapturedNow ?? 0,
            refunded = assessed.GivenBack,
            refundDue = assessed.RefundDue,
            capturedPayment = assessed.Captured?.Key,
            undeliverable,
            paidAt = order.PaidAt ?? (assessed.AnyPaid ? now : null),
            fulfilledAt,
            transfers,
            refundApproved = order.RefundApproved,
            chargedBack = assessed.ChargedBack,
        });

    private async Task<List<DeliverableLine>> LinesAsync(ICommerceConnection connection, IReadOnlyList<OrderRow> rows)
    {
        var lines = new List<DeliverableLine>(rows.Count);
        foreach (var row in rows)
            lines.Add(new DeliverableLine(row.Line, row.Quantity, (await versions.GetAsync(connection, row.SkuId, row.Version).ConfigureAwait(false)).Offer));
        return lines;
    }

    /// <summary>An order whose stock was given back takes it again, with its coupon; false, and nothing taken, when that's not to be had any more, or is more by now than one buyer may have.</summary>
    private async Task<bool> TakeAgainAsync(ICommerceConnection connection, OrderRow order, IReadOnlyList<OrderRow> rows, List<DeliverableLine> lines, DateTimeOffset now)
    {
        var cipher = await protector.ForAsync(connection).ConfigureAwait(false);
        var buyer = OrderDraft.BuyerOf(cipher, order.UserId, order.ContactHash);
        // locks in the same order as a new order takes them
        foreach (var line in lines.OrderBy(l => l.Offer.SkuId, StringComparer.Ordinal))
        {
            if (!await PurchaseLimiter.HasRoomAsync(connection, order.Id, line.Offer, line.Quantity, buyer, order.AddressHash, now).ConfigureAwait(false))
                return false;
        }

        foreach (var line in lines.Where(l => l.Offer.Delivery == DeliveryKind.CardKey).OrderBy(l => l.Offer.PoolId))
        {
            var row = rows.First(r => r.Line == line.Line);
            long[]? picked = row.PickedKey is { } key ? [key] : null;
            if (await stock.ReserveAsync(connection, line.Offer.PoolId!.Value, order.Id, line.Line, line.Quantity, now, line.Offer.PickOrder, picked).ConfigureAwait(false) is null)
            {
                await stock.ReleaseAsync(connection, order.Id).ConfigureAwait(false);
                return false;
            }
        }

        if (order.Coupon is { } coupon && !await CouponUses.TakeAgainAsync(connection, coupon, order.Id, buyer).ConfigureAwait(false))
        {
            await stock.ReleaseAsync(connection, order.Id).ConfigureAwait(false);
            return false;
        }

        // suppliers last, after this tenant's own locks
        if (order.Supplies > 0 && !await supply.TakeAgainAsync(connection, rows, now).ConfigureAwait(false))
        {
            await stock.ReleaseAsync(connection, order.Id).ConfigureAwait(false);
            if (order.Coupon is { } taken)
                await CouponUses.GiveBackAsync(connection, taken, order.Id).ConfigureAwait(false);
            return false;
        }

        foreach (var line in lines)
            PurchaseLimiter.Record(connection, order.Id, line.Offer, line.Quantity, buyer, order.AddressHash, now);
        return true;
    }

    private async Task EndHoldAsync(ICommerceConnection connection, OrderRow order, Fulfilment fulfilment, OrderState state)
    {
        connection.Defer(DeleteHold, new { orderId = order.Id });
        if (fulfilment != Fulfilment.None)
            return;
        // paid, but frozen or given back before it could be delivered: others may have the stock
        await stock.ReleaseAsync(connection, order.Id).ConfigureAwait(false);
        if (state != OrderState.Expired)
            return;
        PurchaseLimiter.Forget(connection, order.Id);
        if (order.Coupon is { } coupon)
            await CouponUses.GiveBackAsync(connection, coupon, order.Id).ConfigureAwait(false);
    }

    private void Tell(ICommerceConnection connection, OrderRow order, PaymentAssessment assessed, OrderState state, Fulfilment fulfilment, List<PaymentFacts> payments, long[] due)
    {
        delivery.Tell(connection, order.Id, fulfilment == order.Fulfilment ? Fulfilment.None : fulfilment, order.PaidAt is null && assessed.Captured is not null);
        if (assessed.GivenBack > order.Refunded)
            outbox.Add(connection, OrderEvents.Refunded, new OrderEvent(order.Id, Minor: assessed.GivenBack - order.Refunded));
        if (state == OrderState.Disputed && order.State != OrderState.Disputed)
            outbox.Add(connection, OrderEvents.Disputed, new OrderEvent(order.Id));
        for (var i = 0; i < payments.Count; i++)
        {
            var before = i < due.Length ? due[i] : 0;
            if (payments[i].ExcessGrew)
                outbox.Add(connection, OrderEvents.GivenBackTwice, new OrderEvent(order.Id, payments[i].Provider, payments[i].PaymentId));
            // nobody was asked while the provider decided
            if (payments[i].RefundDue == 0 || (payments[i].RefundDue == before && !payments[i].DisputeEnded))
                continue;
            var payment = new OrderEvent(order.Id, payments[i].Provider, payments[i].PaymentId);
            if (before == 0)
                outbox.Add(connection, OrderEvents.RefundDue, payment);
            // also when a part of it came back, because more may have been decided while that was on its way
            outbox.Add(connection, OrderEvents.RefundWanted, payment);
        }
    }
}
