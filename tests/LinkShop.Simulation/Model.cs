namespace LinkShop.Simulation;

internal enum News { Paid, Refunded, Disputed, Won, Lost }

/// <summary>What is known of one payment of the model.</summary>
internal sealed class ModelPayment(string id, string provider = "sim")
{
    public string Id => id;
    public string Provider => provider;
    public bool Own => provider is not ("sim" or "manual");

    /// <summary>Staff say that it was paid, because the provider's own news was lost.</summary>
    public bool ByHand => provider == "manual";
    public string Key => provider + "/" + id;
    public long Paid, Refunded, Lost;

    /// <summary>What staff gave back of the same money while only they knew of it; and when each refund happened, by who tells.</summary>
    public long Before;
    public List<(long Amount, DateTimeOffset At)> Refunds { get; } = [];

    /// <summary>What staff gave back of it out of the bank: the provider has that still.</summary>
    public long Transferred;
    public bool Disputed, Ended;
    public bool Frozen => Disputed && !Ended;
    public long BackThere => Paid == 0 ? 0 : Math.Min(Paid, Refunded + Lost);
    public long Back => BackThere + Before;

    /// <summary>What was to go back when the last refund was decided, with that one, and what had gone back by then.</summary>
    public long Wanted, BackThen;
    public long Due => Math.Min(Left, Math.Max(0, Wanted - (Back - BackThen)));
    public long Left => Paid - Back;

    /// <summary>What went back beyond the payment: refunded, and lost in a dispute as well.</summary>
    public long Excess => Paid == 0 ? 0 : Refunded + Lost - BackThere;
}

internal sealed class ModelLine
{
    public required string Sku { get; init; }
    public required string Merchant { get; init; }
    public required int Quantity { get; init; }
    public required long Total { get; init; }

    /// <summary>What the supplier gets for it; zero for own goods.</summary>
    public long Cost { get; init; }

    /// <summary>Whether the supplier keeps that, once it has delivered, whatever goes back.</summary>
    public bool Keeps { get; init; }
    public long BackByMerchant, BackByPlatform;
    public bool Released, SupplyReleased;

    /// <summary>Delivered by a person.</summary>
    public bool ByHand { get; init; }
    public bool Delivered, Waits;
}

/// <summary>An order as the model sees it. Written from the rules in docs/money.md and design.md section 7, with fractions and plain loops; nothing of the engine is used.</summary>
internal sealed class ModelOrder
{
    public required string Id { get; init; }
    public required List<ModelLine> Lines { get; init; }
    public string Tenant { get; init; } = "Mall";
    public bool Supplied => Lines[0].Cost > 0;
    public string? Reseller { get; init; }
    public string? Promoter { get; init; }
    public string? User { get; init; }
    public int PointsRate { get; init; }
    public ModelCoupon? Coupon { get; init; }
    public bool HasUse { get; set; }
    public long Earned { get; set; }
    public string? CostBy { get; set; }
    public DateTimeOffset Until { get; init; }
    public List<ModelPayment> Payments { get; } = [];
    public long Approved { get; private set; }
    public string State { get; set; } = "AwaitingPayment";
    public bool Delivered { get; set; }
    public bool Open { get; set; }
    public bool Undeliverable { get; set; }
    public bool Holds { get; set; } = true;
    public bool Frozen { get; set; }
    public string? Captured { get; set; }
    public DateTimeOffset? DeliveredAt { get; set; }
    public long Total => Lines.Sum(l => l.Total);
    public long Kept { get; private set; }
    public long Due { get; private set; }
    public long Back => Counting.Sum(p => p.Back);

    /// <summary>As soon as a provider tells of a payment, what staff had said is the same money and counts no more.</summary>
    public IEnumerable<ModelPayment> Counting => Payments.Any(p => !p.ByHand && p.Paid > 0) ? Payments.Where(p => !p.ByHand) : Payments;
    public ModelPayment? Confirmed => Payments.Find(p => p.ByHand);

    /// <summary>A refund is decided: on top of what of the payment that the order lives on is to go back already; what went back before it is another matter.</summary>
    public void Decide(long amount)
    {
        Approved += amount;
        foreach (var payment in Payments)
        {
            if (payment.Id == Captured)
                (payment.Wanted, payment.BackThen) = (payment.Due + amount, payment.Back);
            else
                payment.Wanted += amount;
        }
    }

    public ModelPayment? Live() => Undeliverable ? null : InOrder().FirstOrDefault(p => p.Left > 0);

    private List<ModelPayment> InOrder() => [.. Counting.Where(p => p.Paid > p.BackThere)
        .OrderBy(p => p.Frozen ? 1 : 0).ThenBy(p => p.BackThere).ThenBy(p => p.Id == Captured ? 0 : 1).ThenBy(p => p.Key, StringComparer.Ordinal)];

