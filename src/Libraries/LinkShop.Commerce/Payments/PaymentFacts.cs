using LinkShop.Commerce.Credits;
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

    /// <summary>When the latest dispute began, by the provider's clock.</summary>
    public DateTimeOffset? DisputedAt { get; set; }

    /// <summary>When the latest dispute ended.</summary>
    public DateTimeOffset? DisputeEndedAt { get; set; }

    /// <summary>What lost disputes took.</summary>
    public long Lost { get; set; }

    /// <summary>What had gone back when the latest refund was decided, beyond all that was decided until then: it isn't what later decisions are about.</summary>
    public long Undecided { get; set; }
    public bool Superseded { get; set; }

    /// <summary>What staff gave back by hand of the order's money before this payment was known: of the payment they had confirmed, which this one superseded. With the superseded one stands what it handed on.</summary>
    public long ByHand { get; set; }

    /// <summary>The part of <see cref="Refunded"/> that staff gave back by a bank transfer.</summary>
    public long FromBank { get; set; }
    public long RefundDue { get; set; }
    public long RefundAsked { get; set; }
    public int RefundAsks { get; set; }

    /// <summary>The provider said no to what it was asked for.</summary>
    public bool RefundRefused { get; set; }
    public DateTimeOffset FirstAt { get; init; }

    public string Key => $"{Provider}/{PaymentId}";

    /// <summary>An end that is told before the begin counts all the same; a dispute that began after the last end is another one.</summary>
    public bool OpenDispute => DisputedAt is { } begun && !(DisputeEndedAt >= begun);

    /// <summary>The provider was asked to give back what is due, and nobody knows yet what came of it.</summary>
    public bool RefundUnderWay => RefundAsked > 0 && RefundAsked <= RefundDue && !RefundRefused;

    /// <summary>What went back to the payer. A refund heard of before its payment doesn't count until the payment is there.</summary>
    public long GivenBack => Superseded || Paid == 0 ? 0 : Math.Min(Paid, checked(Refunded + Lost + ByHand));

    /// <summary>The part of that which decided refunds are about.</summary>
    public long GivenBackAsDecided => Math.Max(0, GivenBack - Undecided);

    /// <summary>What went back beyond the payment: the provider was asked, or somebody gave it back there, and a lost dispute took it too. Within our own books that can't be.</summary>
    public long Excess => Superseded || Paid == 0 || CreditAccounts.IsOwn(Provider) ? 0 : Math.Max(0, checked(Refunded + Lost) - Paid);

    /// <summary>The event that was added made it more. Not stored, as the next one.</summary>
    public bool ExcessGrew { get; private set; }

    /// <summary>The event that was added ended a dispute.</summary>
    public bool DisputeEnded { get; private set; }

    public long Kept => Superseded ? 0 : Paid - GivenBack;

    /// <summary>What is where the payment was made; below zero of a superseded one, of which nothing came and something was given back.</summary>
    public long There => Superseded ? -ByHand : Kept + ByHand + FromBank;

    /// <summary>What the order lives on: kept, and not on its way back.</summary>
    public long CapturedNow => Kept - RefundDue;

    /// <summary>Whether a refund is, as the provider says, the one that it was asked for and that it hasn't told yet.</summary>
    public bool IsAnswer(PaymentEvent e) => RefundAsked > 0 && e.RefundId == RefundIds.Of(e.OrderId, this);

    /// <summary>Adds an event that is stored for the first time.</summary>
    public void Add(PaymentEvent e)
    {
        var (excess, disputed) = (Excess, OpenDispute);
        switch (e.Kind)
        {
            case PaymentEventKind.Paid:
                Paid = e.Amount.Minor;
                break;
            case PaymentEventKind.Refunded:
                Refunded = checked(Refunded + e.Amount.Minor);
                if (PaymentEventStore.IsFromBank(e))
                    FromBank = checked(FromBank + e.Amount.Minor);
                // another amount is something else that somebody did at the provider: what was asked can still come
                if (e.RefundId is null ? e.Amount.Minor == RefundAsked : IsAnswer(e))
                    RefundAsked = 0;
                RefundRefused &= RefundAsked > 0;
                break;
            case PaymentEventKind.Disputed:
                Disputed = true;
                DisputedAt = Later(DisputedAt, e);
                break;
            case PaymentEventKind.DisputeWon:
                DisputeWon = true;
                DisputeEndedAt = Later(DisputeEndedAt, e);
                break;
            case PaymentEventKind.DisputeLost:
                DisputeLost = true;
                Lost = checked(Lost + e.Amount.Minor);
                DisputeEndedAt = Later(DisputeEndedAt, e);
                break;
            case PaymentEventKind.Failed:
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(e), e.Kind, "There is no such kind of event.");
        }

        (ExcessGrew, DisputeEnded) = (Excess > excess, disputed && !OpenDispute);
    }

    // as precise as it is stored
    private static DateTimeOffset Later(DateTimeOffset? known, PaymentEvent e)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(e.OccurredAt.ToUnixTimeMilliseconds());
        return known > at ? known.Value : at;
    }

    public const string Select = """
        select provider, payment_id, paid, refunded, disputed, dispute_won, dispute_lost, superseded, refund_due, refund_asked, refund_asks, first_at,
          lost, undecided, disputed_at, dispute_ended_at, refund_refused, by_hand, from_bank
        from payments where tenant = @tenant and order_id = @orderId order by first_at, provider, payment_id
        """;

    private const string Upsert = """
        insert into payments (tenant, order_id, provider, payment_id, paid, refunded, disputed, dispute_won, dispute_lost, superseded, refund_due, refund_asked, refund_asks, first_at,
          lost, undecided, disputed_at, dispute_ended_at, refund_refused, by_hand, from_bank)
        values (@tenant, @orderId, @provider, @paymentId, @paid, @refunded, @disputed, @disputeWon, @disputeLost, @superseded, @refundDue, @refundAsked, @refundAsks, @firstAt,
          @lost, @undecided, @disputedAt, @disputeEndedAt, @refundRefused, @byHand, @fromBank)
        on conflict (tenant, order_id, provider, payment_id) do update set paid = excluded.paid, refunded = excluded.refunded, disputed = excluded.disputed,
          dispute_won = excluded.dispute_won, dispute_lost = excluded.dispute_lost, superseded = excluded.superseded, refund_due = excluded.refund_due,
          refund_asked = excluded.refund_asked, refund_asks = excluded.refund_asks, lost = excluded.lost, undecided = excluded.undecided,
          disputed_at = excluded.disputed_at, dispute_ended_at = excluded.dispute_ended_at, refund_refused = excluded.refund_refused, by_hand = excluded.by_hand, from_bank = excluded.from_bank
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
        lost = Lost,
        undecided = Undecided,
        disputedAt = DisputedAt,
        disputeEndedAt = DisputeEndedAt,
        refundRefused = RefundRefused,
        byHand = ByHand,
        fromBank = FromBank,
    });
}
