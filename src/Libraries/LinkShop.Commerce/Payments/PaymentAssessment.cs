using LinkShop.Commerce.Ordering;

namespace LinkShop.Commerce.Payments;

/// <summary>
/// What the payments of an order amount to. A pure function of the set of facts: that is why any order of events, and any repetition, converges.
/// </summary>
internal sealed record PaymentAssessment(PaymentFacts? Captured, bool AnyPaid, bool AllGivenBack, bool ChargedBack, long GivenBack, long RefundDue)
{
    /// <summary>Chooses the payment that the order lives on, and marks every other one's money as to be given back.</summary>
    /// <param name="payments">All payments of the order; their <see cref="PaymentFacts.RefundDue"/>, <see cref="PaymentFacts.Superseded"/> and <see cref="PaymentFacts.ByHand"/> are set.</param>
    /// <param name="captured">Key of the present choice: among equals it stays.</param>
    /// <param name="undeliverable">The goods can't be had: no payment is kept.</param>
    /// <param name="approved">Refunds that were decided: so much of the payment that the order lives on goes back, or went back since they were decided.</param>
    /// <param name="toldToo">What of the refunds that staff recorded by hand a provider has told of too.</param>
    public static PaymentAssessment Of(IReadOnlyList<PaymentFacts> payments, string? captured, bool undeliverable, long approved = 0, long toldToo = 0)
    {
        // staff confirmed by hand because the callback was lost; when it comes after all, it is the same money
        var real = payments.Any(p => p.Provider != PaymentFacts.Manual && p.Paid > 0);
        foreach (var payment in payments)
            (payment.Superseded, payment.ByHand) = (real && payment.Provider == PaymentFacts.Manual, 0);

        var live = payments.Where(p => p.Kept > 0)
            .OrderBy(p => p.OpenDispute).ThenBy(p => p.GivenBack).ThenBy(p => p.Key != captured).ThenBy(p => p.Key, StringComparer.Ordinal).ToList();
        HandOn(payments, live, toldToo);
        var chosen = undeliverable ? null : live.Find(p => p.Kept > 0);
        foreach (var payment in payments)
            payment.RefundDue = payment == chosen ? Math.Clamp(approved - payment.GivenBackAsDecided, 0, payment.Kept) : payment.Kept;
        var anyPaid = payments.Any(p => p.Paid > 0);
        var allBack = anyPaid && payments.All(p => p.Kept == 0);
        return new PaymentAssessment(chosen, anyPaid, allBack, allBack && payments.Any(p => p is { Superseded: false, Paid: > 0, Lost: > 0 }), payments.Sum(p => p.GivenBack), payments.Sum(p => p.RefundDue));
    }

    /// <summary>What staff gave back of what they had confirmed was given back of the same money, whose payment is known now.</summary>
    private static void HandOn(IReadOnlyList<PaymentFacts> payments, List<PaymentFacts> live, long toldToo)
    {
        foreach (var confirmed in payments.Where(p => p.Superseded))
        {
            var left = Math.Max(0, confirmed.Refunded - toldToo);
            foreach (var payment in live)
            {
                var part = Math.Min(left, payment.Kept);
                payment.ByHand += part;
                confirmed.ByHand += part;
                left -= part;
            }
        }
    }

    /// <summary>The order's state that follows.</summary>
    /// <param name="current">The state now.</param>
    /// <param name="fulfilment">How far delivery is.</param>
    public OrderState StateFrom(OrderState current, Fulfilment fulfilment)
    {
        if (!AnyPaid)
            return current;
        if (AllGivenBack)
            return OrderState.Refunded;
        if (Captured is null)
            return current == OrderState.AwaitingPayment ? OrderState.Expired : current;
        if (Captured.OpenDispute)
            return OrderState.Disputed;
        if (Captured.CapturedNow == 0)
            return OrderState.Refunded;
        if (Captured.GivenBack > 0 || Captured.RefundDue > 0)
            return OrderState.PartiallyRefunded;
        return fulfilment switch
        {
            Fulfilment.Done => current == OrderState.Completed ? OrderState.Completed : OrderState.Fulfilled,
            Fulfilment.Open => OrderState.Fulfilling,
            _ => OrderState.Paid,
        };
    }
}
