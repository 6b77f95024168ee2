using System.Text.Json;
using LinkShop.Commerce.Coupons;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Idempotency;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Protection;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Resale;

namespace LinkShop.Commerce.Ordering;

/// <summary>Makes an order: price, limits, stock, coupon and rows in one transaction.</summary>
internal sealed class OrderCreation(OfferVersions versions, IKeyStock stock, IIdempotencyStore idempotency, PurchaseLimiter limiter, Delivery delivery, SupplyOrders supply, ReferralAttributor referrals, OrderingOptions options)
{
    public async Task<OrderReceipt> CreateAsync(ICommerceConnection connection, OrderDraft draft)
    {
        var request = draft.Request;
        var claim = request.IdempotencyKey is { } key ? idempotency.Claim(connection, "order:" + key, draft.RequestHash) : null;
        var asked = referrals.Ask(connection, ReferralBuyer.Of(draft));
        var unpaid = UnpaidLimits.Of(draft, options);
        unpaid.Queue(connection, draft);
        var (offers, unpaidByContact, unpaidByAddress) = await CurrentOffers.ReadAsync(connection, versions, draft).ConfigureAwait(false);
        if (claim?.Stored is { } stored)
            return Repeat(stored, draft.Cipher);
        var brought = await referrals.DecideAsync(connection, asked, offers).ConfigureAwait(false);
        var order = await PriceAsync(connection, request, offers, draft.Now, brought: brought).ConfigureAwait(false);
        if (request.ExpectedTotalMinor is { } shown && shown != order.Total)
            throw new RefusedException(CommerceErrors.PriceChanged, $"The total is now {new Money(order.Total, order.Currency)}.", "expectedTotalMinor");
        if (order.Total > 0)
            unpaid.Require(unpaidByContact, unpaidByAddress);
        else
            await unpaid.RequireFewFreeAsync(connection, draft).ConfigureAwait(false);
        await limiter.ClaimAsync(connection, draft, order.Lines).ConfigureAwait(false);
        await ReserveAsync(connection, draft, order.Lines).ConfigureAwait(false);
        if (order.Coupon is { } coupon && await CouponUses.TakeAsync(connection, coupon, draft.Buyer).ConfigureAwait(false) is { } refused)
            throw new RefusedException([refused]);
        // suppliers last: their rows are locked after this shop's own
        var supplies = await supply.ReserveAsync(connection, draft, order).ConfigureAwait(false);
        var receipt = await StoreAsync(connection, draft, order, brought).ConfigureAwait(false);
        SupplyOrders.Record(connection, draft.OrderId, supplies);
        // the token opens the order, so it isn't stored: see Repeat
        if (request.IdempotencyKey is not null)
            idempotency.Complete(connection, "order:" + request.IdempotencyKey, draft.RequestHash, new StoredResponse(201, JsonSerializer.Serialize(receipt with { AccessToken = "" }, OrderJson.Default.OrderReceipt)));
        return receipt;
    }

    private static OrderReceipt Repeat(StoredResponse stored, ITenantCipher cipher)
    {
        var receipt = JsonSerializer.Deserialize(stored.Body, OrderJson.Default.OrderReceipt)!;
        return receipt with { AccessToken = OrderSecrets.Token(cipher, receipt.OrderId) };
    }

    /// <summary>The priced order of a request.</summary>
    /// <exception cref="RefusedException">With all errors found.</exception>
    public static async Task<PricedOrder> PriceAsync(ICommerceConnection connection, OrderRequest request, IReadOnlyList<(OfferVersion? Version, bool OnSale)> offers, DateTimeOffset now, bool quote = false, Brought? brought = null)
    {
        var errors = new List<CommerceError>();
        var lines = OrderPricing.Price(request, offers, errors, quote);
        Coupon? coupon = null;
        if (!string.IsNullOrWhiteSpace(request.CouponCode) && errors.Count == 0)
        {
            coupon = await CouponStore.FindAsync(connection, CouponStore.Normalize(request.CouponCode)).ConfigureAwait(false);
            if (OrderPricing.Apply(coupon, lines, now) is { } error)
                errors.Add(error);
        }

        if (errors.Count == 0 && coupon is null)
            brought?.Discount(lines);
        return errors.Count > 0 ? throw new RefusedException(errors) : new PricedOrder(lines, lines[0].Offer.Price.Currency, coupon);
    }

    private async Task ReserveAsync(ICommerceConnection connection, OrderDraft draft, IReadOnlyList<PricedLine> lines)
    {
        // in pool order, so that two orders with the same pools can't wait for each other
        foreach (var line in lines.Where(l => l.Offer.Delivery == DeliveryKind.CardKey).OrderBy(l => l.Offer.PoolId))
        {
            var picked = line.Request.PickedKeyId;
            long[]? specific = picked is { } key ? [key] : null;
            var keys = await stock.ReserveAsync(connection, line.Offer.PoolId!.Value, draft.OrderId, line.Line, line.Quantity, draft.ReservedUntil, line.Offer.PickOrder, specific).ConfigureAwait(false);
            if (keys is null)
            {
                throw picked is null
                    ? new RefusedException(CommerceErrors.SoldOut, "There aren't enough left.", $"lines[{line.Line - 1}].quantity")
                    : new RefusedException(CommerceErrors.PickTaken, "Somebody else has taken this one.", $"lines[{line.Line - 1}].pickedKeyId");
            }
        }
    }

    private async Task<OrderReceipt> StoreAsync(ICommerceConnection connection, OrderDraft draft, PricedOrder order, Brought? brought)
    {
        var free = order.Total == 0;
        OrderInsert.Order(connection, draft, order, brought?.Earner);
        foreach (var line in order.Lines)
            OrderInsert.Line(connection, draft, line);
        brought?.Record(connection, draft.OrderId);
        if (order.Coupon is { } coupon)
            CouponUses.Record(connection, coupon.Code, draft.OrderId, draft.Buyer);
        var state = OrderState.AwaitingPayment;
        if (free)
        {
            // its row says Paid from the start; delivery is the same as for a paid one
            var result = await delivery.DeliverAsync(connection, draft.OrderId, [.. order.Lines.Select(l => new DeliverableLine(l.Line, l.Quantity, l.Offer))], draft.Now).ConfigureAwait(false);
            state = delivery.Finish(connection, draft.OrderId, result, draft.Now);
        }
        else
        {
            OrderInsert.Hold(connection, draft);
        }

        var total = new Money(order.Total, order.Currency);
        return new OrderReceipt(draft.OrderId, OrderNumber.Of(draft.OrderId), draft.Token, total, state, draft.ReservedUntil);
    }
}
