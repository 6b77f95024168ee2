using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Payments;

/// <summary>All that is known of one payment: sums and flags that events only ever add to, so that their order doesn't matter.</summary>
internal sealed class PaymentFacts
{
    /// <summary>Provider name of what staff confirmed by hand.</summary>
    public const string Manual = "manual";

    /// <summary>Provider name of a payment from the buyer's balance.</summary>
    public const string Balance = "balance";

    /// <summary>Provider name of a payment with the buyer's points.</summary>
    public const string Points = "points";

    /// <summary>Provider of what a shop pays its supplier: a transfer within our own books.</summary>
    public const string Resale = "resale";

    public string Provider { get; init; } = "";
    public string PaymentId { get; init; } = "";
    public long Paid { get; set; }
    public long Refunded { get; set; }
    public bool Disputed { get; set; }
    public bool DisputeWon { get; set; }
    public bool DisputeLost { get; set; }
    public bool Superseded { get; set; }
    public long RefundDue { get; set; }
    public long RefundAsked { get; set; }
    public int RefundAsks { get; set; }
    public DateTimeOffset FirstAt { get; init; }

    public string Key => $"{Provider}/{PaymentId}";
    public bool OpenDispute => Disputed && !DisputeWon && !DisputeLost;

    /// <summary>What went back to the payer. A refund heard of before its payment doesn't count until the payment is there.</summary>
    public long GivenBack => Superseded || Paid == 0 ? 0 : DisputeLost ? Paid : Math.Min(Paid, Refunded);

    public long Kept => Superseded ? 0 : Paid - GivenBack;

    /// <summary>What the order lives on: kept, and not on its way back.</summary>
    public long CapturedNow => Kept - RefundDue;

    /// <summary>Adds an event that is stored for the first time.</summary>
    public void Add(PaymentEvent e)
    {
        switch (e.Kind)
        {
            case PaymentEventKind.Paid:
                Paid = e.Amount.Minor;
                break;
            case PaymentEventKind.Refunded:
                Refunded = checked(Refunded + e.Amount.Minor);
                // another amount is something else that somebody did at the provider: what was asked can still come
                if (e.Amount.Minor == RefundAsked)
                    RefundAsked = 0;
                break;
            case PaymentEventKind.Disputed:
                Disputed = true;
                break;
            case PaymentEventKind.DisputeWon:
                DisputeWon = true;
                break;
            case PaymentEventKind.DisputeLost:
                DisputeLost = true;
                break;
            case PaymentEventKind.Failed:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(e), e.Kind, "There is no such kind of event.");
        }
    }

    public const string Select = """
        select provider, payment_id, paid, refunded, disputed, dispute_won, dispute_lost, superseded, refund_due, refund_asked, refund_asks, first_at
        from payments where tenant = @tenant and order_id = @orderId order by first_at, provider, payment_id
        """;

    private const string Upsert = """
        insert into payments (tenant, order_id, provider, payment_id, paid, refunded, disputed, dispute_won, dispute_lost, superseded, refund_due, refund_asked, refund_asks, first_at)
        values (@tenant, @orderId, @provider, @paymentId, @paid, @refunded, @disputed, @disputeWon, @disputeLost, @superseded, @refundDue, @refundAsked, @refundAsks, @firstAt)
        on conflict (tenant, order_id, provider, payment_id) do update set paid = excluded.paid, refunded = excluded.refunded, disputed = excluded.disputed,
          dispute_won = excluded.dispute_won, dispute_lost = excluded.dispute_lost, superseded = excluded.superseded, refund_due = excluded.refund_due,
          refund_asked = excluded.refund_asked, refund_asks = excluded.refund_asks
        """;

    public void Store(ICommerceConnection connection, string orderId) => connection.Defer(Upsert, new
    {
        orderId,
        provider = Provider,
        paymentId = PaymentId,
        paid = Paid,
        refunded = Refunded,
        disputed = Disputed,
        disputeWon = DisputeWon,
        disputeLost = DisputeLost,
        superseded = Superseded,
        refundDue = RefundDue,
        refundAsked = RefundAsked,
        refundAsks = RefundAsks,
        firstAt = FirstAt,
    });
}
