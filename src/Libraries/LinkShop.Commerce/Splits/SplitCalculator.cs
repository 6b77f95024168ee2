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
/// <param name="InPoints">A promoter's that becomes points; null for money.</param>
/// <param name="ByPlatform">A promoter's that came out of the platform's share; null when the merchant pays it.</param>
public sealed record Share(
    ShareKind Kind, string Owner, long Minor, string? Rule = null, int BasisPoints = 0, long FixedMinor = 0, long BaseMinor = 0, long? UncutMinor = null, bool? InPoints = null, bool? ByPlatform = null);

/// <summary>What is known of a paid line.</summary>
internal sealed record SplitLine(long Total, string? CategoryId, string Merchant, string? Tier, string? Plan, SupplyCost? Supply = null);

/// <summary>What a line's supplier gets.</summary>
/// <param name="Upstream">The supplier.</param>
/// <param name="Minor">How much.</param>
/// <param name="Rule">Whether it goes back with a refund: see <see cref="LinePosition"/>.</param>
internal sealed record SupplyCost(string Upstream, long Minor, string Rule);

/// <summary>What is known of its order.</summary>
internal sealed record SplitOrder(string Currency, string Provider, string? Reseller, string? Promoter, DateTimeOffset At);

/// <summary>What could still be given of a line when all but referral rewards are served.</summary>
/// <param name="Tax">The tax in it.</param>
/// <param name="Merchant">Most that the merchant's part may give: what it has, within the ceiling.</param>
/// <param name="Platform">What the platform has.</param>
internal readonly record struct SplitRoom(long Tax, long Merchant, long Platform);

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
    /// <param name="rewards">Gives the referral rewards of each line for what there is room; they are served last and never pass it. Null: none.</param>
    public static IReadOnlyList<Share>[] Split(
        SplitOrder order, IReadOnlyList<SplitLine> lines, FeePolicy policy, int ceiling, Func<IReadOnlyList<SplitRoom>, IReadOnlyList<Share>[]>? rewards = null)
    {
        var shares = new List<Share>[lines.Count];
        var rooms = new SplitRoom[lines.Count];
        for (var i = 0; i < shares.Length; i++)
            shares[i] = Split(order, lines, i, policy, Math.Min(ceiling, policy.CeilingBasisPoints), out rooms[i]);
        if (rewards is not null)
        {
            var given = rewards(rooms);
            for (var i = 0; i < shares.Length; i++)
                Reward(shares[i], given[i], rooms[i]);
        }

        return shares;
    }

    private static void Reward(List<Share> shares, IReadOnlyList<Share> rewards, SplitRoom room)
    {
        foreach (var reward in rewards)
        {
            var payer = reward.ByPlatform == true ? shares.FindIndex(s => s.Kind == ShareKind.Platform) : 0;
            room = reward.ByPlatform == true ? room with { Platform = room.Platform - reward.Minor } : room with { Merchant = room.Merchant - reward.Minor };
            if (reward.Minor <= 0 || payer < 0 || room.Platform < 0 || room.Merchant < 0)
                throw new InvalidOperationException("A reward is more than there is room for.");
            shares[payer] = shares[payer] with { Minor = shares[payer].Minor - reward.Minor };
            shares.Add(reward);
        }
    }

    private static List<Share> Split(SplitOrder order, IReadOnlyList<SplitLine> lines, int index, FeePolicy policy, int ceiling, out SplitRoom rest)
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

        rest = new SplitRoom(tax, Math.Max(0, Math.Min(left, room)), taken.Find(s => s.Kind == ShareKind.Platform)?.Minor ?? 0);
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

    internal static bool Holds(string? condition, string? value, ref int conditions)
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
