namespace LinkShop.Commerce.Splits;

/// <summary>A share of a line with the reason why it is that much.</summary>
/// <param name="Kind">Whose.</param>
/// <param name="Owner">User id, provider, or empty for the tenant itself.</param>
/// <param name="Minor">How much, in minor units of the order's currency.</param>
/// <param name="Rule">The rule; null for the merchant's.</param>
/// <param name="BasisPoints">The rule's rate.</param>
/// <param name="FixedMinor">The fixed part that fell on this line.</param>
/// <param name="BaseMinor">What the rate was applied to.</param>
/// <param name="UncutMinor">What the rule alone would have given, when the ceiling or the amount itself cut it; else null.</param>
public sealed record Share(ShareKind Kind, string Owner, long Minor, string? Rule = null, int BasisPoints = 0, long FixedMinor = 0, long BaseMinor = 0, long? UncutMinor = null);

/// <summary>What is known of a paid line.</summary>
internal sealed record SplitLine(long Total, string? CategoryId, string Merchant, string? Tier, string? Plan, SupplyCost? Supply = null);

/// <summary>What a line's supplier gets.</summary>
/// <param name="Upstream">The supplier.</param>
/// <param name="Minor">How much.</param>
/// <param name="Rule">Whether it goes back with a refund: see <see cref="LinePosition"/>.</param>
internal sealed record SupplyCost(string Upstream, long Minor, string Rule);

/// <summary>What is known of its order.</summary>
internal sealed record SplitOrder(string Currency, string Provider, string? Reseller, string? Promoter, DateTimeOffset At);

/// <summary>Shares out paid amounts. Pure: the same policy and order give the same shares.</summary>
internal static class SplitCalculator
{
    // who is served first when the ceiling cuts: what is owed to outsiders before what the platform gives itself and others
    private static readonly ShareKind[] s_order = [ShareKind.Tax, ShareKind.PaymentCost, ShareKind.Platform, ShareKind.Reseller, ShareKind.Promoter];

    /// <summary>The shares of each line; the merchant's comes first, and each line's sum to its total.</summary>
    /// <param name="order">The order.</param>
    /// <param name="lines">Its lines; amounts above zero.</param>
    /// <param name="policy">The rules.</param>
    /// <param name="ceiling">The platform's own ceiling in basis points.</param>
    public static IReadOnlyList<Share>[] Split(SplitOrder order, IReadOnlyList<SplitLine> lines, FeePolicy policy, int ceiling)
    {
        var shares = new IReadOnlyList<Share>[lines.Count];
        for (var i = 0; i < shares.Length; i++)
            shares[i] = Split(order, lines, i, policy, Math.Min(ceiling, policy.CeilingBasisPoints));
        return shares;
    }

    private static List<Share> Split(SplitOrder order, IReadOnlyList<SplitLine> lines, int index, FeePolicy policy, int ceiling)
    {
        var line = lines[index];
        var total = new Money(line.Total, order.Currency);
        var room = total.PortionDown(ceiling).Minor;
        // the supplier first: its goods are bought, whatever the rules say since
        var left = line.Total - (line.Supply?.Minor ?? 0);
        var tax = 0L;
        var taken = new List<Share>();
        if (line.Supply is { } supply)
            taken.Add(new Share(ShareKind.Supply, supply.Upstream, supply.Minor, supply.Rule));
        foreach (var kind in s_order)
        {
            if (OwnerOf(kind, order) is not { } owner || Best(policy.Rules, kind, order, line) is not { } rule)
                continue;
            var basis = kind is ShareKind.Tax or ShareKind.PaymentCost ? line.Total : line.Total - tax;
            var plus = kind == ShareKind.PaymentCost ? PerOrder(rule.FixedMinor, lines, index, order.Currency) : rule.FixedMinor;
            var wanted = checked(new Money(basis, order.Currency).PortionDown(rule.BasisPoints).Minor + plus);
            var given = Math.Min(wanted, kind == ShareKind.Tax ? left : Math.Min(left, room));
            left -= given;
            if (kind == ShareKind.Tax)
                tax = given;
            else
                room -= given;
            if (wanted > 0)
                taken.Add(new Share(kind, owner, given, rule.Id, rule.BasisPoints, plus, basis, given < wanted ? wanted : null));
        }

        return [new Share(ShareKind.Merchant, line.Merchant, left), .. taken];
    }

    /// <summary>After how many days a line's earnings are released.</summary>
    public static int DaysFor(FeePolicy policy, SplitLine line)
    {
        SettlementTerm? best = null;
        var most = -1;
        foreach (var term in policy.Terms)
        {
            var conditions = 0;
            if (Holds(term.CategoryId, line.CategoryId, ref conditions) && Holds(term.MerchantTier, line.Tier, ref conditions) && conditions >= most)
                (best, most) = (term, conditions);
        }

        return best?.Days ?? policy.DefaultDays;
    }

    private static string? OwnerOf(ShareKind kind, SplitOrder order) => kind switch
    {
        ShareKind.Reseller => order.Reseller,
        ShareKind.Promoter => order.Promoter,
        ShareKind.PaymentCost => order.Provider,
        _ => "",
    };

    private static FeeRule? Best(IReadOnlyList<FeeRule> rules, ShareKind kind, SplitOrder order, SplitLine line)
    {
        FeeRule? best = null;
        var most = -1;
        foreach (var rule in rules)
        {
            var conditions = 0;
            if (rule.Share == kind && !(order.At < rule.ValidFrom) && !(order.At >= rule.ValidUntil)
                && Holds(rule.Currency, order.Currency, ref conditions) && Holds(rule.CategoryId, line.CategoryId, ref conditions) && Holds(rule.MerchantTier, line.Tier, ref conditions)
                && Holds(rule.ShopPlan, line.Plan, ref conditions) && Holds(rule.Provider, order.Provider, ref conditions) && conditions >= most)
            {
                (best, most) = (rule, conditions);
            }
        }

        return best;
    }

    private static bool Holds(string? condition, string? value, ref int conditions)
    {
        if (condition is null)
            return true;
        conditions++;
        return condition == value;
    }

    private static long PerOrder(long amount, IReadOnlyList<SplitLine> lines, int index, string currency)
    {
        if (amount == 0 || lines.Count == 1)
            return amount;
        return new Money(amount, currency).Allocate([.. lines.Select(l => l.Total)])[index].Minor;
    }
}
