namespace LinkShop.Simulation;

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
        To(order.Tenant + "|ProviderClearing/sim", excess - order.Payments.Where(p => p.Provider == "sim").Sum(p => p.Paid - p.BackThere + p.Transferred));
        // what left the bank although nothing had come to it
        To(order.Tenant + "|ProviderClearing/manual", order.Payments.Sum(p => p.Transferred));
        To(order.Tenant + "|ProviderClearing/manual", order.Confirmed is not { } confirmed ? 0 : order.Counting.Contains(confirmed) ? -confirmed.Left : order.Payments.Sum(p => p.Before));
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
            (order.CostBy is "sim" or "manual" ? "ProviderClearing/" + order.CostBy : "PlatformRevenue/", "", Part(cost)),
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
