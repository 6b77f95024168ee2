using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;

namespace LinkShop.Commerce.Resale;

/// <summary>The payments of an order at a supplier: internal ones, made to come to what the shop owes now. At most one of them is kept at a time.</summary>
internal sealed class SupplyPayments(ICommerceConnection supplier, OrderRow order, IReadOnlyList<PaymentFacts> stored, DateTimeOffset now)
{
    public List<PaymentFacts> All { get; } = [.. stored];

    public bool Changed { get; private set; }

    /// <param name="due">What the supplier is to have.</param>
    /// <param name="frozen">Whether the shop's buyer disputes the payment.</param>
    public void Follow(long due, bool frozen)
    {
        var live = All.Find(p => p.Kept > 0);
        if (due > (live?.Kept ?? 0))
        {
            // a payment never grows again once a part went back: the rest goes back too, and another takes its place
            if (live is not null)
                Tell(live, PaymentEventKind.Refunded, live.Kept);
            live = new PaymentFacts { Provider = PaymentFacts.Resale, PaymentId = $"{order.Id}:{All.Count + 1}", FirstAt = now };
            All.Add(live);
            Tell(live, PaymentEventKind.Paid, order.Total);
        }

        if (live is null)
            return;
        if (live.Kept > due)
            Tell(live, PaymentEventKind.Refunded, live.Kept - due);
        if (frozen == live.OpenDispute)
            return;
        Tell(live, frozen ? PaymentEventKind.Disputed : due > 0 ? PaymentEventKind.DisputeWon : PaymentEventKind.DisputeLost, order.Total);
        // a shop's order can be disputed again through another payment
        if (frozen)
            (live.DisputeWon, live.DisputeLost, live.DisputeEndedAt) = (false, false, null);
    }

    private void Tell(PaymentFacts payment, PaymentEventKind kind, long minor)
    {
        var told = new PaymentEvent
        {
            Provider = payment.Provider,
            EventId = CommerceId.New(now),
            PaymentId = payment.PaymentId,
            OrderId = order.Id,
            Kind = kind,
            Amount = new Money(minor, order.Currency),
            OccurredAt = now,
        };
        PaymentEventStore.Add(supplier, told, now, null);
        payment.Add(told);
        Changed = true;
    }
}
