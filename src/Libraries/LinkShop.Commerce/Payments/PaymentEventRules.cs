using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Resale;

namespace LinkShop.Commerce.Payments;

/// <summary>What an event has to be to count.</summary>
internal static class PaymentEventRules
{
    /// <summary>Why an event can't be applied to its order; null when it can.</summary>
    public static CommerceError? Refusal(PaymentLoad load, PaymentEvent e)
    {
        if (load.Rows.Count == 0)
            return new(CommerceErrors.UnknownOrder, "There is no such order.", "orderId");
        var order = load.Rows[0];
        if (order.SupplyShop is not null)
            return SupplyRules.Bound;
        if (e.Amount.Currency != order.Currency)
            return new(CommerceErrors.CurrencyMismatch, $"The order is in {order.Currency}, not {e.Amount.Currency}.", "currency");
        if (load.PaymentOwner is { } owner && owner != order.Id)
            return new(CommerceErrors.EventConflict, "This payment belongs to another order.", "paymentId");
        var right = e.Kind switch
        {
            PaymentEventKind.Paid => e.Amount.Minor == order.Total && order.Total > 0,
            PaymentEventKind.Refunded => e.Amount.Minor > 0 && e.Amount.Minor <= order.Total,
            // the disputed part; what one is about that was won changes nothing
            PaymentEventKind.Disputed or PaymentEventKind.DisputeLost => e.Amount.Minor > 0 && e.Amount.Minor <= order.Total,
            _ => true,
        };
        return right ? null : new(CommerceErrors.AmountMismatch, $"The order comes to {new Money(order.Total, order.Currency)}, not {e.Amount}.", "amount");
    }

    /// <summary>What is wrong with an event itself; null when nothing is.</summary>
    public static CommerceError? Malformed(PaymentEvent e)
    {
        if (e.Provider is not { Length: >= 1 and <= 64 })
            return new(CommerceErrors.Invalid, "A provider name has 1 to 64 characters.", "provider");
        // what is paid out of our own books comes by the buyer's request alone; that it went back, by the refund's
        if ((e.Kind != PaymentEventKind.Refunded && CreditAccounts.IsOwn(e.Provider)) || e.Provider == PaymentFacts.Resale)
            return new(CommerceErrors.Invalid, "Nobody outside can tell of payments within our own books.", "provider");
        if (e.EventId is not { Length: >= 1 and <= 128 })
            return new(CommerceErrors.Invalid, "An event id has 1 to 128 characters.", "eventId");
        if (e.PaymentId is not { Length: >= 1 and <= 128 })
            return new(CommerceErrors.Invalid, "A payment id has 1 to 128 characters.", "paymentId");
        if (e.OrderId is not { Length: >= 1 and <= 128 })
            return new(CommerceErrors.Invalid, "An order id has 1 to 128 characters.", "orderId");
        return e.Amount.Currency is { Length: >= 1 and <= 16 } && Enum.IsDefined(e.Kind) ? null : new(CommerceErrors.Invalid, "The event has no currency or an unknown kind.", "amount");
    }
}
