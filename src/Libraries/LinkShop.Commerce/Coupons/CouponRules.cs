using System.Text.RegularExpressions;

namespace LinkShop.Commerce.Coupons;

/// <summary>What a coupon must be like, and what of it stays as it is.</summary>
internal static partial class CouponRules
{
    /// <summary>What is wrong with a coupon by itself.</summary>
    public static List<CommerceError> Check(Coupon coupon)
    {
        var errors = new List<CommerceError>();
        That(CodeForm().IsMatch(coupon.Code), "code", "A code has 3 to 40 letters, digits, dashes or underscores.");
        That(Enum.IsDefined(coupon.Kind), "kind", "There is no such kind.");
        That(Currencies.IsKnown(coupon.Currency), "currency", "The currency isn't an ISO 4217 code.");
        That(coupon.Kind != CouponKind.Fixed || coupon.AmountMinor > 0, "amountMinor", "The amount must be above zero.");
        That(coupon.Kind != CouponKind.Percentage || coupon.BasisPoints is >= 1 and <= 10_000, "basisPoints", "The percentage must be above 0 and at most 100.");
        That(coupon.CapMinor is null or > 0, "capMinor", "The cap must be above zero.");
        That(coupon.MinimumMinor >= 0, "minimumMinor", "The minimum can't be negative.");
        That(coupon.MaxUses is null or > 0, "maxUses", "At least 1.");
        That(coupon.MaxUsesPerBuyer is null or > 0, "maxUsesPerBuyer", "At least 1.");
        That(coupon.ValidFrom is null || coupon.ValidUntil is null || coupon.ValidFrom < coupon.ValidUntil, "validUntil", "The end must be after the start.");
        That(coupon.SkuIds.Count <= 1000, "skuIds", "At most 1,000 variants.");
        That(coupon.CategoryIds.Count <= 1000, "categoryIds", "At most 1,000 categories.");
        return errors;

        void That(bool holds, string field, string message)
        {
            if (!holds)
                errors.Add(new CommerceError(CommerceErrors.Invalid, message, field));
        }
    }

    [GeneratedRegex("^[A-Z0-9_-]{3,40}$")]
    private static partial Regex CodeForm();

    /// <summary>The first field that differs and can't change: what the code promises.</summary>
    /// <param name="known">The coupon.</param>
    /// <param name="wish">As it shall be.</param>
    public static string? FixedOf(Coupon known, Coupon wish) =>
        known.Kind != wish.Kind ? "kind"
        : known.Currency != wish.Currency ? "currency"
        : known.AmountMinor != wish.AmountMinor ? "amountMinor"
        : known.BasisPoints != wish.BasisPoints ? "basisPoints"
        : known.CapMinor != wish.CapMinor ? "capMinor"
        : null;
}
