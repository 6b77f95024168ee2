using FsCheck;
using FsCheck.Fluent;
using LinkShop.Commerce.Referrals;

namespace LinkShop.Commerce.Tests.Referrals;

/// <summary>Whatever a plan says, lawful or not, the calculator stays within every cap and pays nobody but the two it is given.</summary>
public sealed class CalculatorPropertyTests
{
    private static Gen<ReferralRate> Rates() =>
        from id in Gen.Choose(0, 1_000_000)
        from points in Gen.Choose(0, 10_000)
        from level in Gen.Choose(1, 4)
        from sku in Gen.Elements<string?>(null, "a", "b")
        from tier in Gen.Elements<string?>(null, "gold")
        select new ReferralRate { Id = $"r{id}", BasisPoints = points, Level = level, SkuId = sku, Tier = tier };

    private static Gen<(ReferralPlan Plan, RewardInput Input)> Cases() =>
        from rates in Rates().ListOf()
        from levels in Gen.Choose(0, 5)
        from cap in Gen.Elements<int?>(null, 0, 500, 3_000, 10_000)
        from program in Gen.Choose(0, 5_000)
        from capMinor in Gen.Elements<long?>(null, 1, 500)
        from margin in Gen.Choose(0, 10_000)
        from bonus in Gen.Choose(0, 1_000)
        from discount in Gen.Choose(0, 1_000)
        from budget in Gen.Elements<long?>(null, 0, 77, 100_000)
        from introducer in Gen.Elements<string?>(null, "up")
        from lines in (from total in Gen.Choose(1, 100_000) from tax in Gen.Choose(0, 100) from room in Gen.Choose(-100, 100_000) from sku in Gen.Elements("a", "b", "c") from merchant in Gen.Elements<string?>(null, "mer", "seller", "up") select (total, tax, room, sku, merchant)).NonEmptyListOf()
        select (
            ReferralWorld.Plan() with { Rates = [.. rates], Levels = levels, CapBasisPoints = cap, CapMinor = capMinor, MarginBasisPoints = margin },
            new RewardInput("plan", 1, "CNY", "seller", "gold", introducer, "", program, bonus, discount, budget, [.. lines.Select((l, i) => new RewardLine(i + 1, l.sku, null, l.total, Math.Min(l.tax, l.total), l.room, l.merchant))]));

    private static void Check(Func<ReferralPlan, RewardInput, IReadOnlyList<RewardShare>, bool> holds) => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Cases().ToArbitrary(), c => holds(c.Plan, c.Input, ReferralCalculator.Compute(c.Plan, c.Input))));

    [Fact]
    public void Rewards_never_pass_a_cap_the_margin_the_budget_or_what_is_there() => Check((plan, input, rewards) =>
    {
        var basis = (decimal)input.Lines.Sum(l => l.Total - l.Tax);
        var sum = rewards.Sum(r => r.Minor);
        return sum <= Math.Max(0, (basis * Math.Min(input.ProgramCap, plan.CapBasisPoints ?? 10_000) / 10_000) - input.DiscountMinor)
            && sum <= Math.Max(0, (basis * plan.MarginBasisPoints / 10_000) - input.DiscountMinor)
            && sum <= (plan.CapMinor ?? long.MaxValue) && sum <= (input.BudgetLeft ?? long.MaxValue)
            && input.Lines.All(l => rewards.Where(r => r.Line == l.Line).Sum(r => r.Minor) <= Math.Max(0, l.Room))
            && rewards.All(r => r.Minor > 0 && r.Minor <= r.UncutMinor);
    });

    [Fact]
    public void Nobody_is_paid_deeper_than_the_plan_says_nor_ever_deeper_than_two() => Check((plan, input, rewards) =>
        rewards.All(r => r.Level <= Math.Min(plan.Levels, 2) && r.Owner == (r.Level == 1 ? input.Promoter : input.Introducer)) && rewards.Select(r => (r.Line, r.Level)).Distinct().Count() == rewards.Count);

    [Fact]
    public void What_an_introducer_gets_is_by_no_rate_that_asks_for_the_sellers_tier() => Check((plan, input, rewards) =>
        rewards.Where(r => r.Level == 2).All(r => plan.Rates.Any(rate => rate.Id == r.Rate && rate is { Level: 2, Tier: null })));

    [Fact]
    public void Nobody_earns_by_promoting_their_own_goods() => Check((plan, input, rewards) => rewards.All(r => r.Owner != input.Lines.Single(l => l.Line == r.Line).Merchant));

    [Fact]
    public void Rates_are_of_the_price_without_its_tax_and_a_bonus_is_given_once_to_who_sold() => Check((plan, input, rewards) =>
        rewards.All(r => input.Lines.Single(l => l.Line == r.Line) is var line && r.BaseMinor == line.Total - line.Tax && r.UncutMinor == new Money(r.BaseMinor, "CNY").PortionDown(r.BasisPoints).Minor + r.BonusMinor)
        && rewards.Count(r => r.BonusMinor > 0) <= 1 && rewards.All(r => r.BonusMinor == 0 || (r.Level == 1 && r.BonusMinor == input.BonusMinor)));

    [Fact]
    public void A_rate_that_names_the_promoter_comes_before_one_for_everybody_and_of_equals_the_later_counts()
    {
        ReferralRate[] rates = [new() { Id = "named", BasisPoints = 1_500, Promoters = ["seller"] }, new() { Id = "all", BasisPoints = 500 }];
        var input = new RewardInput("plan", 1, "CNY", "seller", "", null, "", 5_000, 0, 0, null, [new RewardLine(1, "a", null, 1_000, 0, 1_000)]);
        foreach (var order in new[] { rates, [.. rates.Reverse()] })
            Assert.Equal(("named", 150L), Assert.Single(ReferralCalculator.Compute(ReferralWorld.Plan() with { Rates = order }, input)) is var reward ? (reward.Rate, reward.Minor) : default);
        ReferralRate[] equal = [rates[1], new() { Id = "later", BasisPoints = 300 }];
        Assert.Equal("later", Assert.Single(ReferralCalculator.Compute(ReferralWorld.Plan() with { Rates = equal }, input)).Rate);
    }

    [Fact]
    public void The_same_plan_and_input_give_the_same_with_the_same_steps() => Check((plan, input, rewards) =>
        ReferralCalculator.Compute(plan, input).Select(r => (r.Line, r.Level, r.Minor, string.Join("|", r.Steps))).SequenceEqual(rewards.Select(r => (r.Line, r.Level, r.Minor, string.Join("|", r.Steps))))
        && rewards.All(r => r.Steps[^1].Minor == r.Minor));

    [Fact]
    public void A_plan_that_passes_the_linter_keeps_a_part_of_the_margin() => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Cases().ToArbitrary(), c =>
        {
            var context = new ReferralLintContext("DE", c.Input.ProgramCap, ["ok"]);
            if (ReferralPlanLinter.Check(c.Plan with { ApprovalId = "ok" }, context).Count > 0)
                return true;
            var basis = c.Input.Lines.Sum(l => l.Total - l.Tax);
            return ReferralCalculator.Compute(c.Plan, c.Input with { DiscountMinor = 0 }).Sum(r => r.Minor) * 10_000m < basis * (decimal)c.Plan.MarginBasisPoints;
        }));
}
