using LinkShop.Commerce.Data;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Tests.Payments;
using static LinkShop.Commerce.Tests.Referrals.ReferralWorld;

namespace LinkShop.Commerce.Tests.Referrals;

/// <summary>Sales of one plan on PostgreSQL: none waits for another's payment while the budget is far from used up, and none passes it all the same.</summary>
public sealed class BudgetRaceTests
{
    [Fact]
    public async Task A_sale_locks_the_plan_only_when_the_budget_is_nearly_used_up()
    {
        await using var world = await OpenAsync(CommerceDialect.Postgres, p => p with { BudgetMinor = 100_000 });
        var link = await world.SellerAsync("ann");
        await world.SellAsync(link);
        Assert.True(await IsFreeWhileASaleWaitsAsync("b@example.com"));
        Ok(await world.Plans.SaveAsync(world.Scope, (await world.Plans.FindAsync(world.Scope, "plan"))!.Plan with { BudgetMinor = 10_000 }, "ann"));
        Assert.False(await IsFreeWhileASaleWaitsAsync("c@example.com"));
        Assert.Equal(300, (await world.Plans.FindAsync(world.Scope, "plan"))!.Spent.Minor);
        await world.SoundAsync();

        async Task<bool> IsFreeWhileASaleWaitsAsync(string contact)
        {
            var order = await world.OrderAsync(Request(link.Code, contact: contact));
            var gate = await OrderGate.CloseLedgerAsync(world.Shop.Commerce.ConnectionString);
            var sale = Task.Run(() => world.Shop.ApplyAsync(Shop.Event(order)));
            await gate.WaitForAsync(1);
            var free = await OrderGate.IsFreeAsync(world.Shop.Commerce.ConnectionString, "referral_plan");
            await gate.OpenAsync();
            await sale;
            return free;
        }
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(100, 100)]
    [InlineData(101, 100)]
    public async Task A_sale_that_looked_before_others_used_the_budget_up_gets_what_is_left_and_the_plan_stops(long left, long gets)
    {
        await using var world = await OpenAsync(CommerceDialect.Postgres, p => p with { BudgetMinor = 100_000 });
        var link = await world.SellerAsync("ann");
        await world.SellAsync(link);
        var order = await world.OrderAsync(Request(link.Code, contact: "b@example.com"));
        var gate = await OrderGate.CloseLedgerAsync(world.Shop.Commerce.ConnectionString);
        var sale = Task.Run(() => world.Shop.ApplyAsync(Shop.Event(order)));
        await gate.WaitForAsync(1);
        var plan = (await world.Plans.FindAsync(world.Scope, "plan"))!.Plan;
        Ok(await world.Plans.SaveAsync(world.Scope, plan with { BudgetMinor = 100 + left }, "ann"));
        await gate.OpenAsync();
        Assert.True((await sale).Accepted);

        Assert.Equal(gets, Assert.Single(await world.Records.OfOrderAsync(world.Scope, order.OrderId)).Amount.Minor);
        var after = (await world.Plans.FindAsync(world.Scope, "plan"))!;
        Assert.Equal((100 + gets, left == gets ? ReferralPlanState.Spent : ReferralPlanState.Active), (after.Spent.Minor, after.State));
        Assert.Equal(left == gets ? 1 : 0, await world.Shop.MessagesAsync(ReferralEvents.BudgetSpent));
        Assert.Equal(2, await world.Shop.Commerce.CountAsync("deliveries"));
        await world.SoundAsync();
    }

    // each of the two is stopped between what it knows of the other and its commit
    [Theory]
    [InlineData("outbox", true)]
    [InlineData("referral_plan_version", false)]
    public async Task A_budget_that_is_set_and_a_sale_that_is_paid_at_the_same_moment_wait_for_each_other(string gateOf, bool saleFirst)
    {
        await using var world = await OpenAsync(CommerceDialect.Postgres);
        var link = await world.SellerAsync("ann");
        var order = await world.OrderAsync(Request(link.Code));
        var plan = (await world.Plans.FindAsync(world.Scope, "plan"))!.Plan;
        var gate = await OrderGate.CloseTableAsync(world.Shop.Commerce.ConnectionString, gateOf);
        var first = Begin(saleFirst);
        await gate.WaitForAsync(1);
        var second = Begin(!saleFirst);
        await gate.WaitForAsync(2);
        await gate.OpenAsync();
        await Task.WhenAll(first, second);
        await world.BudgetIsAsync(ReferralPlanState.Active, 100, 900);
        await world.SoundAsync();

        Task Begin(bool sale) => sale
            ? Task.Run(async () => Assert.True((await world.Shop.ApplyAsync(Shop.Event(order))).Accepted))
            : Task.Run(async () => Ok(await world.Plans.SaveAsync(world.Scope, plan with { BudgetMinor = 1_000 }, "ann")));
    }

    [Fact]
    public async Task Sales_and_refunds_of_one_plan_at_once_never_wait_for_each_other_in_a_ring()
    {
        await using var world = await OpenAsync(CommerceDialect.Postgres, p => p with { BudgetMinor = 1_000_000 });
        var link = await world.SellerAsync("ann");
        var sold = new List<LinkShop.Commerce.Ordering.OrderReceipt>();
        var waiting = new List<LinkShop.Commerce.Ordering.OrderReceipt>();
        for (var i = 0; i < 16; i++)
        {
            sold.Add(await world.SellAsync(link, $"s{i}@example.com"));
            waiting.Add(await world.OrderAsync(Request(link.Code, contact: $"w{i}@example.com")));
        }

        var gate = await OrderGate.CloseLedgerAsync(world.Shop.Commerce.ConnectionString);
        var all = sold.Select(o => Task.Run(async () => (await Splits.MoneyShop.GrantAsync(world.Shop, o, 500)).Succeeded))
            .Concat(waiting.Select(o => Task.Run(async () => (await world.Shop.ApplyAsync(Shop.Event(o))).Accepted))).ToList();
        await gate.OpenWhenWaitingAsync(16);
        Assert.All(await Task.WhenAll(all), Assert.True);
        Assert.Equal(0L, await world.Shop.Commerce.Database.ReadSystemAsync(c => c.QuerySingleOrDefaultAsync<long>("select deadlocks from pg_stat_database where datname = current_database()")));
        Assert.Equal((16 * 50) + (16 * 100), (await world.Plans.FindAsync(world.Scope, "plan"))!.Spent.Minor);
        await world.SoundAsync();
    }
}
