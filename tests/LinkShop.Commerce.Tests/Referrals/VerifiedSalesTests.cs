using LinkShop.Commerce.Data;
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
        async Task NightAsync(int days)
        {
            world.Shop.Commerce.Clock.Advance(TimeSpan.FromDays(days));
            await world.Maintenance.ScanAsync(world.Scope);
        }

        var friend = await world.SellAsync(ann, "friend@example.com", quantity: 10);
        await world.SellAsync(ann, "bob@example.com", "bob");
        await world.Maintenance.FoldAsync();
        Assert.Equal("plan", await PlanAsync());
        await NightAsync(1);
        Assert.Equal("plan", await PlanAsync());
        await NightAsync(20);
        Assert.Equal("best", await PlanAsync());
        Ok(await MoneyShop.GrantAsync(world.Shop, friend, 10_000));
        await NightAsync(1);
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
}
