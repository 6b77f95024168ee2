using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using LinkShop.Commerce;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Http;

namespace LinkShop.Checkout.Api;

[Description("An amount in minor units (分, cents) of an ISO 4217 currency.")]
internal readonly record struct ApiMoney([property: Required] long Minor, [property: Required] string Currency)
{
    public static implicit operator ApiMoney(Money money) => new(money.Minor, money.Currency);
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class CreateOrderBody
{
    [Required, MinLength(1), Description("What is ordered; all of one currency.")]
    public List<OrderLineBody?>? Lines { get; set; }

    [Required, Description("E-mail address or phone number the order can be found by.")]
    public string? Contact { get; set; }

    [Required, MinLength(4), MaxLength(64), Description("Opens the order later, with its number or the contact.")]
    public string? LookupPassword { get; set; }

    [Description("A coupon; one that isn't valid refuses the order.")]
    public string? CouponCode { get; set; }

    [MaxLength(500), Description("Share code of who recommended the goods, or the whole phrase with it. One that nobody has is ignored.")]
    public string? ReferralCode { get; set; }

    [Description("Language of mails: zh-CN (default) or en.")]
    public string? Culture { get; set; }

    [Description("The total the buyer was shown, in minor units; another one refuses the order.")]
    public long? ExpectedTotalMinor { get; set; }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class OrderLineBody
{
    [Required, Description("The variant: id of one of a product's skus.")]
    public string? SkuId { get; set; }

    [Description("How many; 1 if left out.")]
    public int? Quantity { get; set; }

    [Description("Id of the specific key the buyer chose.")]
    public long? PickedKeyId { get; set; }

    [Description("The buyer fields the goods ask for, by name.")]
    public Dictionary<string, string?>? Fields { get; set; }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed class LookupBody
{
    [Required, Description("E-mail address or phone number the orders were made with.")]
    public string? Contact { get; set; }

    [Required, Description("The lookup password the orders were made with.")]
    public string? LookupPassword { get; set; }
}

internal sealed record CreatedOrder(
    string OrderId,
    [property: Description("The number that people read out.")] string Number,
    [property: Description("Opens the order; keep it.")] string AccessToken,
    [property: OneOf(typeof(OrderState))] string State,
    [property: Description("What is to be paid.")] ApiMoney Total,
    [property: Description("Until when the goods are kept while it isn't paid; to the millisecond.")] DateTimeOffset ReservedUntil,
    [property: Description("Path of the page to pay on.")] string PayUrl);

internal sealed record OrderBody
{
    public required string OrderId { get; init; }

    [Description("The number that people read out.")]
    public required string Number { get; init; }

    [OneOf(typeof(OrderState))]
    public required string State { get; init; }

    [Description("What was or is to be paid.")]
    public required ApiMoney Total { get; init; }

    [Description("What the coupon took off.")]
    public required ApiMoney Discount { get; init; }

    [Description("What was paid and kept so far: less refunds, never above the total.")]
    public required ApiMoney Captured { get; init; }

    [Description("What was given back so far, also of what was paid twice or too late and is in no other amount.")]
    public required ApiMoney Refunded { get; init; }

    [Description("What is still to be given back.")]
    public required ApiMoney RefundDue { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    [Description("Until when the goods are kept while it isn't paid.")]
    public required DateTimeOffset ReservedUntil { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("Left out until it is paid.")]
    public DateTimeOffset? PaidAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("Left out until everything is delivered.")]
    public DateTimeOffset? FulfilledAt { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("The buyer's contact with its middle masked; left out when there is none.")]
    public string? Contact { get; init; }

    public required OrderLineReply[] Lines { get; init; }
}

internal sealed record OrderLineReply(
    string SkuId, string ProductId,
    [property: Description("The product's name when ordered.")] string Title,
    [property: Description("The variant's name when ordered.")] string Variant,
    [property: OneOf(typeof(DeliveryKind))] string Delivery,
    int Quantity, ApiMoney UnitPrice, ApiMoney Total,
    [property: Description("What was delivered, in plain: one entry per key, or one text. Empty until then.")] IReadOnlyList<string> Deliveries)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull), Description("The number that the buyer picked; left out when any would do.")]
    public string? PickedNumber { get; init; }
}

internal sealed record OrderListBody(OrderListItem[] Orders);

internal sealed record OrderListItem(
    string OrderId, string Number,
    [property: Description("Opens the order.")] string AccessToken,
    [property: OneOf(typeof(OrderState))] string State,
    [property: Description("The first line's product.")] string Title,
    [property: Description("Units over all lines.")] int Units,
    ApiMoney Total, DateTimeOffset CreatedAt);

internal sealed record CancelledOrder(string OrderId, [property: OneOf(typeof(OrderState))] string State);
