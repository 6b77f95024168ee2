namespace LinkShop.Commerce.Splits;

/// <summary>Whose part of a line's amount it is.</summary>
public enum ShareKind
{
    /// <summary>The merchant's: what the others leave, with every remainder of rounding.</summary>
    Merchant,

    /// <summary>The platform's commission.</summary>
    Platform,

    /// <summary>What the payment provider keeps.</summary>
    PaymentCost,

    /// <summary>The reseller's.</summary>
    Reseller,

    /// <summary>The promoter's.</summary>
    Promoter,

    /// <summary>Tax to hand on.</summary>
    Tax,

    /// <summary>What a supplier gets for goods that are sold on.</summary>
    Supply,

    /// <summary>Of who brought the promoter, where a referral plan with two levels is lawful.</summary>
    Introducer,
}

/// <summary>Who gets how much of a line. Of the rules for one kind of share the one with the most conditions that all hold applies; of equals the later in the list.</summary>
public sealed record FeeRule
{
    /// <summary>How the names of the rules begin that follow shops' plans; the plan comes after it.</summary>
    public const string OfPlan = "plan ";

    /// <summary>Name that explanations show; unique in the policy; 1 to 60 characters.</summary>
    public required string Id { get; init; }

    /// <summary>Whose share; not <see cref="ShareKind.Merchant"/>.</summary>
    public required ShareKind Share { get; init; }

    /// <summary>Rate in 1/100 of a percent, 0 to 10,000. Of the line's amount for tax and payment cost, of the amount less tax for the others; rounded down.</summary>
    public int BasisPoints { get; init; }

    /// <summary>On top, in minor units of <see cref="Currency"/>; of a payment cost once per order, else once per line.</summary>
    public long FixedMinor { get; init; }

    /// <summary>Only for orders in this currency; needed for a fixed amount.</summary>
    public string? Currency { get; init; }

    /// <summary>Only for goods of this category.</summary>
    public string? CategoryId { get; init; }

    /// <summary>Only for merchants of this tier.</summary>
    public string? MerchantTier { get; init; }

    /// <summary>Only for shops with this plan.</summary>
    public string? ShopPlan { get; init; }

    /// <summary>Only for payments by this provider.</summary>
    public string? Provider { get; init; }

    /// <summary>Only for payments from then on.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>Only for payments before then.</summary>
    public DateTimeOffset? ValidUntil { get; init; }
}

/// <summary>After how many days (T+N) earnings are released. The most specific term applies.</summary>
public sealed record SettlementTerm
{
    /// <summary>Only for goods of this category.</summary>
    public string? CategoryId { get; init; }

    /// <summary>Only for merchants of this tier.</summary>
    public string? MerchantTier { get; init; }

    /// <summary>Days after delivery, 0 to 365.</summary>
    public int Days { get; init; }
}

/// <summary>A tenant's rules about money. A change makes a new version; orders keep the one they were paid under.</summary>
public sealed record FeePolicy
{
    /// <summary>Most that all shares but tax may take of a line when nothing else is said, in basis points.</summary>
    public const int DefaultCeiling = 5_000;

    /// <summary>Grows by one with each change; 0 for the built-in policy that takes nothing.</summary>
    public int Version { get; init; }

    /// <summary>Shares.</summary>
    public IReadOnlyList<FeeRule> Rules { get; init; } = [];

    /// <summary>Release times.</summary>
    public IReadOnlyList<SettlementTerm> Terms { get; init; } = [];

    /// <summary>Days after delivery when no term applies.</summary>
    public int DefaultDays { get; init; } = 7;

    /// <summary>Part of a new merchant's released earnings that is kept back, in basis points.</summary>
    public int ReserveBasisPoints { get; init; }

    /// <summary>For how many days it is kept back.</summary>
    public int ReserveDays { get; init; } = 30;

    /// <summary>How many days after joining a merchant is new.</summary>
    public int NewMerchantDays { get; init; } = 90;

    /// <summary>Most that all shares but tax may take of a line, in basis points. The platform's own ceiling (<c>LinkShop:Fees:CeilingBasisPoints</c>) holds besides.</summary>
    public int CeilingBasisPoints { get; init; } = DefaultCeiling;

    /// <summary>Whether anything depends on the merchant.</summary>
    internal bool AsksForMerchant => ReserveBasisPoints > 0 || Rules.Any(r => r.MerchantTier is not null || r.ShopPlan is not null) || Terms.Any(t => t.MerchantTier is not null);

    /// <summary>Hours a merchant has to answer a buyer's request for a refund before it goes to the platform's staff, 1 to 720.</summary>
    public int RefundAnswerHours { get; init; } = 48;
}
