namespace LinkShop.Commerce.Ordering;

/// <summary>An order as its buyer may see it.</summary>
public sealed record OrderView
{
    /// <summary>Id.</summary>
    public required string OrderId { get; init; }
    /// <summary>Number that people read out.</summary>
    public required string Number { get; init; }
    /// <summary>State.</summary>
    public required OrderState State { get; init; }
    /// <summary>What was or is to be paid.</summary>
    public required Money Total { get; init; }
    /// <summary>What the coupon took off.</summary>
    public required Money Discount { get; init; }
    /// <summary>What was paid and kept so far, less refunds; never above the total.</summary>
    public required Money Captured { get; init; }
    /// <summary>What was paid without need or too late and is to be given back to the payer.</summary>
    public required Money RefundDue { get; init; }
    /// <summary>What was given back so far.</summary>
    public required Money Refunded { get; init; }

    /// <summary>What was paid beyond the order, twice or too late, whether it went back already or not.</summary>
    public Money Extra() => RefundDue + Refunded - Back();

    /// <summary>What of the order itself went back, or is to.</summary>
    public Money Back() => State is OrderState.AwaitingPayment or OrderState.Expired or OrderState.Cancelled ? Money.Zero(Total.Currency)
        : new(Math.Min(Total.Minor - Captured.Minor, RefundDue.Minor + Refunded.Minor), Total.Currency);

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>Until when stock is kept while it isn't paid.</summary>
    public required DateTimeOffset ReservedUntil { get; init; }
    /// <summary>When the payment came, or null.</summary>
    public DateTimeOffset? PaidAt { get; init; }
    /// <summary>When everything was delivered, or null.</summary>
    public DateTimeOffset? FulfilledAt { get; init; }
    /// <summary>Culture of the buyer.</summary>
    public required string Culture { get; init; }
    /// <summary>The buyer's contact with its middle masked.</summary>
    public string? MaskedContact { get; init; }
    /// <summary>The lines.</summary>
    public required IReadOnlyList<OrderLineView> Lines { get; init; }
}

/// <summary>One line of an order.</summary>
public sealed record OrderLineView
{
    /// <summary>Number of the line from 1.</summary>
    public required int Line { get; init; }
    /// <summary>The variant.</summary>
    public required string SkuId { get; init; }
    /// <summary>The product.</summary>
    public required string ProductId { get; init; }
    /// <summary>Title when ordered.</summary>
    public required string Title { get; init; }
    /// <summary>Variant when ordered.</summary>
    public required string Variant { get; init; }
    /// <summary>Snapshot of the product when ordered, a JSON object.</summary>
    public required string SnapshotJson { get; init; }
    /// <summary>How it is delivered.</summary>
    public required Offers.DeliveryKind Delivery { get; init; }
    /// <summary>How many.</summary>
    public required int Quantity { get; init; }
    /// <summary>Price of one unit.</summary>
    public required Money UnitPrice { get; init; }
    /// <summary>What choosing a specific key cost.</summary>
    public required Money Surcharge { get; init; }
    /// <summary>The number that the buyer picked, as it was shown; null when any would do.</summary>
    public string? Number { get; init; }
    /// <summary>This line's share of the coupon.</summary>
    public required Money Discount { get; init; }
    /// <summary>What the line comes to.</summary>
    public required Money Total { get; init; }
    /// <summary>The buyer's answers by field name; secret ones are masked.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();
    /// <summary>Names of those <see cref="Fields"/> that are masked.</summary>
    public IReadOnlyList<string> SecretFields { get; init; } = [];
    /// <summary>What was delivered, in plain: one entry per key, or one text. Empty until delivered, and in lists.</summary>
    public IReadOnlyList<string> Deliveries { get; init; } = [];
    /// <summary>Keys that were replaced by one of <see cref="Deliveries"/>, oldest first; given where those are.</summary>
    public IReadOnlyList<ReplacedDelivery> Replaced { get; init; } = [];
    /// <summary>When what was delivered by hand was corrected last; null when it stands as it came, and in lists.</summary>
    public DateTimeOffset? CorrectedAt { get; init; }
    /// <summary>Whether a refund took back what was delivered without a key of its own, so that <see cref="Deliveries"/> hasn't got it any more; given where those are.</summary>
    public bool TakenBack { get; init; }
}

/// <summary>A key that doesn't count any more because the buyer got another one for it.</summary>
/// <param name="Old">The old key, masked.</param>
/// <param name="New">The one in its place, masked.</param>
/// <param name="At">When.</param>
public sealed record ReplacedDelivery(string Old, string New, DateTimeOffset At);

/// <summary>An order in a list of its buyer.</summary>
/// <param name="OrderId">Id.</param>
/// <param name="Number">Number that people read out.</param>
/// <param name="AccessToken">Opens it.</param>
/// <param name="State">State.</param>
/// <param name="Title">Title of the first line.</param>
/// <param name="Units">Units over all lines.</param>
/// <param name="Total">What was or is to be paid.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="SnapshotJson">What the first line kept of its product.</param>
public sealed record OrderSummary(string OrderId, string Number, string AccessToken, OrderState State, string Title, int Units, Money Total, DateTimeOffset CreatedAt, string SnapshotJson);
