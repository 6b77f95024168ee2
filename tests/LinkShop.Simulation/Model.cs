namespace LinkShop.Simulation;

internal enum News { Paid, Refunded, Disputed, Won, Lost }

/// <summary>What is known of one payment of the model.</summary>
internal sealed class ModelPayment(string id, string provider = "sim")
{
    public string Id => id;
    public string Provider => provider;
    public bool Own => provider != "sim";
    public string Key => provider + "/" + id;
    public long Paid, Refunded, Lost;
    public bool Disputed, Ended;
    public bool Frozen => Disputed && !Ended;
    public long Back => Paid == 0 ? 0 : Math.Min(Paid, Refunded + Lost);

    /// <summary>What was to go back when the last refund was decided, with that one, and what had gone back by then.</summary>
    public long Wanted, BackThen;
    public long Due => Math.Min(Left, Math.Max(0, Wanted - (Back - BackThen)));
    public long Left => Paid - Back;

    /// <summary>What went back beyond the payment: refunded, and lost in a dispute as well.</summary>
    public long Excess => Paid == 0 ? 0 : Refunded + Lost - Back;
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
    public long Back => Payments.Sum(p => p.Back);

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

    public ModelPayment? Live() => Undeliverable ? null : Payments.Where(p => p.Left > 0)
        .OrderBy(p => p.Frozen ? 1 : 0).ThenBy(p => p.Back).ThenBy(p => p.Id == Captured ? 0 : 1).ThenBy(p => p.Key, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>What follows from all that is known. <paramref name="take"/> tells whether stock can be had once more.</summary>
    public void Settle(DateTimeOffset now, Func<ModelOrder, bool> take)
    {
        if (Payments.All(p => p.Paid == 0))
            return;
        var live = Stand();
        var nothing = !Delivered && !Open;
        if (nothing && live is { Frozen: false } && Kept > 0 && !Holds && Missing().Any(l => !l.ByHand) && !take(this))
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
        State = Payments.All(p => p.Left == 0) ? "Refunded"
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
        Due = Payments.Where(p => p != live).Sum(p => p.Left) + liveDue;
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
        return p.Id == Captured ? p.Due : p.Left;
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

/// <summary>The rules of the simulated mall and what everybody should have by them.</summary>
internal static class ModelRules
{
    public const int Days = 7;
    public const long PayoutLeast = 100;
    public const long Commission = 500, Cost = 60, CostFixed = 10, ResellerRate = 1_000, PromoterRate = 800, TaxRate = 600;

    /// <summary>30 fen and one percent, rounded for the owner.</summary>
    public static long PayoutFee(long amount) => 30 + (amount / 100);

    /// <summary>A shop that sells the mall's goods on has other fees: the mall's commission and tax aren't its.</summary>
    public const long ShopCommission = 400;

    /// <summary>Adds what an order gives to each account: the tenant and the account with its owner, and the amount.</summary>
    public static void Add(ModelOrder order, Dictionary<string, long> accounts)
    {
        void To(string account, long amount) => accounts[account] = accounts.GetValueOrDefault(account) + amount;
        var excess = order.Payments.Sum(p => p.Excess);
        To(order.Tenant + "|ProviderClearing/sim", excess - order.Payments.Where(p => !p.Own).Sum(p => p.Left));
        To(order.Tenant + "|PlatformRevenue/", -excess);
        To(order.Tenant + "|BuyerClearing/", order.Due);
        if (!order.Frozen)
            return;
        var kept = order.KeptOfLines();
        var fix = FixedParts(order, order.Total);
        for (var i = 0; i < kept.Length; i++)
        {
            var line = order.Lines[i];
            var merchant = MerchantOf(order, line, kept[i], fix[i], (account, amount) => To(order.Tenant + "|" + account, amount));
            To($"{order.Tenant}|Earner/{line.Merchant}", merchant);
            // less than nothing isn't left to wait: the merchant brings it from elsewhere
            if (!line.Released)
                To($"{order.Tenant}|Pending/{line.Merchant}", Math.Max(0, merchant));
            if (line.Cost > 0)
                AddSupply(order, line, SupplyOf(order, line, kept[i]), To);
        }
    }

    /// <summary>What the supplier is to have of a line now.</summary>
    public static long SupplyOf(ModelOrder order, ModelLine line, long kept) =>
        !order.Frozen ? 0 : line.Keeps && order.Delivered ? line.Cost : (long)(line.Cost * (decimal)(kept + Borne(line, kept)) / line.Total);

    /// <summary>What is left of a line to the one who sold it; below zero when a supplier keeps more than is left.</summary>
    public static long MerchantOf(ModelOrder order, ModelLine line, long kept, long fix, Action<string, long> to)
    {
        var borne = Borne(line, kept);
        var basis = kept + borne;
        long Part(long share) => (long)(share * (decimal)basis / line.Total);
        var tax = order.Supplied ? 0 : line.Total * TaxRate / 10_000;
        var net = line.Total - tax;
        var cost = line.Total * Cost / 10_000 + fix;
        // nobody is rewarded for what the buyer has again: that much less the platform has to bear of it
        var whole = order.Promoter is null ? 0 : net * PromoterRate / 10_000;
        var reward = Part(whole);
        var lost = reward - (long)(whole * (decimal)kept / line.Total);
        var spared = Math.Min(lost, borne);
        var parts = new (string Account, string? Owner, long Amount)[]
        {
            ("SupplyPayable/Mall", line.Cost > 0 ? "" : null, SupplyOf(order, line, kept)),
            ("Tax/", tax > 0 ? "" : null, Part(tax)),
            (order.CostBy == "sim" ? "ProviderClearing/sim" : "PlatformRevenue/", "", Part(cost)),
            ("PlatformRevenue/", "", Part(net * (order.Supplied ? ShopCommission : Commission) / 10_000)),
            ("Earner/" + order.Reseller, order.Reseller, Part(net * ResellerRate / 10_000)),
            ("Earner/" + order.Promoter, order.Promoter, reward - lost),
        };
        var merchant = basis - spared;
        foreach (var (account, owner, amount) in parts)
        {
            if (owner is null)
                continue;
            merchant -= amount;
            to(account, amount);
        }

        to("PlatformRevenue/", spared - borne);
        return merchant;
    }

    private static long Borne(ModelLine line, long kept) => Math.Min(line.BackByPlatform, line.Total - kept);

    // the supplier's own sale, of what the shop pays for it: tax, costs that nobody outside is paid, commission, and the rest to the merchant whose goods they are
    private static void AddSupply(ModelOrder order, ModelLine line, long due, Action<string, long> to)
    {
        long Part(long share) => (long)(share * (decimal)due / line.Cost);
        var tax = line.Cost * TaxRate / 10_000;
        var fees = Part(line.Cost * Cost / 10_000 + CostFixed) + Part((line.Cost - tax) * Commission / 10_000);
        to("Mall|SupplyReceivable/" + order.Tenant, -due);
        to("Mall|Tax/", Part(tax));
        to("Mall|PlatformRevenue/", fees);
        to("Mall|Earner/ann", due - fees - Part(tax));
        if (!line.SupplyReleased)
            to("Mall|Pending/ann", due - fees - Part(tax));
    }

    // a fixed cost is once per order: by amount, largest remainders first
    public static long[] FixedParts(ModelOrder order, long total)
    {
        var parts = order.Lines.Select(l => l.Total * CostFixed / total).ToArray();
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => order.Lines[i].Total * CostFixed % total).ThenBy(i => i).Take((int)(CostFixed - parts.Sum())))
            parts[i]++;
        return parts;
    }
}
