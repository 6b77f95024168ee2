namespace LinkShop.Commerce.Coupons;

/// <summary>How a coupon's discount is made.</summary>
public enum CouponKind
{
    /// <summary>A fixed amount off the applicable lines together, at most what they come to.</summary>
    Fixed,
    /// <summary>A percentage off the applicable lines.</summary>
    Percentage,
}

/// <summary>A discount by code.</summary>
public sealed record Coupon
{
    /// <summary>Code, 3 to 40 letters, digits, dashes or underscores; upper and lower case are the same. Unique in the tenant.</summary>
    public required string Code { get; init; }

    /// <summary>How the discount is made.</summary>
    public required CouponKind Kind { get; init; }

    /// <summary>Currency of its amounts; it applies to orders of this currency only.</summary>
    public required string Currency { get; init; }

    /// <summary>For <see cref="CouponKind.Fixed"/>: the amount in minor units, above zero.</summary>
    public long AmountMinor { get; init; }

    /// <summary>For <see cref="CouponKind.Percentage"/>: basis points, 1 to 10,000 (100 %). Rounded down: the merchant keeps the remainder.</summary>
    public int BasisPoints { get; init; }

    /// <summary>For <see cref="CouponKind.Percentage"/>: most it takes off in minor units, or null.</summary>
    public long? CapMinor { get; init; }

    /// <summary>Least subtotal of the applicable lines in minor units.</summary>
    public long MinimumMinor { get; init; }

    /// <summary>Variants it applies to; empty together with <see cref="CategoryIds"/> means everything.</summary>
    public IReadOnlyList<string> SkuIds { get; init; } = [];

    /// <summary>Categories it applies to.</summary>
    public IReadOnlyList<string> CategoryIds { get; init; } = [];

    /// <summary>Valid from, or null.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Valid until (exclusive), or null.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Most uses in all, or null.</summary>
    public int? MaxUses { get; init; }

    /// <summary>Most uses by one buyer (contact or user), or null.</summary>
    public int? MaxUsesPerBuyer { get; init; }

    /// <summary>Whether it may be used now.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Uses that count now: orders that have it and weren't called off. Set by the store.</summary>
    public int Used { get; init; }

    /// <summary>Counts its changes. Set by the store; whoever changes it says which one they saw.</summary>
    public int Version { get; init; }
}
