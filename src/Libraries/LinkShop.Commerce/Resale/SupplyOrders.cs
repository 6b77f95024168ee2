using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Placement;
using LinkShop.Commerce.Protection;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Resale;

/// <summary>
/// Makes the orders at suppliers that a shop's new order stands on, in its transaction. Each is an ordinary order of the supplier, whose rules hold for it; its buyer is the shop, and nothing
/// in it tells who the shop's buyer is.
/// </summary>
internal sealed class SupplyOrders(OfferVersions versions, IKeyStock stock, PurchaseLimiter limiter, SplitStore splits, ICommercePlacement places, ISecretProtector protector)
{
    private const string SetShop = "update orders set supply_shop = @shop where tenant = @tenant and id = @orderId";

    private const string SetSupplies = "update orders set supplies = @count where tenant = @tenant and id = @orderId";

    /// <summary>The one whose purchases at a supplier are counted together: the shop.</summary>
    public static byte[] BuyerOf(ITenantCipher supplier, string shop) => supplier.Fingerprint("shop:" + shop);

    /// <summary>Says whether an order could be made now, without reserving.</summary>
    /// <exception cref="RefusedException">It couldn't.</exception>
    public async Task CheckAsync(ICommerceConnection shop, OrderRequest request, PricedOrder order, DateTimeOffset now)
    {
        foreach (var (line, rest) in await ResoldAsync(shop, request, order, now).ConfigureAwait(false))
            await TermsAsync(shop, line, rest, order.Coupon is not null, keep: false).ConfigureAwait(false);
    }

    /// <summary>Reserves at the suppliers.</summary>
    /// <param name="shop">The shop's write, which has taken its own locks.</param>
    /// <param name="draft">The shop's order.</param>
    /// <param name="order">The same, priced.</param>
    /// <returns>What <see cref="Record"/> stores once the order's rows are there.</returns>
    /// <exception cref="RefusedException">A supplier has none left, has stopped, or asks more than the buyer would pay.</exception>
    public async Task<IReadOnlyList<SupplyLine>> ReserveAsync(ICommerceConnection shop, OrderDraft draft, PricedOrder order)
    {
        if (!order.Lines.Any(l => l.Offer.Supply is not null))
            return [];
        var supplies = new List<SupplyLine>();
        foreach (var (line, rest) in await ResoldAsync(shop, draft.Request, order, draft.Now).ConfigureAwait(false))
            supplies.Add(await ReserveAsync(shop, draft, line, rest, order.Coupon is not null).ConfigureAwait(false));
        return supplies;
    }

    public static void Record(ICommerceConnection shop, string orderId, IReadOnlyList<SupplyLine> supplies)
    {
        if (supplies.Count == 0)
            return;
        foreach (var supply in supplies)
            supply.Add(shop);
        shop.Defer(SetSupplies, new { orderId, count = supplies.Count });
    }

    // by supplier and offer, so that two orders take their locks there in the same order
    private async Task<IReadOnlyList<(PricedLine Line, long Left)>> ResoldAsync(ICommerceConnection shop, OrderRequest request, PricedOrder order, DateTimeOffset now)
    {
        var rests = await splits.RestsAsync(shop, [.. order.Lines.Select(l => (l.Offer, l.Total))], order.Currency, request.Reseller, request.Promoter, now).ConfigureAwait(false);
        return [.. order.Lines.Select((l, i) => (l, rests[i])).Where(l => l.l.Offer.Supply is not null)
            .OrderBy(l => l.l.Offer.Supply!.Upstream, StringComparer.Ordinal).ThenBy(l => l.l.Offer.Supply!.OfferId, StringComparer.Ordinal)];
    }