    /// <summary>What staff gave back by hand went back of the money that the providers' payments are, unless the provider tells of the very same refund.</summary>
    private void SpreadHandRefunds()
    {
        Payments.ForEach(p => p.Before = 0);
        if (Confirmed is not { } confirmed || Counting.Contains(confirmed))
            return;
        var told = Counting.Where(p => p.Paid > 0).SelectMany(p => p.Refunds).OrderBy(r => r.At).ToList();
        var left = 0L;
        foreach (var (amount, at) in confirmed.Refunds)
        {
            if (!told.Remove(told.FirstOrDefault(t => t.Amount == amount && t.At <= at)))
                left += amount;
        }

        foreach (var payment in InOrder())
        {
            payment.Before = Math.Min(left, payment.Left);
            left -= payment.Before;
        }
    }

    /// <summary>What follows from all that is known. <paramref name="take"/> tells whether stock can be had once more.</summary>
    public void Settle(DateTimeOffset now, Func<ModelOrder, bool> take)
    {
        if (Payments.All(p => p.Paid == 0))
            return;
        SpreadHandRefunds();
        var live = Stand();
        var nothing = !Delivered && !Open;
        if (nothing && live is { Frozen: false } && Kept > 0 && !Holds && (Coupon is not null || Missing().Any(l => !l.ByHand)) && !take(this))
        {
            Undeliverable = true;
            live = Stand();
        }

        if (live is not null && Kept > 0)
        {
            Frozen = true;
            CostBy ??= live.Provider;
        }

        if (Kept == 0)
        {
            // nobody has to deliver what was given back
            Lines.ForEach(l => l.Waits = false);
            Open = false;
        }
        else if (live is { Frozen: false } || !nothing)
        {
            HandOver(now);
        }

        Holds = false;
        State = Counting.All(p => p.Left == 0) ? "Refunded"
            : live is null ? State == "AwaitingPayment" ? "Expired" : State
            : live.Frozen ? "Disputed"
            : Kept == 0 ? "Refunded"
            : live.Back > 0 || live.Due > 0 ? "PartiallyRefunded"
            : Delivered ? "Fulfilled" : Open ? "Fulfilling" : "Paid";
    }

    /// <summary>Lines that the buyer hasn't got, but those that were decided to go back and of which nothing is kept.</summary>
    public IEnumerable<ModelLine> Missing()
    {
        var kept = KeptOfLines();
        return Lines.Where((l, i) => !l.Delivered && (kept[i] > 0 || l.BackByMerchant + l.BackByPlatform == 0));
    }

    private ModelPayment? Stand()
    {
        var live = Live();
        Captured = live?.Id;
        var liveDue = live?.Due ?? 0;
        Kept = live is null ? 0 : live.Left - liveDue;
        Due = Counting.Where(p => p != live).Sum(p => p.Left) + liveDue;
        return live;
    }

    /// <summary>What isn't by hand is delivered at once; for the rest a person is waited for, as long as the buyer is to have it.</summary>
    public void HandOver(DateTimeOffset now)
    {
        var missing = Missing().ToList();
        Lines.ForEach(l => l.Waits = l.ByHand && missing.Contains(l));
        missing.ForEach(l => l.Delivered |= !l.ByHand);
        Open = Lines.Any(l => l.Waits);
        Delivered = !Open;
        DeliveredAt = Delivered ? DeliveredAt ?? now : null;
    }

    public long DueOf(string payment)
    {
        var p = Payments.First(x => x.Id == payment);
        return p.Id == Captured ? p.Due : Counting.Contains(p) ? p.Left : 0;
    }

    /// <summary>What of each line is still paid: decided refunds fall on their own lines, the rest on what is left in proportion, largest remainders first.</summary>
    public long[] KeptOfLines()
    {
        var left = Lines.Select(l => l.Total - l.BackByMerchant - l.BackByPlatform).ToArray();
        if (Kept == 0)
            return new long[left.Length];
        var sum = left.Sum();
        var cut = sum - Kept;
        if (cut <= 0)
            return left;
        var exact = left.Select(l => (decimal)l * cut / sum).ToArray();
        var cuts = exact.Select(e => (long)Math.Floor(e)).ToArray();
        foreach (var i in Enumerable.Range(0, left.Length).OrderByDescending(i => (decimal)left[i] * cut % sum).ThenBy(i => i).Take((int)(cut - cuts.Sum())))
            cuts[i]++;
        return [.. left.Zip(cuts, (l, c) => l - c)];
    }
}
