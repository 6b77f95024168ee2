using LinkShop.Commerce;

namespace LinkShop.Checkout.Api;

/// <summary>An amount in minor units (分, cents) of an ISO 4217 currency.</summary>
internal readonly record struct ApiMoney(long Minor, string Currency)
{
    public static implicit operator ApiMoney(Money money) => new(money.Minor, money.Currency);
}

internal sealed class CreateOrderBody
{
    public List<OrderLineBody?>? Lines { get; set; }

    /// <summary>E-mail address or phone number the order can be found by.</summary>
    public string? Contact { get; set; }

    /// <summary>4 to 64 characters; opens the order later.</summary>
    public string? LookupPassword { get; set; }

    public string? CouponCode { get; set; }

    /// <summary>Share code of who recommended the goods, or the whole phrase with it. One that nobody has is ignored.</summary>
    public string? ReferralCode { get; set; }

    /// <summary>Language of mails: zh-CN or en.</summary>
    public string? Culture { get; set; }

    /// <summary>The total the buyer was shown; another one refuses the order.</summary>
    public long? ExpectedTotalMinor { get; set; }
}

internal sealed class OrderLineBody
{
    public string? SkuId { get; set; }

    public int? Quantity { get; set; }

    /// <summary>Id of the specific key the buyer chose.</summary>
    public long? PickedKeyId { get; set; }

    /// <summary>The buyer fields the goods ask for.</summary>
    public Dictionary<string, string?>? Fields { get; set; }
}

internal sealed class LookupBody
{
    public string? Contact { get; set; }

    public string? LookupPassword { get; set; }
}

internal sealed record CreatedOrder(
    string OrderId, string Number, string AccessToken, string State, ApiMoney Total, DateTimeOffset ReservedUntil, string PayUrl);

internal sealed record OrderBody
{
    public required string OrderId { get; init; }

    public required string Number { get; init; }

    public required string State { get; init; }

    public required ApiMoney Total { get; init; }

    public required ApiMoney Discount { get; init; }

    public required ApiMoney Captured { get; init; }

    public required ApiMoney Refunded { get; init; }

    public required ApiMoney RefundDue { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset ReservedUntil { get; init; }

    public DateTimeOffset? PaidAt { get; init; }

    public DateTimeOffset? FulfilledAt { get; init; }

    public string? Contact { get; init; }

    public required OrderLineReply[] Lines { get; init; }
}

internal sealed record OrderLineReply(
    string SkuId, string ProductId, string Title, string Variant, string Delivery, int Quantity, ApiMoney UnitPrice, ApiMoney Total,
    IReadOnlyList<string> Deliveries, string? PickedNumber);

internal sealed record OrderListBody(OrderListItem[] Orders);

internal sealed record OrderListItem(
    string OrderId, string Number, string AccessToken, string State, string Title, int Units, ApiMoney Total, DateTimeOffset CreatedAt);

internal sealed record CancelledOrder(string OrderId, string State);
