using System.Globalization;
using System.Text.Json;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Referrals;

/// <summary>An attributed order while it is shared out.</summary>
internal sealed class ReferralSale(ReferralSaleRow row, ReferralPlan plan, ReferralProgram program, OrderRow order, string? introducer, long bonus, BudgetLeft? budget, DateTimeOffset paidAt)
{
    private const string Insert = """
        insert into referral_commission (tenant, order_id, line, level, promoter, plan_id, version, levels, currency, minor, in_points, by_platform, trace, at)
        values (@tenant, @orderId, @line, @level, @promoter, @plan, @version, @levels, @currency, @minor, @inPoints, @byPlatform, @trace, @now)
        """;

    private readonly List<(RewardShare Reward, RewardInput Input)> _rewards = [];

    /// <summary>Whether anything may be earned by it.</summary>
    public bool Earns { get; init; }

    /// <summary>Days after delivery that its rewards wait.</summary>
    public int WaitsDays => program.RefundWindowDays;

    /// <summary>Before then they aren't released: payments may be disputed.</summary>
    public DateTimeOffset WaitsUntil => paidAt.AddDays(program.DisputeWindowDays);

    /// <summary>Whether a line has rewards.</summary>
    public bool Rewards(int line) => _rewards.Exists(r => r.Reward.Line == line);

    /// <summary>Whether it has one of a kind.</summary>
    public bool Rewards(int line, ShareKind kind) => _rewards.Exists(r => r.Reward.Line == line && KindOf(r.Reward) == kind);

    private static ShareKind KindOf(RewardShare reward) => reward.Level == 1 ? ShareKind.Promoter : ShareKind.Introducer;

    /// <summary>The rewards of each line, as shares.</summary>
    public IReadOnlyList<Share>[] Share(IReadOnlyList<(int Line, string SkuId, SplitLine Split)> lines, IReadOnlyList<SplitRoom> rooms)
    {
        var shares = new IReadOnlyList<Share>[lines.Count];
        Array.Fill(shares, []);
        if (!Earns)
            return shares;
        var platform = plan.Funding == RewardFunding.Platform;
        var input = new RewardInput(
            plan.Id, plan.Version, order.Currency, row.Promoter, row.Tier, introducer, row.Campaign, program.CapBasisPoints, bonus, row.Via == AttributionVia.Code && order.Coupon is null ? row.Discount : 0, budget?.Minor,
            [.. lines.Select((l, i) => new RewardLine(l.Line, l.SkuId, l.Split.CategoryId, l.Split.Total, rooms[i].Tax, platform ? rooms[i].Platform : rooms[i].Merchant, l.Split.Merchant is { Length: > 0 } merchant ? merchant : null))]);
        var rewards = ReferralCalculator.Compute(plan, input);
        _rewards.AddRange(rewards.Select(r => (r, input)));
        for (var i = 0; i < shares.Length; i++)
            shares[i] = [.. rewards.Where(r => r.Line == lines[i].Line).Select(Of)];
        return shares;
    }

    /// <summary>What its rewards take of the plan's budget, or would of one; null when there are none.</summary>
    public BudgetTake? Takes => _rewards.Sum(r => r.Reward.Minor) is > 0 and var sum ? new BudgetTake(order.Id, plan.Id, sum, budget) : null;

    /// <summary>Keeps how they came about, after the lines' rows.</summary>
    public void Record(ICommerceConnection connection, DateTimeOffset now)
    {
        ReferralTally.Sale(connection, order, row, now);
        foreach (var (reward, input) in _rewards)
        {
            connection.Defer(Insert, new
            {
                orderId = order.Id,
                reward.Line,
                reward.Level,
                promoter = reward.Owner,
                plan = plan.Id,
                plan.Version,
                row.Levels,
                order.Currency,
                reward.Minor,
                inPoints = plan.Reward == RewardKind.Points,
                byPlatform = plan.Funding == RewardFunding.Platform,
                trace = JsonSerializer.Serialize(new CommissionTrace(input, reward.Line, reward.Level, reward.Steps, reward.Minor), ReferralJson.Default.CommissionTrace),
                now,
            });
        }
    }

    private Share Of(RewardShare reward) => new(
        KindOf(reward), reward.Owner, reward.Minor, string.Create(CultureInfo.InvariantCulture, $"{plan.Id}@{plan.Version}: {reward.Rate}"), reward.BasisPoints, reward.BonusMinor,
        reward.BaseMinor, reward.Minor < reward.UncutMinor ? reward.UncutMinor : null, plan.Reward == RewardKind.Points ? true : null, plan.Funding == RewardFunding.Platform ? true : null);
}
