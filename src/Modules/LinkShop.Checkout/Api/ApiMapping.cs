using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Offers;

namespace LinkShop.Checkout.Api;

/// <summary>Between the commerce library's types and the API's JSON.</summary>
internal static class ApiMapping
{
    public static string Name(this OrderState state) => state switch
    {
        OrderState.AwaitingPayment => "awaitingPayment",
        OrderState.Paid => "paid",
        OrderState.Fulfilling => "fulfilling",
        OrderState.Fulfilled => "fulfilled",
        OrderState.Completed => "completed",
        OrderState.Expired => "expired",
        OrderState.Cancelled => "cancelled",
        OrderState.Refunded => "refunded",
        OrderState.PartiallyRefunded => "partiallyRefunded",
        OrderState.Disputed => "disputed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Unknown order state"),
    };

    public static OrderBody ToBody(this OrderView order)
    {
        var lines = new OrderLineReply[order.Lines.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            var line = order.Lines[i];
            lines[i] = new OrderLineReply(
                line.SkuId, line.ProductId, line.Title, line.Variant, Name(line.Delivery), line.Quantity, line.UnitPrice, line.Total, line.Deliveries)
            {
                PickedNumber = line.Number,
            };
        }

        return new OrderBody
        {
            OrderId = order.OrderId,
            Number = order.Number,
            State = order.State.Name(),
            Total = order.Total,
            Discount = order.Discount,
            Captured = order.Captured,
            Refunded = order.Refunded,
            RefundDue = order.RefundDue,
            CreatedAt = order.CreatedAt,
            ReservedUntil = order.ReservedUntil,
            PaidAt = order.PaidAt,
            FulfilledAt = order.FulfilledAt,
            Contact = order.MaskedContact,
            Lines = lines,
        };
    }

    public static OrderListItem ToItem(this OrderSummary order) => new(
        order.OrderId, order.Number, order.AccessToken, order.State.Name(), order.Title, order.Units, order.Total, order.CreatedAt);

    private static string Name(DeliveryKind kind) => kind switch
    {
        DeliveryKind.CardKey => "cardKey",
        DeliveryKind.ReusableKey => "reusableKey",
        DeliveryKind.Text => "text",
        DeliveryKind.Manual => "manual",
        DeliveryKind.Supplied => "supplied",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown delivery kind"),
    };
}
