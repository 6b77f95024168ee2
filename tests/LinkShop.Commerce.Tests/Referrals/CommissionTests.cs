using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Payouts;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Settlement;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Tests.Splits;
using static LinkShop.Commerce.Tests.Referrals.ReferralWorld;

namespace LinkShop.Commerce.Tests.Referrals;

public sealed class CommissionTests
{
    private static readonly LedgerAccount s_revenue = new("", LedgerPurpose.PlatformRevenue);

    [Theory]
    [InlineData(CommerceDialect.Sqlite, RewardFunding.Merchant)]
    [InlineData(CommerceDialect.Sqlite, RewardFunding.Platform)]
    [InlineData(CommerceDialect.Postgres, RewardFunding.Platform)]
    public async Task A_merchant_who_promotes_earns_nothing_by_their_own_goods(CommerceDialect dialect, RewardFunding funding)
    {
        await using var world = await OpenAsync(dialect, p => p with { Funding = funding, CapMinor = 50 });
        var own = await world.SellAsync(await world.SellerAsync("mer"));
        Assert.Equal((0L, 0L, 0L), await world.HasAsync("mer"));
        Assert.Empty(await world.Records.OfOrderAsync(world.Scope, own.OrderId));
        await MoneyShop.HasAsync(world.Shop, (MoneyShop.Pending, 900));
        await world.SellAsync(await world.SellerAsync("ann"), contact: "other@example.com");
        Assert.Equal((50L, 0L, 0L), await world.HasAsync("ann"));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_refund_takes_back_in_proportion_before_and_after_the_release(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var link = await world.SellerAsync("ann");
        var early = await world.SellAsync(link);
        Ok(await MoneyShop.GrantAsync(world.Shop, early, 500));
        Assert.Equal((50L, 0L, 0L), await world.HasAsync("ann"));
        var late = await world.SellAsync(link);
        await world.ReleaseAsync();
        Assert.Equal((0L, 150L, 0L), await world.HasAsync("ann"));
        Ok(await MoneyShop.GrantAsync(world.Shop, late, 300));
        Assert.Equal((0L, 120L, 0L), await world.HasAsync("ann"));
        var records = await world.Records.OfPromoterAsync(world.Scope, "ann");
        Assert.Equal([70L, 50L], records.Select(r => r.Now.Minor));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_was_paid_out_and_is_charged_back_is_a_debt_that_the_next_reward_pays(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var link = await world.SellerAsync("ann");
        var order = await world.SellAsync(link);
        await world.ReleaseAsync();
        Assert.True((await world.Shop.Commerce.Database.WriteAsync(world.Scope, c => world.Shop.Commerce.Get<ILedger>().PostAsync(
            c, [LedgerTransfer.Move("out", new("ann", LedgerPurpose.PromoterAvailable), new("bank", LedgerPurpose.ProviderClearing), new Money(100, "CNY"), "payout")]))).Succeeded);
        await world.Shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed));
        await world.Shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeLost));
        Assert.Equal((0L, 0L, -100L), await world.HasAsync("ann"));
        await world.SellAsync(link, quantity: 3);
        Assert.Equal((300L, 0L, -100L), await world.HasAsync("ann"));
        await world.ReleaseAsync();
        Assert.Equal((0L, 200L, 0L), await world.HasAsync("ann"));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_reward_by_the_platform_comes_out_of_its_own_commission_and_never_more(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, p => p with { Funding = RewardFunding.Platform, Rates = [new ReferralRate { Id = "r", BasisPoints = 1_500 }] });
        var order = await world.SellAsync(await world.SellerAsync("ann"));
        Assert.Equal((100L, 0L, 0L), await world.HasAsync("ann"));
        Assert.Equal(0, await world.BalanceAsync(s_revenue));
        await MoneyShop.HasAsync(world.Shop, (MoneyShop.Pending, 900));
        Assert.Contains((await world.Records.TraceAsync(world.Scope, order.OrderId, 1))!.Steps, s => s.What == "room");
        Ok(await MoneyShop.GrantAsync(world.Shop, order, 1000));
        Assert.Equal((0L, 0L, 0L), await world.HasAsync("ann"));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Points_become_the_promoters_points_and_buying_with_them_rewards_nobody(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, p => p with { Reward = RewardKind.Points });
        var link = await world.SellerAsync("ann");
        await world.SellAsync(link, quantity: 10);
        await world.ReleaseAsync();
        Assert.Equal((0L, 0L, 0L), await world.HasAsync("ann"));
        Assert.Equal(1000, await world.BalanceAsync(new("ann", LedgerPurpose.PointsLiability)));
        var bob = await world.SellerAsync("bob");
        var order = await world.OrderAsync(Request(bob.Code, user: "ann", contact: "ann@example.com"));
        Ok(await world.Shop.Commerce.Get<Commerce.Credits.ICreditPayments>().PayAsync(world.Scope, order.OrderId, "ann", Commerce.Credits.CreditKind.Points));
        Assert.Empty(await world.Records.OfOrderAsync(world.Scope, order.OrderId));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Points_that_staff_gave_pay_no_debt_when_earned_ones_become_available(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, p => p with { Reward = RewardKind.Points });
        var (bank, points, debt) = (new LedgerAccount("psp", LedgerPurpose.ProviderClearing), new LedgerAccount("ann", LedgerPurpose.PointsLiability), new LedgerAccount("ann", LedgerPurpose.Debt));
        await world.SellAsync(await world.SellerAsync("ann"));
        await world.Shop.Commerce.Database.WriteAsync(world.Scope, async c => Assert.True((await world.Shop.Commerce.Get<ILedger>().PostAsync(
            c, [LedgerTransfer.Move("gift", bank, points, new Money(500, "CNY"), "gift"), LedgerTransfer.Move("owes", debt, bank, new Money(150, "CNY"), "owes")])).Succeeded));
        Assert.Equal(1, await world.ReleaseAsync());
        Assert.Equal((500L, -50L), (await world.BalanceAsync(points), await world.BalanceAsync(debt)));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_a_coupon_takes_off_beside_a_code_lowers_the_reward_only_as_the_price_is_lower(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        Assert.True((await world.Shop.Coupons.AddAsync(world.Scope, new() { Code = "HALF", Kind = LinkShop.Commerce.Coupons.CouponKind.Percentage, BasisPoints = 5_000, Currency = "CNY" })).Succeeded);
        var order = await world.OrderAsync(Request((await world.SellerAsync("ann")).Code) with { CouponCode = "HALF" });
        await world.Shop.ApplyAsync(Shop.Event(order));
        Assert.Equal((500L, (50L, 0L, 0L)), (order.Total.Minor, await world.HasAsync("ann")));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_budget_is_never_passed_however_many_pay_at_once_and_stops_the_plan(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, p => p with { BudgetMinor = 1_250 });
        var link = await world.SellerAsync("ann");
        var orders = new List<OrderReceipt>();
        for (var i = 0; i < 20; i++)
            orders.Add(await world.OrderAsync(Request(link.Code, contact: $"b{i}@example.com")));
        await Task.WhenAll(orders.Select(o => Task.Run(() => world.Shop.ApplyAsync(Shop.Event(o)))));
        Assert.Equal((1_250L, 0L, 0L), await world.HasAsync("ann"));
        var plan = (await world.Plans.FindAsync(world.Scope, "plan"))!;
        Assert.Equal((ReferralPlanState.Spent, 1_250L), (plan.State, plan.Spent.Minor));
        var after = await world.OrderAsync(Request(link.Code, contact: "late@example.com"));
        Assert.Null(await world.Records.AttributionAsync(world.Scope, after.OrderId));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_first_order_bonus_is_given_once_for_a_buyer_however_many_first_orders_there_are(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, p => p with { FirstOrderBonusMinor = 50, CapBasisPoints = 2_000 });
        var link = await world.SellerAsync("ann");
        var orders = new List<OrderReceipt>();
        for (var i = 0; i < 4; i++)
            orders.Add(await world.OrderAsync(Request(link.Code)));
        await Task.WhenAll(orders.Select(o => Task.Run(() => world.Shop.ApplyAsync(Shop.Event(o)))));
        Assert.Equal((450L, 0L, 0L), await world.HasAsync("ann"));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_order_that_was_made_before_rewards_nobody_once_its_promoter_or_plan_is_stopped(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var (ann, bob) = (await world.SellerAsync("ann"), await world.SellerAsync("bob"));
        var (byAnn, byBob) = (await world.OrderAsync(Request(ann.Code)), await world.OrderAsync(Request(bob.Code, contact: "other@example.com")));
        Ok(await world.Promoters.KillAsync(world.Scope, "ann", true, "spam", "root"));
        await world.Shop.ApplyAsync(Shop.Event(byAnn));
        Ok(await world.Plans.MoveAsync(world.Scope, "plan", ReferralPlanState.Killed, "unlawful", "root"));
        await world.Shop.ApplyAsync(Shop.Event(byBob));
        Assert.Equal(((0L, 0L, 0L), (0L, 0L, 0L)), (await world.HasAsync("ann"), await world.HasAsync("bob")));
        Assert.Equal(0, await world.Shop.Commerce.CountAsync("referral_commission"));
        await MoneyShop.HasAsync(world.Shop, (MoneyShop.Pending, 1800));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Replays_of_every_event_and_sweep_change_nothing(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var link = await world.SellerAsync("ann");
        var order = await world.SellAsync(link);
        Ok(await MoneyShop.GrantAsync(world.Shop, order, 400));
        await world.ReleaseAsync();
        await world.Maintenance.FoldAsync();
        var (before, desk) = (await world.HasAsync("ann"), (await world.Desks.PromoterAsync(world.Scope, "ann"))!.Total);
        for (var i = 0; i < 3; i++)
        {
            await world.Shop.ApplyAsync(Shop.Event(order));
            await world.JoinAsync("ann");
            await world.LinkAsync("ann");
            await world.Maintenance.ReleaseAsync();
            await world.Maintenance.FoldAsync();
            await world.Maintenance.ScanAsync(world.Scope);
        }

        Assert.Equal(before, await world.HasAsync("ann"));
        Assert.Equal(desk, (await world.Desks.PromoterAsync(world.Scope, "ann"))!.Total);
        Assert.Equal(1, await world.Shop.Commerce.CountAsync("referral_commission"));
        Assert.Equal(1, await world.Shop.Commerce.CountAsync("referral_link"));
        await world.SoundAsync();
    }

    [Fact]
    public async Task A_trace_gives_the_same_amount_again_from_what_it_kept()
    {
        await using var world = await OpenAsync(CommerceDialect.Sqlite, p => p with { CapMinor = 150, FirstOrderBonusMinor = 70, CapBasisPoints = 2_500, BuyerDiscountBasisPoints = 300 });
        var order = await world.SellAsync(await world.SellerAsync("ann"), quantity: 2);
        var commission = Assert.Single(await world.Records.OfOrderAsync(world.Scope, order.OrderId));
        var trace = (await world.Records.TraceAsync(world.Scope, order.OrderId, 1))!;
        var plan = (await world.Plans.VersionAsync(world.Scope, trace.Input.PlanId, trace.Input.PlanVersion))!;
        Assert.Equal(commission.Amount.Minor, Assert.Single(ReferralCalculator.Compute(plan, trace.Input)).Minor);
        Assert.Equal((trace.Minor, 150L), (commission.Amount.Minor, trace.Minor));
        Assert.Equal(["base", "rate", "bonus", "cap_order"], trace.Steps.Select(s => s.What));
    }
}
