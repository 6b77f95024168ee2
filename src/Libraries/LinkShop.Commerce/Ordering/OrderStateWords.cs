namespace LinkShop.Commerce.Ordering;

/// <summary>States in a sentence of a refusal, which programs' people read: "an order that … can't".</summary>
internal static class OrderStateWords
{
    public static string Words(this OrderState state) => state switch
    {
        OrderState.AwaitingPayment => "awaits its payment",
        OrderState.Paid => "is paid",
        OrderState.Fulfilling => "is being delivered",
        OrderState.Fulfilled => "was delivered",
        OrderState.Completed => "is completed",
        OrderState.Expired => "has expired",
        OrderState.Cancelled => "was cancelled",
        OrderState.Refunded => "was refunded",
        OrderState.PartiallyRefunded => "was refunded in part",
        OrderState.Disputed => "is disputed",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Unknown order state"),
    };
}
