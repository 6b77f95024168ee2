using FsCheck;
using FsCheck.Fluent;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Tests.Splits;

public sealed class SplitPropertyTests
{
    private static readonly string[] s_currencies = ["JPY", "CNY", "KWD"];

    private static Gen<FeeRule> Rules(string currency) =>
        from share in Gen.Elements(ShareKind.Platform, ShareKind.PaymentCost, ShareKind.Reseller, ShareKind.Promoter, ShareKind.Tax)
        from rate in Gen.Choose(0, 10_000)
        from plus in Gen.Choose(0, 500)
        from category in Gen.Elements<string?>(null, "cards")
        select new FeeRule { Id = "r", Share = share, BasisPoints = rate, FixedMinor = plus, Currency = currency, CategoryId = category };

    private static Gen<(SplitOrder Order, SplitLine[] Lines, FeePolicy Policy, int Ceiling)> Orders() =>
        from currency in Gen.Elements(s_currencies)
        from rules in Rules(currency).ListOf()
        from totals in Gen.OneOf(Gen.Choose(1, 50), Gen.Choose(1, 1_000_000)).NonEmptyListOf()
        from ceiling in Gen.Choose(0, 10_000)
        select (new SplitOrder(currency, "test", "res", "pro", DateTimeOffset.UnixEpoch), totals.Select(t => new SplitLine(t, "cards", "mer", null, null)).ToArray(),
            new FeePolicy { Rules = [.. rules], CeilingBasisPoints = 10_000 }, ceiling);

