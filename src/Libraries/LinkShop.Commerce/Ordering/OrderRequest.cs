namespace LinkShop.Commerce.Ordering;

/// <summary>What a buyer wants to order. Prices never come from here.</summary>
public sealed record OrderRequest
{
    /// <summary>One to twenty lines, each variant once.</summary>
    public required IReadOnlyList<OrderLineRequest> Lines { get; init; }

    /// <summary>E-mail address or phone number that the order can be found by. Needed for guests; optional for a signed-in buyer.</summary>
    public string? Contact { get; init; }

    /// <summary>Password for finding the order again, 4 to 64 characters, any of them; needed for guests.</summary>
    public string? LookupPassword { get; init; }

    /// <summary>Id of the signed-in buyer, or null for a guest. Set by the server, never from the request's body.</summary>
    public string? UserId { get; init; }

    /// <summary>Network address of the buyer, for the limits against hoarding; stored as keyed hash only. Null: the per-address limits don't apply.</summary>
    public string? ClientAddress { get; init; }

    /// <summary>Culture for mails and messages, for example <c>zh-CN</c>.</summary>
    public string Culture { get; init; } = "zh-CN";

    /// <summary>Coupon code as typed, or null.</summary>
    public string? CouponCode { get; init; }

    /// <summary>The total the buyer was shown, in minor units; when given and different, the order is refused with <c>price_changed</c>.</summary>
    public long? ExpectedTotalMinor { get; init; }

    /// <summary>The client's idempotency key (1 to 128 characters), or null. Same key and same request: same answer, one order.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Who resells the goods, or null. Set by the server, never from the request's body.</summary>
    public string? Reseller { get; init; }

    /// <summary>Who is to be rewarded for bringing the buyer, or null. Set by the server, never from the request's body.</summary>
    public string? Promoter { get; init; }

    /// <summary>How the buyer came, or null: whose sale it is, is worked out of it when the order is made. Set by the server; only the code is the buyer's own.</summary>
    public Referrals.ReferralTouches? Referral { get; init; }

    /// <summary>The tenant's own reservation time and limits, or null for <see cref="OrderingOptions"/>. Set by the server, never from the request's body.</summary>
    public OrderPolicy? Policy { get; init; }
}

/// <summary>A tenant's own values for what <see cref="OrderingOptions"/> decides for all; null keeps the option's value.</summary>
public sealed record OrderPolicy
{
    /// <summary>How long stock is kept for an unpaid order, in minutes; 1 to 1,440.</summary>
    public int? ReserveMinutes { get; init; }

    /// <summary>Most unpaid orders one contact may have at a time.</summary>
    public int? MaxUnpaidPerContact { get; init; }

    /// <summary>Most unpaid orders one network address may have at a time.</summary>
    public int? MaxUnpaidPerAddress { get; init; }

    /// <summary>Points that a signed-in buyer gets once earnings are released, in basis points of what stays paid; 0 to 10,000, null for none.</summary>
    public int? PointsBasisPoints { get; init; }
}

/// <summary>One variant in an order.</summary>
public sealed record OrderLineRequest
{
    /// <summary>Id of the variant.</summary>
    public required string SkuId { get; init; }

    /// <summary>How many.</summary>
    public int Quantity { get; init; } = 1;

    /// <summary>Id of the specific key the buyer chose, or null. Quantity must be 1 then.</summary>
    public long? PickedKeyId { get; init; }

    /// <summary>Values of the offer's buyer fields by name.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();
}
