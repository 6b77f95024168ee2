using LinkShop.Commerce.Data;
using LinkShop.Commerce.Shops;

namespace LinkShop.Commerce.Tests.Shops;

[Collection("alone")]
public sealed class ShopPlanTests
{
    private static readonly TenantScope Platform = new("Default");
    private static readonly TimeSpan Month = TimeSpan.FromDays(31);

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Paid_once_is_extended_once_however_often_and_at_once_the_event_comes(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var plans = commerce.Get<IShopPlans>();
        var shop = await OpenAsync(commerce, "anns-cards");
        Assert.Equal(50, (await plans.LimitsAsync(Platform, shop))!.Products);
        var paid = Paid(commerce, "o1", "anns-cards", "pro-month");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => plans.ApplyAsync(Platform, paid)));
        await plans.ApplyAsync(Platform, paid);
        Assert.Equal(1, await commerce.CountAsync("shop_plan_term"));
        Assert.Equal(1, await commerce.CountAsync("outbox", "type = 'ShopChanged'"));
        await AssertAsync(plans, shop, "pro", paid.PaidAt + Month);
        Assert.Equal(1000, (await plans.LimitsAsync(Platform, shop))!.Products);

        // a second order goes on where the first ends
        await plans.ApplyAsync(Platform, Paid(commerce, "o2", "anns-cards", "pro-year"));
        await AssertAsync(plans, shop, "pro", paid.PaidAt + Month + TimeSpan.FromDays(366));
        Assert.Single(await commerce.Get<IShops>().LogAsync(Platform, shop), e => e.What == "plan");
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_refund_shortens_the_term_by_as_much_and_never_by_what_was_used(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var plans = commerce.Get<IShopPlans>();
        var shop = await OpenAsync(commerce, "anns-cards");
        var paid = Paid(commerce, "o1", "anns-cards", "pro-month");
        await plans.ApplyAsync(Platform, paid);
        commerce.Clock.Advance(TimeSpan.FromDays(10));
        for (var i = 0; i < 2; i++)
            await plans.ApplyAsync(Platform, paid with { KeptMinor = 5000 });
        await AssertAsync(plans, shop, "pro", paid.PaidAt + (Month / 2));
        // an event from before doesn't give it back
        await plans.ApplyAsync(Platform, paid);
        await AssertAsync(plans, shop, "pro", paid.PaidAt + (Month / 2));
        await plans.ApplyAsync(Platform, paid with { KeptMinor = 0 });
        await AssertAsync(plans, shop, "free", null);
        var term = Assert.Single(await plans.TermsAsync(Platform, shop));
        Assert.InRange(term.KeptMs, TimeSpan.FromDays(10).TotalMilliseconds, TimeSpan.FromDays(10.1).TotalMilliseconds);

        // what comes after moves up, and a refund that is known first leaves nothing
        await plans.ApplyAsync(Platform, Paid(commerce, "o2", "anns-cards", "pro-month") with { KeptMinor = 0 });
        await AssertAsync(plans, shop, "free", null);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_higher_plan_stops_the_lower_ones_clock_and_at_its_end_the_rest_goes_on_and_then_it_is_free(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var plans = commerce.Get<IShopPlans>();
        var shop = await OpenAsync(commerce, "anns-cards");
        var pro = Paid(commerce, "o1", "anns-cards", "pro-month");
        await plans.ApplyAsync(Platform, pro);
        commerce.Clock.Advance(TimeSpan.FromDays(11));
        var brand = Paid(commerce, "o2", "anns-cards", "brand-month");
        await plans.ApplyAsync(Platform, brand);
        await AssertAsync(plans, shop, "brand", brand.PaidAt + Month);
        commerce.Clock.Advance(TimeSpan.FromDays(31));
        commerce.Clock.Advance(TimeSpan.FromMinutes(1));
        await plans.SweepAsync(Platform);
        await AssertAsync(plans, shop, "pro", pro.PaidAt + Month + Month);
        commerce.Clock.Advance(TimeSpan.FromDays(20));
        await plans.SweepAsync(Platform);
        await AssertAsync(plans, shop, "free", null);
        Assert.Equal(0, await plans.SweepAsync(Platform));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_owner_is_reminded_a_week_and_a_day_before_once_each(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var plans = commerce.Get<IShopPlans>();
        var shop = await OpenAsync(commerce, "anns-cards");
        await plans.ApplyAsync(Platform, Paid(commerce, "o1", "anns-cards", "pro-month"));
        foreach (var (days, reminders) in ((double, long)[])[(23, 0), (1.1, 1), (1, 1), (5, 2), (0.5, 2)])
        {
            commerce.Clock.Advance(TimeSpan.FromDays(days));
            await plans.SweepAsync(Platform);
            await plans.SweepAsync(Platform);
            Assert.Equal(reminders, await commerce.CountAsync("outbox", "type = 'ShopPlanEnding'"));
            Assert.Equal("pro", (await plans.StateAsync(Platform, shop))!.Plan);
        }

        commerce.Clock.Advance(TimeSpan.FromDays(1));
        await Task.WhenAll(plans.SweepAsync(Platform), plans.SweepAsync(Platform));
        await AssertAsync(plans, shop, "free", null);
        Assert.Equal(2, await commerce.CountAsync("outbox", "type = 'ShopPlanEnding'"));
        // a new one reminds anew
        await plans.ApplyAsync(Platform, Paid(commerce, "o2", "anns-cards", "pro-month"));
        commerce.Clock.Advance(TimeSpan.FromDays(25));
        await plans.SweepAsync(Platform);
        Assert.Equal(3, await commerce.CountAsync("outbox", "type = 'ShopPlanEnding'"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Staff_give_a_plan_with_a_reason_until_they_take_it_back_or_it_ends(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var plans = commerce.Get<IShopPlans>();
        var shop = await OpenAsync(commerce, "anns-cards");
        var now = commerce.Clock.GetUtcNow();
        Assert.Equal("reason", (await plans.GiveAsync(Platform, shop, "pro", null, " ", "boss")).Error!.Field);
        Assert.Equal("until", (await plans.GiveAsync(Platform, shop, "pro", now.AddDays(-1), "because", "boss")).Error!.Field);
        Assert.Equal("plan", (await plans.GiveAsync(Platform, shop, "gold", null, "because", "boss")).Error!.Field);
        Assert.Equal(CommerceErrors.NotFound, (await plans.GiveAsync(Platform, "Shop99", "pro", null, "because", "boss")).Error!.Code);
        await AssertAsync(plans, shop, "free", null);
        Assert.Equal(0, await commerce.CountAsync("outbox"));

        Assert.True((await plans.GiveAsync(Platform, shop, "brand", null, "A partner", "boss")).Succeeded);
        await AssertAsync(plans, shop, "brand", null);
        var entry = (await commerce.Get<IShops>().LogAsync(Platform, shop))[0];
        Assert.Equal(("boss", "plan", "free → brand: A partner"), (entry.Actor, entry.What, entry.Note));
        await plans.ApplyAsync(Platform, Paid(commerce, "o1", "anns-cards", "pro-month"));
        Assert.Equal("brand", (await plans.StateAsync(Platform, shop))!.Plan);
        await plans.GiveAsync(Platform, shop, null, null, "No partner", "boss");
        Assert.Equal("pro", (await plans.StateAsync(Platform, shop))!.Plan);
        await plans.GiveAsync(Platform, shop, "brand", now.AddDays(2), "Two days", "boss");
        commerce.Clock.Advance(TimeSpan.FromDays(3));
        await plans.SweepAsync(Platform);
        Assert.Equal("pro", (await plans.StateAsync(Platform, shop))!.Plan);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Goods_that_are_no_plan_do_nothing_and_an_address_of_nobody_is_said(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var plans = commerce.Get<IShopPlans>();
        var shop = await OpenAsync(commerce, "anns-cards");
        Assert.Null((await plans.ApplyAsync(Platform, Paid(commerce, "o1", "anns-cards", "teapot"))).Value);
        Assert.Equal(CommerceErrors.NotFound, (await plans.ApplyAsync(Platform, Paid(commerce, "o1", "nobody", "pro-month"))).Error!.Code);
        Assert.Equal(0, await commerce.CountAsync("shop_plan_term"));
        // a former address is the shop's still
        await commerce.Get<IShops>().RenameAsync(Platform, shop, "anns-games", "ann");
        Assert.True((await plans.ApplyAsync(Platform, Paid(commerce, "o1", "anns-cards", "pro-month"))).Succeeded);
        Assert.Equal("pro", (await plans.StateAsync(Platform, shop))!.Plan);
        Assert.False((await plans.SaveAsync(Platform, new ShopPlan("P!", 1, 1, 1, 1, 1, 1, null, null))).Succeeded);
        Assert.False((await plans.SaveAsync(Platform, new ShopPlan("p", 1, -1, 1, 1, 1, 1, null, null))).Succeeded);
        Assert.Equal(["free", "pro", "brand"], (await plans.ListAsync(Platform)).Select(p => p.Code));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_shop_that_has_closed_gets_no_plan_any_more_and_one_that_it_has_can_still_get_shorter(CommerceDialect dialect)
    {
        await using var commerce = await StartAsync(dialect);
        var plans = commerce.Get<IShopPlans>();
        var shop = await OpenAsync(commerce, "anns-cards");
        var paid = Paid(commerce, "o1", "anns-cards", "pro-month");
        await plans.ApplyAsync(Platform, paid);
        await commerce.Get<IShops>().MoveAsync(Platform, shop, ShopState.Closed, "The end", "boss");
        Assert.Equal(CommerceErrors.NotFound, (await plans.ApplyAsync(Platform, Paid(commerce, "o2", "anns-cards", "pro-month"), announce: true)).Error!.Code);
        Assert.Equal((1, 1), (await commerce.CountAsync("shop_plan_term"), await commerce.CountAsync("outbox", $"type = '{PlanEvents.Unplaced}'")));
        // what is taken over already doesn't ask for the address again
        Assert.True((await plans.ApplyAsync(Platform, paid with { Slug = "", KeptMinor = 5000 })).Succeeded);
        await AssertAsync(plans, shop, "pro", paid.PaidAt + (Month / 2));
    }

    private static async Task<TestCommerce> StartAsync(CommerceDialect dialect)
    {
        var commerce = await TestCommerce.StartAsync(dialect);
        var plans = commerce.Get<IShopPlans>();
        await plans.SaveAsync(Platform, new ShopPlan("free", 0, 50, 2, 200, 0, 500, null, null));
        await plans.SaveAsync(Platform, new ShopPlan("pro", 1, 1000, 10, 5000, 1, 300, "pro-month", "pro-year"));
        await plans.SaveAsync(Platform, new ShopPlan("brand", 2, 20000, 50, 50000, 5, 150, "brand-month", "brand-year"));
        return commerce;
    }

    private static async Task<string> OpenAsync(TestCommerce commerce, string slug) => (await ShopRegisterTests.OpenAsync(commerce.Get<IShops>(), slug)).Shop;

    // whole milliseconds, as the database keeps them
    private static PlanPurchase Paid(TestCommerce commerce, string order, string slug, string sku) =>
        new(order, 1, slug, sku, 1, DateTimeOffset.FromUnixTimeMilliseconds(commerce.Clock.GetUtcNow().ToUnixTimeMilliseconds()), 10_000, 10_000);

    private static async Task AssertAsync(IShopPlans plans, string shop, string plan, DateTimeOffset? until)
    {
        var state = (await plans.StateAsync(Platform, shop))!;
        Assert.Equal(plan, state.Plan);
        if (until is null)
            Assert.Null(state.PlanUntil);
        else
            Assert.InRange(state.PlanUntil!.Value, until.Value - TimeSpan.FromMinutes(1), until.Value + TimeSpan.FromMinutes(1));
    }
}
