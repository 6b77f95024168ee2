using LinkShop.Commerce.Coupons;
using LinkShop.Commerce.Offers;

namespace LinkShop.Commerce.Ordering;

/// <summary>One line with its price.</summary>
internal sealed class PricedLine
{
    public required int Line { get; init; }
    public required OfferVersion Version { get; init; }
    public required OrderLineRequest Request { get; init; }
    public required Dictionary<string, string> Fields { get; init; }
    public required long UnitPrice { get; init; }
    public required long Surcharge { get; init; }
    public long Discount { get; set; }
    public Offer Offer => Version.Offer;
    public int Quantity => Request.Quantity;
    public long Subtotal => checked((UnitPrice * Quantity) + Surcharge);
    public long Total => Subtotal - Discount;
}

/// <summary>A priced order.</summary>
internal sealed record PricedOrder(IReadOnlyList<PricedLine> Lines, string Currency, Coupon? Coupon)
{
    public long Subtotal => Lines.Sum(l => l.Subtotal);
    public long Discount => Lines.Sum(l => l.Discount);
    public long Total => Subtotal - Discount;
}

/// <summary>Makes prices out of stored offers: the client's numbers are only ever compared.</summary>
internal static class OrderPricing
{
    /// <summary>Prices the lines; errors are added, and the result is usable when there are none. A quote doesn't look at what the buyer must tell.</summary>
    public static List<PricedLine> Price(OrderRequest request, IReadOnlyList<(OfferVersion? Version, bool OnSale)> offers, List<CommerceError> errors, bool quote)
    {
        var lines = new List<PricedLine>(offers.Count);
        for (var i = 0; i < offers.Count; i++)
        {
            var wanted = request.Lines[i];
            var (version, onSale) = offers[i];
            if (version is null)
                errors.Add(new(CommerceErrors.NotFound, "There is no such variant.", $"lines[{i}].skuId"));
            else if (!onSale)
                errors.Add(new(CommerceErrors.NotOnSale, "This isn't on sale now.", $"lines[{i}].skuId"));
            else
                lines.Add(PriceLine(i, wanted, version, errors, quote));
        }

        if (lines.Count > 1 && lines.Any(l => l.Offer.Price.Currency != lines[0].Offer.Price.Currency))
            errors.Add(new(CommerceErrors.MixedCurrencies, "All lines must have one currency.", "lines"));
        return lines;
    }

    /// <summary>What a coupon takes off, shared among the lines it applies to; null when it does, else why not.</summary>
    public static CommerceError? Apply(Coupon? coupon, IReadOnlyList<PricedLine> lines, DateTimeOffset now)
    {
        var currency = lines[0].Offer.Price.Currency;
        if (coupon is null || !coupon.Enabled || now < coupon.ValidFrom || now >= coupon.ValidUntil)
            return new(CommerceErrors.CouponInvalid, "There is no such coupon now.", "couponCode");
        var applicable = lines.Where(l => AppliesTo(coupon, l.Offer)).ToArray();
        if (applicable.Length == 0 || coupon.Currency != currency)
            return new(CommerceErrors.CouponNotApplicable, "This coupon isn't for these goods.", "couponCode");
        var basis = new Money(applicable.Sum(l => l.Subtotal), currency);
        if (basis.Minor < coupon.MinimumMinor)
            return new(CommerceErrors.CouponMinimum, $"This coupon is for {coupon.MinimumMinor} or more in minor units; its goods here come to {basis.Minor}.", "couponCode") { Facts = [basis with { Minor = coupon.MinimumMinor }, basis] };
        // rounded down: the remainder is the merchant's
        var off = coupon.Kind == CouponKind.Fixed ? coupon.AmountMinor : Math.Min(basis.PortionDown(coupon.BasisPoints).Minor, coupon.CapMinor ?? long.MaxValue);
        off = Math.Min(off, basis.Minor);
        if (off == 0)
            return basis.IsZero ? new(CommerceErrors.CouponNotApplicable, "There is nothing to take off.", "couponCode") : null;
        var shares = new Money(off, currency).Allocate([.. applicable.Select(l => l.Subtotal)]);
        for (var i = 0; i < applicable.Length; i++)
            applicable[i].Discount = shares[i].Minor;
        return null;
    }

    /// <summary>Why an order can't have so many of it; null when it can.</summary>
    public static CommerceError? Misfit(Offer offer, int quantity, string field) =>
        quantity >= offer.LeastPerOrder && quantity <= offer.MostPerOrder ? null
        : offer.IsOne ? new(CommerceErrors.OnePerOrder, "Every buyer gets the same of this: an order has one of it.", field)
        : new(CommerceErrors.QuantityOutOfRange, $"Between {offer.LeastPerOrder} and {offer.MostPerOrder} in one order.", field) { Facts = [offer.LeastPerOrder, offer.MostPerOrder] };

    private static bool AppliesTo(Coupon coupon, Offer offer) =>
        (coupon.SkuIds.Count == 0 && coupon.CategoryIds.Count == 0)
        || coupon.SkuIds.Contains(offer.SkuId, StringComparer.Ordinal)
        || (offer.CategoryId is { } category && coupon.CategoryIds.Contains(category, StringComparer.Ordinal));

    private static PricedLine PriceLine(int index, OrderLineRequest wanted, OfferVersion version, List<CommerceError> errors, bool quote)
    {
        var offer = version.Offer;
        if (Misfit(offer, wanted.Quantity, $"lines[{index}].quantity") is { } misfit)
            errors.Add(misfit);
        if (wanted.PickedKeyId is not null && offer.PickSurchargeMinor is null)
            errors.Add(new(CommerceErrors.Invalid, "Keys can't be chosen here.", $"lines[{index}].pickedKeyId"));
        return new PricedLine
        {
            Line = index + 1,
            Version = version,
            Request = wanted,
            Fields = !quote && (version.Rules.Any || wanted.Fields.Count > 0) ? version.Rules.Check(wanted.Fields, $"lines[{index}].fields", errors) : [],
            UnitPrice = offer.UnitPriceFor(wanted.Quantity).Minor,
            Surcharge = wanted.PickedKeyId is null ? 0 : offer.PickSurchargeMinor ?? 0,
        };
    }
}