    private async Task<(ICommerceConnection At, ResaleTerms Terms, OfferVersion Sold, long Cost)> TermsAsync(ICommerceConnection shop, PricedLine line, long rest, bool byCoupon, bool keep)
    {
        var (supply, field) = (line.Offer.Supply!, $"lines[{line.Line - 1}]");
        var at = shop.For(new TenantScope(supply.Upstream));
        var terms = await ResaleTerms.FindAsync(places, at, shop.Tenant!, supply.OfferId, keep).ConfigureAwait(false) ?? throw NotOnSale(field);
        var sold = await versions.GetAsync(at, terms.SkuId, terms.SkuVersion).ConfigureAwait(false);
        if (terms.ProblemAt(new Money(line.UnitPrice, line.Offer.Price.Currency), sold.Offer) is not null)
            throw NotOnSale(field);
        // what a recommendation takes off is the promoter's to give; a coupon is the shop's way to sell for less
        if (byCoupon && line.Total < checked(terms.FloorPrice * line.Quantity))
            throw new RefusedException(CommerceErrors.BelowCost, "With this coupon the price would be below the lowest that the supplier allows.", "couponCode");
        var cost = checked(terms.CostAt(line.UnitPrice) * line.Quantity);
        if (rest < cost)
            throw line.Discount > 0 ? new RefusedException(CommerceErrors.BelowCost, "With this coupon the price would be below what the goods cost the shop.", "couponCode") : NotOnSale(field);
        if (OrderPricing.Misfit(sold.Offer, line.Quantity, field + ".quantity") is { } misfit)
            throw new RefusedException([misfit]);
        return (at, terms, sold, cost);
    }

    private async Task<SupplyLine> ReserveAsync(ICommerceConnection shop, OrderDraft draft, PricedLine line, long rest, bool byCoupon)
    {
        var (at, terms, sold, cost) = await TermsAsync(shop, line, rest, byCoupon, keep: true).ConfigureAwait(false);
        var order = await DraftAsync(at, shop.Tenant!, draft, sold.Offer.SkuId, line.Quantity).ConfigureAwait(false);
        PricedLine Priced(int number) => new() { Line = number, Version = sold, Request = order.Request.Lines[0], Fields = [], UnitPrice = cost / line.Quantity, Surcharge = 0 };
        // a refusal names the shop's line
        await limiter.ClaimAsync(at, order, [Priced(line.Line)]).ConfigureAwait(false);
        if (sold.Offer.Delivery == DeliveryKind.CardKey
            && await stock.ReserveAsync(at, sold.Offer.PoolId!.Value, order.OrderId, 1, line.Quantity, draft.ReservedUntil, sold.Offer.PickOrder).ConfigureAwait(false) is null)
        {
            throw new RefusedException(CommerceErrors.SoldOut, "There aren't enough left.", $"lines[{line.Line - 1}].quantity");
        }

        OrderInsert.Order(at, order, new PricedOrder([Priced(1)], terms.Currency, null));
        OrderInsert.Line(at, order, Priced(1));
        at.Defer(SetShop, new { shop = shop.Tenant, orderId = order.OrderId });
        return new SupplyLine { OrderId = draft.OrderId, Line = line.Line, Upstream = at.Tenant!, SupplyOrder = order.OrderId, OfferId = terms.Id, Cost = cost, Refunds = terms.Refunds };
    }

    private async Task<OrderDraft> DraftAsync(ICommerceConnection supplier, string shop, OrderDraft draft, string sku, int quantity)
    {
        var cipher = await protector.ForAsync(supplier).ConfigureAwait(false);
        var id = CommerceId.New(draft.Now);
        return new OrderDraft
        {
            Request = new OrderRequest { Lines = [new OrderLineRequest { SkuId = sku, Quantity = quantity }] },
            Cipher = cipher,
            OrderId = id,
            Token = OrderSecrets.Token(cipher, id),
            Now = draft.Now,
            ReservedUntil = draft.ReservedUntil,
            Buyer = BuyerOf(cipher, shop),
        };
    }

    private static RefusedException NotOnSale(string field) => new(CommerceErrors.NotOnSale, "This isn't on sale now.", field + ".skuId");
}