    [Fact]
    public void Shares_sum_to_what_was_paid_in_every_currency_and_none_is_below_zero() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Orders().ToArbitrary(), c =>
        {
            var shares = SplitCalculator.Split(c.Order, c.Lines, c.Policy, c.Ceiling);
            return shares.Zip(c.Lines).All(l => l.First.Sum(s => s.Minor) == l.Second.Total && l.First.All(s => s.Minor >= 0) && l.First[0].Kind == ShareKind.Merchant);
        }));

    [Fact]
    public void A_supplier_has_its_price_first_and_the_shares_still_sum_to_what_was_paid() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll((from o in Orders() from part in Gen.Choose(1, 100) from kept in Gen.Choose(0, 100) from stays in Gen.Elements(true, false) select (o, part, kept, stays)).ToArbitrary(), c =>
        {
            var lines = c.o.Lines.Select(l => l with { Supply = new SupplyCost("up", Math.Max(1, l.Total * c.part / 100), c.stays ? LinePosition.Fixed : LinePosition.Proportional) }).ToArray();
            return SplitCalculator.Split(c.o.Order, lines, c.o.Policy, c.o.Ceiling).Zip(lines).All(l =>
            {
                var (shares, line) = l;
                var kept = line.Total * c.kept / 100;
                var now = LinePosition.Of(shares, line.Total, kept, 0, delivered: true).Shares;
                var supply = LinePosition.SupplyOf(shares, line.Total, kept, 0, delivered: true);
                return shares.Sum(s => s.Minor) == line.Total && shares.All(s => s.Minor >= 0) && shares.Single(s => s.Kind == ShareKind.Supply).Minor == line.Supply!.Minor
                    && now.Sum() == kept && now.Skip(1).All(s => s >= 0) && (c.stays ? supply == line.Supply.Minor : supply <= line.Supply.Minor && now[0] >= 0)
                    && (c.stays || LinePosition.Of(shares, line.Total, 0, 0, delivered: true).Shares.All(s => s == 0))
                    && LinePosition.Of(shares, line.Total, 0, 0).Shares.All(s => s == 0);
            });
        }));

    [Fact]
    public void No_rule_takes_more_than_the_ceiling() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Orders().ToArbitrary(), c =>
        {
            var shares = SplitCalculator.Split(c.Order, c.Lines, c.Policy, c.Ceiling);
            return shares.Zip(c.Lines).All(l => l.First.Where(s => s.Kind is not (ShareKind.Merchant or ShareKind.Tax)).Sum(s => s.Minor) * 10_000 <= l.Second.Total * c.Ceiling);
        }));

    /// <summary>Any path of refunds down to nothing: at each step the parts sum to what is still paid, and at the end nobody has anything.</summary>
    [Fact]
    public void Taking_everything_back_leaves_nobody_with_anything_whatever_the_steps() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(600), Prop.ForAll((from o in Orders() from steps in Steps().ListOf() select (o, steps)).ToArbitrary(), c =>
        {
            var shares = SplitCalculator.Split(c.o.Order, c.o.Lines, c.o.Policy, c.o.Ceiling);
            var totals = c.o.Lines.Select(l => l.Total).ToArray();
            var (refunds, kept) = (new LineRefunds[totals.Length], totals.Sum());
            foreach (var step in c.steps)
            {
                if (step.Line is { } at)
                {
                    var line = at % totals.Length;
                    var back = LinePosition.Kept(totals, refunds, kept)[line] * step.Part / 100;
                    refunds[line] = step.ByPlatform ? refunds[line] with { ByPlatform = refunds[line].ByPlatform + back } : refunds[line] with { ByMerchant = refunds[line].ByMerchant + back };
                    kept -= back;
                }
                else
                {
                    kept -= kept * step.Part / 100;
                }

                if (!Holds(shares, totals, refunds, kept))
                    return false;
            }

            // and what is left, line by line, until nothing is
            for (var i = 0; kept > 0; i = (i + 1) % totals.Length)
            {
                var back = LinePosition.Kept(totals, refunds, kept)[i];
                refunds[i] = refunds[i] with { ByMerchant = refunds[i].ByMerchant + back };
                kept -= back;
                if (!Holds(shares, totals, refunds, kept))
                    return false;
            }

            // what the platform gave back the others keep, but for rewards: they lower what it bears
            return shares.Select((s, i) => (Shares: s, Position: LinePosition.Of(s, totals[i], 0, refunds[i].ByPlatform), refunds[i].ByPlatform)).All(p =>
                p.Position.Borne <= p.ByPlatform && p.Position.Shares.Sum() == p.Position.Borne && (p.ByPlatform > 0 || p.Position.Shares.All(s => s == 0))
                && p.Shares.Zip(p.Position.Shares).All(s => s.First.Kind is not (ShareKind.Promoter or ShareKind.Introducer) || s.Second == 0));
        }));

    /// <summary>A part of what is left of a line is decided, or a part of everything goes back without a decision.</summary>
    private static Gen<(int? Line, int Part, bool ByPlatform)> Steps() =>
        from line in Gen.Elements<int?>(null, 0, 1, 2, 3)
        from part in Gen.Choose(0, 100)
        from platform in Gen.Elements(false, false, true)
        select (line, part, platform);

    private static bool Holds(IReadOnlyList<Share>[] shares, long[] totals, LineRefunds[] refunds, long kept)
    {
        var lines = LinePosition.Kept(totals, refunds, kept);
        return lines.Sum() == kept && refunds.Zip(totals).All(r => r.First.All <= r.Second) && lines.Zip(totals).All(l => l.First >= 0 && l.First <= l.Second)
            && shares.Select((s, i) => (Now: LinePosition.Of(s, totals[i], lines[i], refunds[i].ByPlatform), Kept: lines[i])).All(p => p.Now.Shares.Sum() - p.Now.Borne == p.Kept && p.Now.Shares.All(s => s >= 0));
    }

    [Fact]
    public void Decided_refunds_take_from_their_own_lines_and_the_platform_bears_what_it_said()
    {
        Share[] shares = [new(ShareKind.Merchant, "m", 900), new(ShareKind.Platform, "", 100)];
        var refunds = new[] { new LineRefunds(0, 300), default };
        Assert.Equal([700, 500], LinePosition.Kept([1000, 500], refunds, 1200));
        Assert.Equal([350, 250], LinePosition.Kept([1000, 500], refunds, 600));
        var (amounts, borne) = LinePosition.Of(shares, 1000, 700, 300);
        Assert.Equal([900, 100], amounts);
        Assert.Equal(300, borne);
    }

    [Fact]
    public void A_fixed_amount_of_what_a_payment_costs_is_taken_once_of_an_order_and_of_any_other_share_of_each_line()
    {
        var policy = new FeePolicy
        {
            CeilingBasisPoints = 10_000,
            Rules = [new FeeRule { Id = "fee", Share = ShareKind.PaymentCost, FixedMinor = 31 }, new FeeRule { Id = "each", Share = ShareKind.Platform, FixedMinor = 10 }],
        };
        var lines = new[] { 1000L, 2000, 1 }.Select(t => new SplitLine(t, null, "mer", null, null)).ToArray();
        var shares = SplitCalculator.Split(new SplitOrder("CNY", "test", null, null, DateTimeOffset.UnixEpoch), lines, policy, 10_000);
        Assert.Equal([10, 21, 0], shares.Select(l => l.Where(s => s.Kind == ShareKind.PaymentCost).Sum(s => s.Minor)));
        Assert.Equal([10, 10, 1], shares.Select(l => l.Where(s => s.Kind == ShareKind.Platform).Sum(s => s.Minor)));
    }

    [Fact]
    public void The_most_specific_rule_applies_and_the_ceiling_is_explained()
    {
        var policy = new FeePolicy
        {
            Rules =
            [
                new FeeRule { Id = "all", Share = ShareKind.Platform, BasisPoints = 500 },
                new FeeRule { Id = "cards", Share = ShareKind.Platform, BasisPoints = 300, CategoryId = "cards" },
                new FeeRule { Id = "gold cards", Share = ShareKind.Platform, BasisPoints = 200, CategoryId = "cards", MerchantTier = "gold" },
                new FeeRule { Id = "over", Share = ShareKind.Platform, BasisPoints = 100, CategoryId = "cards", ValidUntil = DateTimeOffset.UnixEpoch },
                new FeeRule { Id = "fee", Share = ShareKind.PaymentCost, BasisPoints = 60, FixedMinor = 30, Currency = "CNY" },
                new FeeRule { Id = "promo", Share = ShareKind.Promoter, BasisPoints = 4000 },
                new FeeRule { Id = "vat", Share = ShareKind.Tax, BasisPoints = 600 },
            ],
        };
        var order = new SplitOrder("CNY", "test", null, "ann", DateTimeOffset.UnixEpoch);
        var shares = SplitCalculator.Split(order, [new SplitLine(10_000, "cards", "mer", "gold", null)], policy, 3_000)[0];
        Assert.Equal((600, 10_000), (shares.Single(s => s.Kind == ShareKind.Tax).Minor, shares.Single(s => s.Kind == ShareKind.Tax).BaseMinor));
        Assert.Equal(90, shares.Single(s => s.Kind == ShareKind.PaymentCost).Minor);
        var platform = shares.Single(s => s.Kind == ShareKind.Platform);
        Assert.Equal(("gold cards", 188L, 9_400L), (platform.Rule, platform.Minor, platform.BaseMinor));
        var promoter = shares.Single(s => s.Kind == ShareKind.Promoter);
        Assert.Equal((2_722L, 3_760L), (promoter.Minor, promoter.UncutMinor));
        Assert.Equal(10_000 - 600 - 90 - 188 - 2_722, shares[0].Minor);
    }
}
