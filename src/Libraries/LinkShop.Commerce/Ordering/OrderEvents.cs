namespace LinkShop.Commerce.Ordering;

/// <summary>Names of the outbox events of orders. Their payload is <see cref="OrderEvent"/>: ids only, never a secret.</summary>
public static class OrderEvents
{
    /// <summary>The payment was accepted, and delivery has still to come. When both happen together there is only <see cref="Fulfilled"/>, with
    /// <see cref="OrderEvent.Paid"/> set: that is nearly every order, and one message costs half of two. Who cares for payments listens to both.</summary>
    public const string Paid = "OrderPaid";
    /// <summary>Everything was delivered. Comes again when staff re-deliver: the mail goes out again.</summary>
    public const string Fulfilled = "OrderFulfilled";
    /// <summary>A paid order waits for a person.</summary>
    public const string TaskOpened = "OrderTaskOpened";
    /// <summary>Not paid in time.</summary>
    public const string Expired = "OrderExpired";
    /// <summary>Called off before payment.</summary>
    public const string Cancelled = "OrderCancelled";
    /// <summary>Money came without need or too late and is to be given back; the buyer is to be told.</summary>
    public const string RefundDue = "OrderRefundDue";
    /// <summary>The same for the payment's provider: give it back. A message of its own, so that a gateway that refuses doesn't make the buyer's mail go out again, nor hold it up.</summary>
    public const string RefundWanted = "OrderRefundWanted";
    /// <summary>Money was given back, wholly or in part.</summary>
    public const string Refunded = "OrderRefunded";
    /// <summary>More went back of a payment than was paid: it was refunded and lost in a dispute as well. Staff should ask the provider for the rest.</summary>
    public const string GivenBackTwice = "OrderGivenBackTwice";
    /// <summary>The payer disputes the payment.</summary>
    public const string Disputed = "OrderDisputed";
    /// <summary>A payment event was refused (wrong amount or currency, unknown order): staff should look.</summary>
    public const string PaymentRefused = "PaymentRefused";
}

/// <summary>Payload of the outbox events of orders.</summary>
/// <param name="OrderId">The order, as given by the provider when it is unknown.</param>
/// <param name="Provider">The payment's provider, where the event is about a payment.</param>
/// <param name="PaymentId">The provider's id of the payment, where the event is about one.</param>
/// <param name="Paid">Whether the payment was accepted in the same moment.</param>
/// <param name="Minor">Of money that was given back: how much of it just now, in minor units of the order's currency.</param>
public sealed record OrderEvent(string OrderId, string? Provider = null, string? PaymentId = null, bool Paid = false, long Minor = 0);
