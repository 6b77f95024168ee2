using System.Globalization;
using static LinkShop.Commerce.Splits.SplitCalculator;

namespace LinkShop.Commerce.Referrals;

/// <summary>A line as far as its reward depends on it. Amounts in minor units.</summary>
/// <param name="Line">Number.</param>
/// <param name="SkuId">Variant.</param>
/// <param name="CategoryId">Category, or null.</param>
/// <param name="Total">What was paid for it.</param>
/// <param name="Tax">The tax in it.</param>
/// <param name="Room">What the one who pays the reward has of it, after everybody else's share: the margin that is really there.</param>
/// <param name="Merchant">Whose goods: nobody earns by promoting their own. Null for the tenant's own, and in traces from before 2026-11-29.</param>
public sealed record RewardLine(int Line, string SkuId, string? CategoryId, long Total, long Tax, long Room, string? Merchant = null);

/// <summary>Everything that an order's rewards depend on.</summary>
/// <param name="PlanId">The plan.</param>
/// <param name="PlanVersion">Its version.</param>
/// <param name="Currency">Currency.</param>
/// <param name="Promoter">Who made the sale.</param>
/// <param name="Tier">Their tier when it was paid.</param>
/// <param name="Introducer">Who is paid on the second level; null when nobody is.</param>
/// <param name="Campaign">The link's campaign.</param>
/// <param name="ProgramCap">The program's cap in basis points.</param>
/// <param name="BonusMinor">The bonus for a first order; 0 when it isn't due.</param>
/// <param name="DiscountMinor">What the buyer got off by the code.</param>
/// <param name="BudgetLeft">What the plan's budget had left; null for no budget.</param>
/// <param name="Lines">The paid lines.</param>
public sealed record RewardInput(
    string PlanId, long PlanVersion, string Currency, string Promoter, string Tier, string? Introducer, string Campaign, int ProgramCap, long BonusMinor, long DiscountMinor, long? BudgetLeft,
    IReadOnlyList<RewardLine> Lines);

/// <summary>A reward that came out.</summary>
/// <param name="Line">The line.</param>
/// <param name="Level">The level.</param>
/// <param name="Owner">Who earns it.</param>
/// <param name="Rate">The rate that applied.</param>
/// <param name="BasisPoints">Its basis points.</param>
/// <param name="BonusMinor">The bonus in it before cuts.</param>
/// <param name="BaseMinor">What the rate was applied to.</param>
/// <param name="UncutMinor">What it would have been without caps.</param>
/// <param name="Minor">What it is; above zero.</param>
/// <param name="Steps">How.</param>
public sealed record RewardShare(int Line, int Level, string Owner, string Rate, int BasisPoints, long BonusMinor, long BaseMinor, long UncutMinor, long Minor, IReadOnlyList<TraceStep> Steps);

/// <summary>Works rewards out. Pure: the same plan and input give the same, which is how a trace is checked.</summary>
public static class ReferralCalculator
{
    /// <summary>The rewards of an order. Their sum is at most each of: the program's and the plan's cap less the buyer's discount, the plan's amount per order, the plan's margin, each line's room, the budget.</summary>
    /// <param name="plan">The plan's version.</param>
    /// <param name="input">Everything else.</param>
    public static IReadOnlyList<RewardShare> Compute(ReferralPlan plan, RewardInput input)
    {
        var sum = 0L;
        foreach (var line in input.Lines)
            sum = checked(sum + line.Total - line.Tax);
        var limits = new Limits(plan, input, sum);
        var rooms = input.Lines.ToDictionary(l => l.Line, l => Math.Max(0, l.Room));
        var rewards = new List<RewardShare>();
        var bonus = input.BonusMinor;
        // who sold is served before who brought them
        for (var level = 1; level <= Math.Min(plan.Levels, 2); level++)
        {
            if ((level == 1 ? input.Promoter : input.Introducer) is not { } owner)
                continue;
            foreach (var line in input.Lines)
            {
                if (line.Merchant == owner || One(plan, input, line, level, owner, level == 1 ? bonus : 0, rooms[line.Line], limits) is not { } reward)
                    continue;
                bonus = 0;
                rooms[line.Line] -= reward.Minor;
                if (reward.Minor > 0)
                    rewards.Add(reward);
            }
        }

        return rewards;
    }

    private static RewardShare? One(ReferralPlan plan, RewardInput input, RewardLine line, int level, string owner, long bonus, long room, Limits limits)
    {
        var basis = line.Total - line.Tax;
        if (basis <= 0 || Best(plan, input, line, level) is not { } rate)
            return null;
        var wanted = new Money(basis, input.Currency).PortionDown(rate.BasisPoints).Minor;
        var steps = new List<TraceStep> { new("base", $"{Text(line.Total)} - {Text(line.Tax)}", basis), new("rate", $"{rate.Id}: {Text(rate.BasisPoints)}", wanted) };
        if (bonus > 0)
            steps.Add(new("bonus", Text(bonus), wanted = checked(wanted + bonus)));
        var uncut = wanted;
        if (room < wanted)
            steps.Add(new("room", Text(room), wanted = room));
        wanted = limits.Cut(wanted, steps);
        return new RewardShare(line.Line, level, owner, rate.Id, rate.BasisPoints, bonus, basis, uncut, wanted, steps);
    }

    private static ReferralRate? Best(ReferralPlan plan, RewardInput input, RewardLine line, int level)
    {
        ReferralRate? best = null;
        var most = -1;
        foreach (var rate in plan.Rates)
        {
            var conditions = rate.Promoters.Count > 0 ? 1 : 0;
            // a tier is the seller's own: nobody else is paid by it
            if (rate.Level == level && (level == 1 || rate.Tier is null) && rate.IsFor(input.Promoter) && Holds(rate.SkuId, line.SkuId, ref conditions) && Holds(rate.CategoryId, line.CategoryId, ref conditions)
                && Holds(rate.Tier, input.Tier, ref conditions) && Holds(rate.Campaign, input.Campaign, ref conditions) && conditions >= most)
            {
                (best, most) = (rate, conditions);
            }
        }

        return best;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What all rewards of the order together may still come to.</summary>
    private sealed class Limits
    {
        private readonly List<(string What, string Detail)> _names = [];
        private readonly List<long> _left = [];

        public Limits(ReferralPlan plan, RewardInput input, long basis)
        {
            var cap = Math.Min(input.ProgramCap, plan.CapBasisPoints ?? input.ProgramCap);
            Add("cap_policy", Text(cap), new Money(basis, input.Currency).PortionDown(Math.Clamp(cap, 0, 10_000)).Minor - input.DiscountMinor);
            Add("cap_margin", Text(plan.MarginBasisPoints), new Money(basis, input.Currency).PortionDown(Math.Clamp(plan.MarginBasisPoints, 0, 10_000)).Minor - input.DiscountMinor);
            if (plan.CapMinor is { } order)
                Add("cap_order", Text(order), order);
            if (input.BudgetLeft is { } budget)
                Add("budget", Text(budget), budget);
        }

        public long Cut(long wanted, List<TraceStep> steps)
        {
            for (var i = 0; i < _left.Count; i++)
            {
                if (_left[i] < wanted)
                    steps.Add(new TraceStep(_names[i].What, _names[i].Detail, wanted = _left[i]));
            }

            for (var i = 0; i < _left.Count; i++)
                _left[i] -= wanted;
            return wanted;
        }

        private void Add(string what, string detail, long minor)
        {
            _names.Add((what, detail));
            _left.Add(Math.Max(0, minor));
        }
    }
}
