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

/// <summary>Who brought the one who sold: where that is lawful, and never more.</summary>
public sealed class SecondLevelTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_second_level_is_paid_abroad_with_approval_to_who_sold_too_and_to_nobody_further_up(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, program: p => p with { Jurisdiction = "DE" });
        var two = TwoLevels();
        Assert.Equal(ReferralErrors.Unlawful, (await world.Plans.SaveAsync(world.Scope, two, "ann")).Error!.Code);
        await world.ApproveAsync();
        await world.PlanAsync(two);
        var (top, middle, low) = (await world.SellerAsync("top"), await world.SellerAsync("middle", "top"), await world.SellerAsync("low", "middle"));
        await world.SellAsync(low, "a@example.com");
        // nobody above has sold anything yet
        Assert.Equal((0L, 0L), ((await world.HasAsync("middle")).Pending, (await world.HasAsync("top")).Pending));
        await world.SellAsync(middle, "b@example.com");
        await world.SellAsync(low, "c@example.com");
        Assert.Equal((200L, 120L, 0L), ((await world.HasAsync("low")).Pending, (await world.HasAsync("middle")).Pending, (await world.HasAsync("top")).Pending));
        // who left isn't replaced by who brought them
        await world.SellAsync(top, "d@example.com");
        Ok(await world.Promoters.LeaveAsync(world.Scope, "middle"));
        await world.SellAsync(low, "e@example.com");
        Assert.Equal((300L, 120L, 100L), ((await world.HasAsync("low")).Pending, (await world.HasAsync("middle")).Pending, (await world.HasAsync("top")).Pending));
        Ok(await world.Promoters.JoinAsync(world.Scope, new PromoterJoin { UserId = "middle", Name = "middle", ConfirmsAdult = true }));
        Ok(await world.Programs.RevokeAsync(world.Scope, "ok", "root"));
        Assert.Equal(ReferralPlanState.Paused, (await world.Plans.FindAsync(world.Scope, "two"))!.State);
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Who_brought_a_seller_earns_nothing_by_what_they_buy_themselves_through_them(CommerceDialect dialect)
    {
        await using var world = await OpenTwoLevelsAsync(dialect);
        var (middle, low) = (await world.SellerAsync("middle"), await world.SellerAsync("low", "middle"));
        await world.SellAsync(middle, "b@example.com");
        await world.SellAsync(low, "m@example.com", "middle");
        Assert.Equal((100L, 100L), ((await world.HasAsync("low")).Pending, (await world.HasAsync("middle")).Pending));
        await world.SellAsync(low, "c@example.com");
        Assert.Equal((200L, 120L), ((await world.HasAsync("low")).Pending, (await world.HasAsync("middle")).Pending));

        // nor as a guest who is known by what they told on joining
        await world.JoinAsync("up", contacts: ["up@example.com"]);
        var (up, below) = (await world.LinkAsync("up"), await world.SellerAsync("below", "up"));
        await world.SellAsync(up, "d@example.com");
        await world.SellAsync(below, "Up@Example.com");
        Assert.Equal((100L, 100L), ((await world.HasAsync("below")).Pending, (await world.HasAsync("up")).Pending));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Once_counsels_approval_is_revoked_no_second_level_is_paid_not_even_of_orders_made_before(CommerceDialect dialect)
    {
        await using var world = await OpenTwoLevelsAsync(dialect);
        var (middle, low) = (await world.SellerAsync("middle"), await world.SellerAsync("low", "middle"));
        await world.SellAsync(middle, "b@example.com");
        var before = await world.OrderAsync(Request(low.Code, contact: "c@example.com"));
        Ok(await world.Programs.RevokeAsync(world.Scope, "ok", "root"));
        await world.Shop.ApplyAsync(Shop.Event(before));
        Assert.Equal((100L, 100L), ((await world.HasAsync("low")).Pending, (await world.HasAsync("middle")).Pending));
        Assert.Equal(0, await world.Shop.Commerce.CountAsync("referral_commission", "level = 2"));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_introducer_whose_own_sales_went_back_or_were_none_is_paid_no_second_level_until_one_stands(CommerceDialect dialect)
    {
        await using var world = await OpenTwoLevelsAsync(dialect);
        await world.JoinAsync("middle", address: "203.0.113.7");
        var (middle, low) = (await world.LinkAsync("middle"), await world.SellerAsync("low", "middle"));
        var own = await world.SellAsync(middle, "b@example.com");
        await world.SellAsync(low, "c@example.com");
        Assert.Equal(120L, (await world.HasAsync("middle")).Pending);
        Ok(await MoneyShop.GrantAsync(world.Shop, own, 1_000));
        // what is left is what others sold
        await world.SellAsync(low, "d@example.com");
        Assert.Equal(20L, (await world.HasAsync("middle")).Pending);

        await world.Shop.ApplyAsync(Shop.Event(await world.OrderAsync(Request(middle.Code, contact: "e@example.com", address: "203.0.113.7"))));
        Ok(await world.Review.DecideAsync(world.Scope, Assert.Single(await world.Review.ListAsync(world.Scope)).Id, uphold: true, "It was the promoter's own.", "rev"));
        Assert.Equal(PromoterState.Active, (await world.Promoters.FindAsync(world.Scope, "middle"))!.State);
        await world.SellAsync(low, "f@example.com");
        Assert.Equal(20L, (await world.HasAsync("middle")).Pending);
        await world.SellAsync(middle, "g@example.com");
        await world.SellAsync(low, "h@example.com");
        Assert.Equal(140L, (await world.HasAsync("middle")).Pending);
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_approval_of_the_version_that_an_order_was_made_under_is_the_one_that_counts(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect, program: p => p with { Jurisdiction = "DE" });
        await world.ApproveAsync("ok-2");
        await world.ApproveAsync();
        await world.PlanAsync(TwoLevels());
        var (middle, low) = (await world.SellerAsync("middle"), await world.SellerAsync("low", "middle"));
        await world.SellAsync(middle, "b@example.com");
        var before = await world.OrderAsync(Request(low.Code, contact: "c@example.com"));
        Ok(await world.Plans.SaveAsync(world.Scope, (await world.Plans.FindAsync(world.Scope, "two"))!.Plan with { ApprovalId = "ok-2" }, "ann"));
        var after = await world.OrderAsync(Request(low.Code, contact: "d@example.com"));
        Ok(await world.Programs.RevokeAsync(world.Scope, "ok", "root"));
        await world.Shop.ApplyAsync(Shop.Event(before));
        Assert.Equal(100L, (await world.HasAsync("middle")).Pending);
        await world.Shop.ApplyAsync(Shop.Event(after));
        Assert.Equal((200L, 120L), ((await world.HasAsync("low")).Pending, (await world.HasAsync("middle")).Pending));
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Once_the_shop_is_under_Chinese_law_no_second_level_is_paid_not_even_of_orders_made_before(CommerceDialect dialect)
    {
        await using var world = await OpenTwoLevelsAsync(dialect);
        var (middle, low) = (await world.SellerAsync("middle"), await world.SellerAsync("low", "middle"));
        await world.SellAsync(middle, "b@example.com");
        var before = await world.OrderAsync(Request(low.Code, contact: "c@example.com"));
        Ok(await world.Plans.MoveAsync(world.Scope, "two", ReferralPlanState.Paused, "another country", "ann"));
        Ok(await world.Programs.SaveAsync(world.Scope, (await world.Programs.FindAsync(world.Scope))! with { Jurisdiction = "CN" }, "ann"));
        await world.Shop.ApplyAsync(Shop.Event(before));
        Assert.Equal((100L, 100L), ((await world.HasAsync("low")).Pending, (await world.HasAsync("middle")).Pending));
        Assert.Equal(0, await world.Shop.Commerce.CountAsync("referral_commission", "level = 2"));
        await world.SoundAsync();
    }
}
