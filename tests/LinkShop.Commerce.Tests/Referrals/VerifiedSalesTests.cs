using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Referrals;
using LinkShop.Commerce.Tests.Splits;
using static LinkShop.Commerce.Tests.Referrals.ReferralWorld;

namespace LinkShop.Commerce.Tests.Referrals;

/// <summary>A plan that asks for own sales or own orders asks for verified ones: delivered, paid still, the refund window over, by no promoter.</summary>
public sealed class VerifiedSalesTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite, "own_sales", "10000")]
    [InlineData(CommerceDialect.Postgres, "own_sales", "10000")]
    [InlineData(CommerceDialect.Sqlite, "own_orders", "1")]
    [InlineData(CommerceDialect.Postgres, "own_orders", "1")]
    public async Task Own_sales_open_a_plan_when_they_are_verified_and_close_it_when_they_went_back(CommerceDialect dialect, string fact, string value)
    {
        await using var world = await OpenAsync(dialect);
        var ann = await world.SellerAsync("ann");
        await world.JoinAsync("bob");
        world.Shop.Commerce.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.PlanAsync(Plan("best") with { Eligibility = [new(fact, "at_least", value)] });
        async Task<string?> PlanAsync() => (await world.Plans.OfLinkAsync(world.Scope, ann, "CNY"))?.Id;

        var friend = await world.SellAsync(ann, "friend@example.com", quantity: 10);
        await world.SellAsync(ann, "bob@example.com", "bob");
        await world.Maintenance.FoldAsync();
        Assert.Equal("plan", await PlanAsync());
        await world.NightAsync(1);
        Assert.Equal("plan", await PlanAsync());
        await world.NightAsync(20);
        Assert.Equal("best", await PlanAsync());
        Ok(await MoneyShop.GrantAsync(world.Shop, friend, 10_000));
        await world.NightAsync(1);
        Assert.Equal("plan", await PlanAsync());
        await world.SoundAsync();
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Verified_sales_are_kept_by_currency_and_moved_by_nothing_but_the_night(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.PlanAsync(Plan("dollars") with { Currency = "USD" });
        await world.Shop.CardsAsync("dear", 20, o => o with { Price = new Money(700, "USD"), Merchant = "mer" });
        var ann = await world.SellerAsync("ann");
        await world.SellAsync(ann, "x@example.com", quantity: 2);
        await world.SellAsync(ann, "y@example.com");
        await world.Shop.ApplyAsync(Ordering.Shop.Event(await world.OrderAsync(Request(ann.Code, contact: "z@example.com", sku: "dear"))));
        world.Shop.Commerce.Clock.Advance(TimeSpan.FromDays(20));
        for (var night = 0; night < 2; night++)
        {
            await world.Maintenance.ScanAsync(world.Scope);
            var kept = await world.Shop.Commerce.Database.ReadAsync(world.Scope, c => c.QueryAsync<(string, string, long, long)>("select promoter, currency, sales, orders from referral_verified where tenant = @tenant order by currency"));
            Assert.Equal([("ann", "CNY", 3_000L, 2L), ("ann", "USD", 700L, 1L)], kept);
        }
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_is_kept_follows_what_goes_back_and_what_is_disputed_in_its_own_currency(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.PlanAsync(Plan("dollars") with { Currency = "USD" });
        await world.Shop.CardsAsync("dear", 20, o => o with { Price = new Money(1_000, "USD"), Merchant = "mer" });
        var ann = await world.SellerAsync("ann");
        var dollars = await world.OrderAsync(Request(ann.Code, contact: "z@example.com", sku: "dear"));
        await world.Shop.ApplyAsync(Ordering.Shop.Event(dollars));
        Assert.Equal([("USD", 1_000L, 1L)], await NightAsync(20));
        // as much and as many of another currency
        await world.SellAsync(ann, "x@example.com");
        Assert.Equal([("CNY", 1_000L, 1L), ("USD", 1_000L, 1L)], await NightAsync(20));

        var disputed = await world.SellAsync(ann, "y@example.com", quantity: 2);
        await world.Shop.ApplyAsync(Ordering.Shop.Event(disputed, PaymentEventKind.Disputed));
        Ok(await MoneyShop.GrantAsync(world.Shop, dollars, 1_000));
        Assert.Equal([("CNY", 1_000L, 1L), ("USD", 0L, 0L)], await NightAsync(20));
        await world.Shop.ApplyAsync(Ordering.Shop.Event(disputed, PaymentEventKind.DisputeWon));
        Ok(await MoneyShop.GrantAsync(world.Shop, disputed, 500));
        Assert.Equal([("CNY", 2_500L, 2L), ("USD", 0L, 0L)], await NightAsync(0));

        async Task<IReadOnlyList<(string, long, long)>> NightAsync(int days)
        {
            await world.NightAsync(days);
            return await KeptAsync(world, "ann");
        }
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Sales_in_another_currency_open_no_plan(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        await world.PlanAsync(Plan("dollars") with { Currency = "USD" });
        await world.Shop.CardsAsync("dear", 20, o => o with { Price = new Money(1_000, "USD"), Merchant = "mer" });
        var ann = await world.SellerAsync("ann");
        world.Shop.Commerce.Clock.Advance(TimeSpan.FromSeconds(1));
        await world.PlanAsync(Plan("best") with { Eligibility = [new("own_sales", "at_least", "1000")] });
        await world.Shop.ApplyAsync(Ordering.Shop.Event(await world.OrderAsync(Request(ann.Code, contact: "z@example.com", sku: "dear"))));
        Assert.Equal("plan", await NightAsync());
        await world.SellAsync(ann, "x@example.com");
        Assert.Equal("best", await NightAsync());

        async Task<string?> NightAsync()
        {
            await world.NightAsync();
            return (await world.Plans.OfLinkAsync(world.Scope, ann, "CNY"))?.Id;
        }
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task As_much_by_more_orders_is_kept_as_more_orders(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var ann = await world.SellerAsync("ann");
        var both = await world.SellAsync(ann, "x@example.com", quantity: 2);
        await world.NightAsync();
        Assert.Equal([("CNY", 2_000L, 1L)], await KeptAsync(world, "ann"));
        Ok(await MoneyShop.GrantAsync(world.Shop, both, 2_000));
        await world.SellAsync(ann, "y@example.com");
        await world.SellAsync(ann, "z@example.com");
        await world.NightAsync();
        Assert.Equal([("CNY", 2_000L, 2L)], await KeptAsync(world, "ann"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Neither_what_a_case_about_the_promoter_took_back_nor_a_sham_sale_whose_reward_was_released_is_verified(CommerceDialect dialect)
    {
        await using var world = await OpenAsync(dialect);
        var sales = new Dictionary<string, string>();
        foreach (var name in new[] { "ann", "bob", "good" })
            sales[name] = (await world.SellAsync(await world.SellerAsync(name), name + "1@example.com")).OrderId;
        Ok(await world.Review.DecideAsync(world.Scope, Ok(await world.Review.OpenAsync(world.Scope, "ann", null, "Odd.", "rev")).Id, uphold: true, "It was.", "rev"));
        await world.ReleaseAsync();
        Assert.Equal((0L, 100L, 0L), await world.HasAsync("bob"));
        Ok(await world.Review.DecideAsync(world.Scope, Ok(await world.Review.OpenAsync(world.Scope, "bob", sales["bob"], "Odd.", "rev")).Id, uphold: true, "It was.", "rev"));
        await world.Maintenance.ScanAsync(world.Scope);
        Assert.Empty(await KeptAsync(world, "ann"));
        Assert.Empty(await KeptAsync(world, "bob"));
        Assert.Equal([("CNY", 1_000L, 1L)], await KeptAsync(world, "good"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_case_against_who_brought_the_seller_takes_nothing_of_what_the_seller_sold(CommerceDialect dialect)
    {
        await using var world = await OpenTwoLevelsAsync(dialect);
        var (middle, low) = (await world.SellerAsync("middle"), await world.SellerAsync("low", "middle"));
        await world.SellAsync(middle, "b@example.com");
        var sale = await world.SellAsync(low, "c@example.com");
        Ok(await world.Review.DecideAsync(world.Scope, Ok(await world.Review.OpenAsync(world.Scope, "middle", sale.OrderId, "Odd.", "rev")).Id, uphold: true, "It was.", "rev"));
        await world.NightAsync();
        Assert.Equal([("CNY", 1_000L, 1L)], await KeptAsync(world, "low"));
    }

    private static Task<IReadOnlyList<(string, long, long)>> KeptAsync(ReferralWorld world, string promoter) => world.Shop.Commerce.Database.ReadAsync(
        world.Scope, c => c.QueryAsync<(string, long, long)>("select currency, sales, orders from referral_verified where tenant = @tenant and promoter = @promoter order by currency", new { promoter }));
}
