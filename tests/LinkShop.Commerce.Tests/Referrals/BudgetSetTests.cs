using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Tests.Ordering;
using LinkShop.Commerce.Tests.Splits;
using static LinkShop.Commerce.Tests.Referrals.ReferralWorld;

namespace LinkShop.Commerce.Tests.Referrals;

/// <summary>Budgets that are set, or set again, while there are orders already.</summary>
public sealed class BudgetSetTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Orders_that_were_paid_before_uses_were_kept_are_found_in_their_traces_and_books(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, p => p with { BudgetMinor = 1_000 });
        var link = await world.SellerAsync("ann");
        var refunded = await world.SellAsync(link, quantity: 2);
        await world.SellAsync(link, "b@example.com");
        Ok(await MoneyShop.GrantAsync(world.Shop, refunded, 500));
        var before = await UsesAsync();
        // as the version before left it: no uses, and refunds didn't come off
        await world.LoseConstraintsAsync();
        await world.Shop.CorruptAsync("delete from referral_budget_use");
        await world.Shop.CorruptAsync("update referral_plan set spent = 300");
        var script = MigrationScripts.For(dialect).Single(s => s.Number == 31).Sql;
        var fill = script[script.IndexOf("insert into referral_budget_use", StringComparison.Ordinal)..script.IndexOf("-- see 0003", StringComparison.Ordinal)];
        foreach (var statement in fill.Split(";\n", StringSplitOptions.RemoveEmptyEntries).Where(s => s.Trim().Length > 0))
            await world.Shop.CorruptAsync(statement);
        Assert.Equal(before, await UsesAsync());
        await world.BudgetIsAsync(ReferralPlanState.Active, 250, 750);
        await world.SoundAsync();

        Task<IReadOnlyList<(string Order, long Promised, long Minor)>> UsesAsync() => world.Shop.Commerce.Database.ReadAsync(
            world.Scope, c => c.QueryAsync<(string, long, long)>("select order_id, promised, minor from referral_budget_use where tenant = @tenant order by order_id"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_budget_that_is_set_on_a_running_plan_or_again_counts_what_stands(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var link = await world.SellerAsync("ann");
        var first = await world.SellAsync(link);
        await world.SellAsync(link, "b@example.com");
        Ok(await MoneyShop.GrantAsync(world.Shop, first, 500));
        var plan = (await world.Plans.FindAsync(world.Scope, "plan"))!.Plan;
        Assert.Equal(CommerceErrors.Conflict, (await world.Plans.SaveAsync(world.Scope, plan with { BudgetMinor = 149 }, "ann")).Error?.Code);
        Assert.Null((await world.Plans.FindAsync(world.Scope, "plan"))!.Left);
        plan = Ok(await world.Plans.SaveAsync(world.Scope, plan with { BudgetMinor = 400 }, "ann")).Plan;
        await world.BudgetIsAsync(ReferralPlanState.Active, 150, 250);
        await world.SoundAsync();

        plan = Ok(await world.Plans.SaveAsync(world.Scope, plan with { BudgetMinor = null }, "ann")).Plan;
        await world.SoundAsync();
        var large = await world.SellAsync(link, "c@example.com", quantity: 3);
        await world.SoundAsync();
        Assert.Equal(CommerceErrors.Conflict, (await world.Plans.SaveAsync(world.Scope, plan with { BudgetMinor = 400 }, "ann")).Error?.Code);
        Assert.Equal(plan.Version, (await world.Plans.FindAsync(world.Scope, "plan"))!.Plan.Version);
        Ok(await world.Plans.SaveAsync(world.Scope, plan with { BudgetMinor = 500 }, "ann"));
        await world.BudgetIsAsync(ReferralPlanState.Active, 450, 50);
        Ok(await MoneyShop.GrantAsync(world.Shop, large, 1_000));
        await world.BudgetIsAsync(ReferralPlanState.Active, 350, 150);
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_budget_that_is_set_counts_nothing_of_other_plans_and_tenants_and_one_that_is_used_up_stops_the_plan(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var link = await world.SellerAsync("ann");
        await world.SellAsync(link);
        var plan = (await world.Plans.FindAsync(world.Scope, "plan"))!.Plan;
        // changed later, so it is this one's sale
        world.Shop.Commerce.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.PlanAsync(Plan("other") with { Rates = [new ReferralRate { Id = "more", BasisPoints = 2_000 }] });
        await world.SellAsync(link, "b@example.com");
        Assert.Equal((300L, 0L, 0L), await world.HasAsync("ann"));
        // a tenant whose plan has the same id
        var neighbour = new ReferralWorld(world.Shop.As(TestCommerce.Other));
        await neighbour.Shop.CardsAsync(change: o => o with { Merchant = "mer" });
        Ok(await neighbour.Programs.SaveAsync(neighbour.Scope, new ReferralProgram(), "ann"));
        await neighbour.PlanAsync(Plan());
        await neighbour.SellAsync(await neighbour.SellerAsync("bob"), "c@example.com", quantity: 5);
        Assert.Equal((500L, 0L, 0L), await neighbour.HasAsync("bob"));

        plan = Ok(await world.Plans.SaveAsync(world.Scope, plan with { BudgetMinor = 150 }, "ann")).Plan;
        await world.BudgetIsAsync(ReferralPlanState.Active, 100, 50);
        plan = Ok(await world.Plans.SaveAsync(world.Scope, plan with { BudgetMinor = 100 }, "ann")).Plan;
        await world.BudgetIsAsync(ReferralPlanState.Spent, 100, 0);
        Assert.Equal(ReferralErrors.BudgetSpent, (await world.Plans.MoveAsync(world.Scope, "plan", ReferralPlanState.Active, "go on", "ann")).Error?.Code);
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_budget_that_is_set_while_orders_are_paid_counts_every_one_of_them(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var link = await world.SellerAsync("ann");
        var orders = new List<OrderReceipt>();
        for (var i = 0; i < 12; i++)
            orders.Add(await world.OrderAsync(Request(link.Code, contact: $"b{i}@example.com")));
        var plan = (await world.Plans.FindAsync(world.Scope, "plan"))!.Plan;
        var paid = orders.Select(o => Task.Run(() => world.Shop.ApplyAsync(Shop.Event(o)))).ToList();
        var saved = Task.Run(() => world.Plans.SaveAsync(world.Scope, plan with { BudgetMinor = 5_000 }, "ann"));
        await Task.WhenAll([.. paid, saved]);
        Ok(await saved);
        await world.BudgetIsAsync(ReferralPlanState.Active, 1_200, 3_800);
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Plans_without_a_budget_have_what_stands_after_the_upgrade_and_those_with_one_are_as_they_were(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var link = await world.SellerAsync("ann");
        var first = await world.SellAsync(link);
        await world.SellAsync(link, "b@example.com");
        Ok(await MoneyShop.GrantAsync(world.Shop, first, 500));
        await world.PlanAsync(Plan("other") with { BudgetMinor = 1_000 });
        // as the version before left it: no uses, and what an earlier budget had spent
        await world.LoseConstraintsAsync();
        await world.Shop.CorruptAsync("delete from referral_budget_use");
        await world.Shop.CorruptAsync("update referral_plan set spent = 77 where id = 'plan'");
        await world.MigrateAsync(57, "insert into referral_budget_use");
        await world.MigrateAsync(57, "update referral_plan");
        await world.SoundAsync();
        var plan = (await world.Plans.FindAsync(world.Scope, "plan"))!.Plan;
        Ok(await world.Plans.SaveAsync(world.Scope, plan with { BudgetMinor = 400 }, "ann"));
        await world.BudgetIsAsync(ReferralPlanState.Active, 150, 250);
        Assert.Equal(1_000, (await world.Plans.FindAsync(world.Scope, "other"))!.Left!.Value.Minor);
        await world.SoundAsync();
    }
}
