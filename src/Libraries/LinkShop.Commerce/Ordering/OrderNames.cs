namespace LinkShop.Commerce.Ordering;

/// <summary>What the states of an order are called, in English; screens translate it.</summary>
public static class OrderNames
{
    private static readonly Dictionary<OrderState, string> s_states = new()
    {
        [OrderState.AwaitingPayment] = "Waiting for payment",
        [OrderState.Paid] = "Paid",
        [OrderState.Fulfilling] = "In delivery",
        [OrderState.Fulfilled] = "Delivered",
        [OrderState.Completed] = "Completed",
        [OrderState.Expired] = "Expired",
        [OrderState.Cancelled] = "Cancelled",
        [OrderState.Refunded] = "Refunded",
        [OrderState.PartiallyRefunded] = "Partly refunded",
        [OrderState.Disputed] = "Disputed",
    };

    /// <summary>All names, for whoever checks that they are translated.</summary>
    public static IEnumerable<string> All => s_states.Values;

    /// <summary>How an order stands.</summary>
    /// <param name="state">The order's.</param>
    public static string State(OrderState state) => s_states[state];
}
