namespace LinkShop.Commerce.Ordering;

/// <summary>Where an order is in its life. The numbers are stored; never renumber. Moves between them: <c>OrderTransitions</c>.</summary>
public enum OrderState
{
    /// <summary>Created, stock reserved, not paid.</summary>
    AwaitingPayment = 1,
    /// <summary>Paid, delivery not begun.</summary>
    Paid = 2,
    /// <summary>Paid, a person has still to deliver something.</summary>
    Fulfilling = 3,
    /// <summary>Everything was delivered.</summary>
    Fulfilled = 4,
    /// <summary>Delivered, and the time for complaints is over.</summary>
    Completed = 5,
    /// <summary>Not paid in time; stock given back.</summary>
    Expired = 6,
    /// <summary>Called off before payment; stock given back.</summary>
    Cancelled = 7,
    /// <summary>All that was paid was given back.</summary>
    Refunded = 8,
    /// <summary>A part of what was paid was given back.</summary>
    PartiallyRefunded = 9,
    /// <summary>The payer disputes the payment at the provider; nothing is delivered meanwhile.</summary>
    Disputed = 10,
}
