using LinkShop.Commerce.Credits;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Settlement;
using LinkShop.Commerce.Tests.Ordering;

namespace LinkShop.Commerce.Tests.Credits;

public sealed class EarnedPointsTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory, MemberData(nameof(Both))]
    public async Task Points_come_with_the_release_and_go_in_proportion_as_far_as_they_are_not_spent(CommerceDialect dialect)
    {
        await using var shop = await CreditShop.OpenAsync(dialect);
        var order = await PaidAsync(shop, 333);
        Assert.Equal(0, await shop.PointsAsync());
        await ReleaseAsync(shop);
        await ReleaseAsync(shop);
        // 3.33 % of 10.00, rounded down
        Assert.Equal((33, -33), (await shop.PointsAsync(), await shop.RevenueAsync()));
        Assert.Equal("points_earned", (await shop.Credits.MovementsAsync(shop.Shop.Scope, CreditShop.Ann))[0].Reason);

        await shop.RefundAsync(order, 500);
        Assert.Equal((16, -16), (await shop.PointsAsync(), await shop.RevenueAsync()));
        // of what is spent there is nothing to take: the platform bears it
        await SpendAsync(shop, 10);
        await shop.RefundAsync(order, 500);
        Assert.Equal(0, await shop.PointsAsync());
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task A_refund_before_the_release_leaves_points_for_the_rest_only_and_guests_and_points_bring_none(CommerceDialect dialect)
    {
        await using var shop = await CreditShop.OpenAsync(dialect);
        var order = await PaidAsync(shop, 1_000);
        await shop.RefundAsync(order, 400);
        await PaidAsync(shop, 1_000, user: null);
        await PaidAsync(shop, 0);
        await shop.GiveAsync(1000, CreditKind.Points);
        var byPoints = await shop.Shop.OrderAsync(Request(1_000));
        Assert.True((await shop.PayAsync(byPoints, CreditKind.Points)).Succeeded);
        await ReleaseAsync(shop);
        Assert.Equal(60, await shop.PointsAsync());
        Assert.Equal(2, await shop.Commerce.CountAsync("orders", "points_rate = 1000"));
        await SoundAsync(shop);
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Points_that_were_earned_are_not_what_staff_take_back_of_a_grant(CommerceDialect dialect)
    {
        await using var shop = await CreditShop.OpenAsync(dialect);
        await PaidAsync(shop, 10_000);
        var grant = await shop.GiveAsync(600, CreditKind.Points);
        await ReleaseAsync(shop);
        Assert.Equal(1600, await shop.PointsAsync());
        Assert.True((await shop.PayAsync(await shop.OrderAsync(), CreditKind.Points)).Succeeded);
        Assert.Equal(0, (await shop.Credits.GrantsAsync(shop.Shop.Scope, CreditShop.Ann))[0].Left.Minor);
        Assert.Equal(CommerceErrors.InsufficientFunds, (await shop.TakeBackAsync(grant.Id)).Error!.Code);
        Assert.Equal(600, await shop.PointsAsync());
        await SoundAsync(shop);
        await shop.Shop.CorruptAsync("update orders set points_rate = 9999 where points_rate = 10000");
        Assert.Contains((await shop.Shop.VerifyAsync()).Breaches, b => b.Code == "points_above_rate");
    }

    private static OrderRequest Request(int rate, string? user = CreditShop.Ann) => Shop.Request() with { UserId = user, Policy = new OrderPolicy { PointsBasisPoints = rate } };

    private static async Task<OrderReceipt> PaidAsync(CreditShop shop, int rate, string? user = CreditShop.Ann) => await shop.Shop.PaidOrderAsync(Request(rate, user));

    private static Task ReleaseAsync(CreditShop shop)
    {
        shop.Commerce.Clock.Advance(TimeSpan.FromDays(8));
        return shop.Commerce.Get<IReleases>().SweepAsync();
    }

    private static async Task SpendAsync(CreditShop shop, long minor) => Assert.True((await shop.Commerce.Database.WriteAsync(shop.Shop.Scope, c => shop.Commerce.Get<ILedger>().PostAsync(
        c, [LedgerTransfer.Move("spent", new(CreditShop.Ann, LedgerPurpose.PointsLiability), new("", LedgerPurpose.PlatformRevenue), new Money(minor, "CNY"), "test")]))).Succeeded);

    private static async Task SoundAsync(CreditShop shop)
    {
        await shop.Shop.CorruptAsync("delete from outbox");
        await shop.SoundAsync();
    }
}
