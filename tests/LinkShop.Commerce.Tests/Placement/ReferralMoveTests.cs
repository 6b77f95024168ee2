using LinkShop.Commerce.Data;
using LinkShop.Commerce.Placement;
using LinkShop.Commerce.Placement.Moving;
using LinkShop.Commerce.Tests.Referrals;
using LinkShop.Commerce.Tests.Splits;
using static LinkShop.Commerce.Tests.TestCommerce;

namespace LinkShop.Commerce.Tests.Placement;

/// <summary>What promoters brought and earned goes with the shop, although nobody may ever change or delete it.</summary>
public sealed class ReferralMoveTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Promoters_their_sales_and_who_brought_them_move_there_and_back_among_others_numbers(CommerceDialect dialect)
    {
        await using var world = await ReferralWorld.OpenAsync(dialect, two: true);
        var shop = world.Shop;
        // a stranger's promoters have the numbers that ours come with
        shop.Commerce.Placement.Places[Other.Tenant] = new CommercePlace(Second, false);
        ReferralWorld.Ok(await world.Programs.SaveAsync(Other, new(), "ann"));
        foreach (var user in new[] { "x", "y", "z" })
            ReferralWorld.Ok(await world.Promoters.JoinAsync(Other, new() { UserId = user, Name = user, ConfirmsAdult = true }));
        var link = await world.SellerAsync("ann");
        var second = await world.SellerAsync("bob", broughtBy: "ann");
        await world.ClickAsync(link);
        var order = await world.SellAsync(link);
        await world.SellAsync(second, "other@example.com");
        await world.Maintenance.FoldAsync();
        await world.SellAsync(link, "third@example.com");
        Assert.Equal((200L, 0L, 0L), await world.HasAsync("ann"));

        foreach (var (from, to) in new[] { ("", Second), (Second, "") })
        {
            await TenantMoveTests.MoveAsync(shop, from, to);
            Assert.Equal(0, await shop.Commerce.Store(from).CountAsync(Mall.Tenant));
            Assert.Equal((200L, 0L, 0L), await world.HasAsync("ann"));
            Assert.Equal(2, (await world.Records.OfPromoterAsync(world.Scope, "ann")).Count);
            await world.SoundAsync();
        }

        // counting, bringing, selling, refunding and releasing go on on the second database
        await TenantMoveTests.MoveAsync(shop, "", Second);
        Assert.NotEqual(0, await world.Maintenance.FoldAsync());
        await world.SellAsync(await world.SellerAsync("cid", broughtBy: "bob"), "fourth@example.com");
        ReferralWorld.Ok(await MoneyShop.GrantAsync(shop, order, 500));
        await world.SoundAsync();
        Assert.NotEqual(0, await world.ReleaseAsync());
        Assert.Equal((0L, 150L, 0L), await world.HasAsync("ann"));
        Assert.Equal((0L, 100L, 0L), await world.HasAsync("cid"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task While_a_shop_moves_clicks_counters_and_releases_of_its_promoters_wait(CommerceDialect dialect)
    {
        await using var world = await ReferralWorld.OpenAsync(dialect, two: true);
        var link = await world.SellerAsync("ann");
        await world.SellAsync(link);
        world.Shop.Commerce.Clock.Advance(TimeSpan.FromDays(31));
        var store = world.Shop.Commerce.Store("");
        await store.GuardAsync(Mall.Tenant);
        var rows = await store.CountAsync(Mall.Tenant);
        Assert.Equal(0, await world.Maintenance.FoldAsync());
        Assert.Equal(0, await world.Maintenance.ReleaseAsync());
        await Assert.ThrowsAsync<TenantMovingException>(() => world.Maintenance.ScanAsync(world.Scope));
        Assert.Equal(rows, await store.CountAsync(Mall.Tenant));
        await store.ReleaseAsync(Mall.Tenant);
        Assert.Equal(1, await world.Maintenance.ReleaseAsync());
        Assert.NotEqual(0, await world.Maintenance.FoldAsync());
    }
}
