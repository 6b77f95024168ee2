using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Tests.Splits;
using static LinkShop.Commerce.Tests.Referrals.ReferralWorld;

namespace LinkShop.Commerce.Tests.Referrals;

/// <summary>A plan's budget counts the rewards that stand: what goes back to who paid the reward is the budget's again.</summary>
public sealed class BudgetTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_a_refund_takes_back_is_the_budgets_again_and_a_person_starts_the_plan_again(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, p => p with { BudgetMinor = 200 });
        var link = await world.SellerAsync("ann");
        var first = await world.SellAsync(link);
        var second = await world.SellAsync(link, "b@example.com");
        await world.BudgetIsAsync(ReferralPlanState.Spent, 200, 0);
        Assert.Equal(ReferralErrors.BudgetSpent, (await world.Plans.MoveAsync(world.Scope, "plan", ReferralPlanState.Active, "on", "ann")).Error!.Code);
        await world.BudgetIsAsync(ReferralPlanState.Spent, 200, 0);

        Ok(await MoneyShop.GrantAsync(world.Shop, first, 400));
        await world.ReleaseAsync();
        Ok(await MoneyShop.GrantAsync(world.Shop, second, 1_000));
        // it stays stopped: nobody's order is promised anything before a person says so
        await world.BudgetIsAsync(ReferralPlanState.Spent, 60, 140);
        Assert.Null(await world.Records.AttributionAsync(world.Scope, (await world.OrderAsync(Request(link.Code, contact: "c@example.com"))).OrderId));

        Ok(await world.Plans.MoveAsync(world.Scope, "plan", ReferralPlanState.Active, "on", "ann"));
        await world.SellAsync(link, "d@example.com");
        await world.BudgetIsAsync(ReferralPlanState.Active, 160, 40);
        var last = await world.SellAsync(link, "e@example.com");
        Assert.Equal(40, Assert.Single(await world.Records.OfOrderAsync(world.Scope, last.OrderId)).Amount.Minor);
        await world.BudgetIsAsync(ReferralPlanState.Spent, 200, 0);
        Assert.Equal(2, await world.Shop.MessagesAsync(ReferralEvents.BudgetSpent));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Refunds_sales_and_replays_at_once_leave_exactly_what_stands(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, p => p with { BudgetMinor = 1_500 });
        var link = await world.SellerAsync("ann");
        var (sold, waiting) = (new List<OrderReceipt>(), new List<OrderReceipt>());
        for (var i = 0; i < 10; i++)
            sold.Add(await world.SellAsync(link, $"s{i}@example.com"));
        for (var i = 0; i < 10; i++)
            waiting.Add(await world.OrderAsync(Request(link.Code, contact: $"w{i}@example.com")));
        await world.BudgetIsAsync(ReferralPlanState.Active, 1_000, 500);

        // every refund twice, as two people press at once, every payment twice, and disputes of what is being refunded
        var all = sold.SelectMany(o => new[] { RefundAsync(o, 300), RefundAsync(o, 300) })
            .Concat(waiting.SelectMany(o => new[] { PayAsync(o), PayAsync(o) }))
            .Concat(sold.Take(3).SelectMany(o => new[] { LoseAsync(o), LoseAsync(o) }));
        await Task.WhenAll(all);

        var stands = 0L;
        foreach (var order in sold.Concat(waiting))
            stands += (await world.Records.OfOrderAsync(world.Scope, order.OrderId)).Sum(c => c.Now.Minor);
        var plan = (await world.Plans.FindAsync(world.Scope, "plan"))!;
        Assert.Equal((stands, 1_500 - stands), (plan.Spent.Minor, plan.Left!.Value.Minor));
        Assert.Equal((await world.HasAsync("ann")).Pending, stands);
        await world.SoundAsync();

        // and all of it again changes nothing
        foreach (var order in sold.Concat(waiting))
            await world.Shop.ApplyAsync(Shop.Event(order));
        foreach (var order in sold.Take(3))
            await LoseAsync(order);
        await world.Maintenance.ReleaseAsync();
        Assert.Equal(stands, (await world.Plans.FindAsync(world.Scope, "plan"))!.Spent.Minor);
        await world.SoundAsync();

        Task RefundAsync(OrderReceipt order, long minor) => Task.Run(() => MoneyShop.GrantAsync(world.Shop, order, minor));

        Task PayAsync(OrderReceipt order) => Task.Run(() => world.Shop.ApplyAsync(Shop.Event(order)));

        Task LoseAsync(OrderReceipt order) => Task.Run(async () =>
        {
            await world.Shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed));
            await world.Shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeLost));
        });
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_right_appeal_has_its_rewards_again_although_others_used_the_budget_up_and_no_sale_does(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, p => p with { BudgetMinor = 200 });
        var (ann, bob) = (await world.SellerAsync("ann"), await world.SellerAsync("bob"));
        await world.SellAsync(ann, quantity: 1);
        var opened = Ok(await world.Review.OpenAsync(world.Scope, "ann", null, "Looks odd.", "rev"));
        Ok(await world.Review.DecideAsync(world.Scope, opened.Id, uphold: true, "Bought reviews.", "rev"));
        await world.BudgetIsAsync(ReferralPlanState.Active, 0, 200);
        var other = await world.SellAsync(bob, "b@example.com", quantity: 2);
        await world.BudgetIsAsync(ReferralPlanState.Spent, 200, 0);
        Ok(await world.Review.AppealAsync(world.Scope, opened.Id, "ann", "They were real."));
        Ok(await world.Review.DecideAppealAsync(world.Scope, opened.Id, true, "They were.", "boss"));
        Assert.Equal((100L, 200L), ((await world.HasAsync("ann")).Pending, (await world.HasAsync("bob")).Pending));
        await world.BudgetIsAsync(ReferralPlanState.Spent, 300, 0);
        await world.SoundAsync();

        // the budget as it is may be saved again or raised, and isn't lowered below what stands
        var plan = (await world.Plans.FindAsync(world.Scope, "plan"))!.Plan;
        Assert.False((await world.Plans.SaveAsync(world.Scope, plan with { BudgetMinor = 199 }, "ann")).Succeeded);
        plan = Ok(await world.Plans.SaveAsync(world.Scope, plan with { BudgetMinor = 250 }, "ann")).Plan;
        await world.BudgetIsAsync(ReferralPlanState.Spent, 300, 0);
        await world.SoundAsync();
        // half of bob's goes back: first what is above the budget, then the budget's
        Ok(await MoneyShop.GrantAsync(world.Shop, other, 1_000));
        await world.BudgetIsAsync(ReferralPlanState.Spent, 200, 50);
        await world.SoundAsync();
        plan = Ok(await world.Plans.SaveAsync(world.Scope, plan with { BudgetMinor = null }, "ann")).Plan;
        plan = Ok(await world.Plans.SaveAsync(world.Scope, plan with { BudgetMinor = 200 }, "ann")).Plan;
        await world.BudgetIsAsync(ReferralPlanState.Spent, 200, 0);
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_database_refuses_what_would_pass_a_budget_or_give_back_more_than_was_promised(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, p => p with { BudgetMinor = 500 });
        await world.SellAsync(await world.SellerAsync("ann"));
        foreach (var wrong in new[]
        {
            "update referral_plan set spent = 501", "update referral_plan set excess = 1", "update referral_plan set spent = -1", "update referral_plan set spent = budget, excess = -1",
            "update referral_budget_use set minor = 101", "update referral_budget_use set minor = -1", "update referral_budget_use set promised = 1000", "update referral_budget_use set plan_id = 'other'", "delete from referral_budget_use",
        })
        {
            await Assert.ThrowsAnyAsync<Exception>(() => world.Shop.CorruptAsync(wrong));
        }

        await world.BudgetIsAsync(ReferralPlanState.Active, 100, 400);
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_budget_counts_both_levels_and_has_both_back(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, program: p => p with { Jurisdiction = "DE" });
        await world.ApproveAsync();
        Ok(await world.Plans.SaveAsync(world.Scope, (await world.Plans.FindAsync(world.Scope, "plan"))!.Plan with
        {
            Levels = 2, ApprovalId = "ok", BudgetMinor = 1_000, Rates = [new ReferralRate { Id = "r", BasisPoints = 1_000 }, new ReferralRate { Id = "up", BasisPoints = 200, Level = 2 }],
        }, "ann"));
        var (middle, low) = (await world.SellerAsync("middle"), await world.SellerAsync("low", "middle"));
        await world.SellAsync(middle, "b@example.com");
        var order = await world.SellAsync(low, "c@example.com");
        await world.BudgetIsAsync(ReferralPlanState.Active, 220, 780);
        foreach (var stands in new[] { 160L, 100L })
        {
            Ok(await MoneyShop.GrantAsync(world.Shop, order, 500));
            await world.BudgetIsAsync(ReferralPlanState.Active, stands, 1_000 - stands);
            await world.SoundAsync();
        }
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_plan_that_was_ended_for_good_stays_so_when_its_budget_is_used_up_again(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, p => p with { BudgetMinor = 200 });
        await world.SellAsync(await world.SellerAsync("ann"), quantity: 2);
        var opened = Ok(await world.Review.OpenAsync(world.Scope, "ann", null, "Looks odd.", "rev"));
        Ok(await world.Review.DecideAsync(world.Scope, opened.Id, uphold: true, "Bought reviews.", "rev"));
        Ok(await world.Plans.MoveAsync(world.Scope, "plan", ReferralPlanState.Killed, "over", "ann"));
        await world.BudgetIsAsync(ReferralPlanState.Killed, 0, 200);
        Ok(await world.Review.AppealAsync(world.Scope, opened.Id, "ann", "They were real."));
        Ok(await world.Review.DecideAppealAsync(world.Scope, opened.Id, true, "They were.", "boss"));
        await world.BudgetIsAsync(ReferralPlanState.Killed, 200, 0);
        Assert.False((await world.Plans.MoveAsync(world.Scope, "plan", ReferralPlanState.Active, "again", "ann")).Succeeded);
        await world.SoundAsync();
    }
}
