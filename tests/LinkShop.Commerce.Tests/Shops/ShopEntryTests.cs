using LinkShop.Commerce.Data;
using LinkShop.Commerce.Shops;

namespace LinkShop.Commerce.Tests.Shops;

public sealed class ShopEntryTests
{
    private static readonly TenantScope Platform = new("Default");
    private static readonly ShopVisitor s_ann = new("u-ann", "ann", null, Staff: false, "stamp of ann");
    private static readonly ShopOwner s_bob = new("u-bob", "bob", null);

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_code_lets_one_in_once_into_one_shop_for_a_minute(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        await using var second = commerce.SecondProcess();
        var entries = commerce.Get<IShopEntries>();
        var shop = (await ShopRegisterTests.OpenAsync(commerce.Get<IShops>(), "anns-cards")).Shop;
        var other = (await ShopRegisterTests.OpenAsync(commerce.Get<IShops>(), "anns-games")).Shop;
        var code = await entries.IssueAsync(Platform, shop, s_ann);
        Assert.Null(await entries.RedeemAsync(Platform, other, code));
        Assert.Null(await entries.RedeemAsync(new TenantScope("Elsewhere"), shop, code));
        Assert.Null(await entries.RedeemAsync(Platform, shop, code[..^1] + (code[^1] == '0' ? '1' : '0')));
        var tries = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? entries : second.Get<IShopEntries>()).RedeemAsync(Platform, shop, code)));
        Assert.Equal(s_ann, Assert.Single(tries, t => t is not null));
        Assert.Equal(0, await commerce.CountAsync("shop_entry", $"user_name = '{code}'"));

        var late = await entries.IssueAsync(Platform, shop, s_ann);
        commerce.Clock.Advance(ShopEntries.GoodFor + TimeSpan.FromSeconds(1));
        Assert.Null(await entries.RedeemAsync(Platform, shop, late));
        commerce.Clock.Advance(TimeSpan.FromHours(2));
        await entries.IssueAsync(Platform, shop, s_ann);
        Assert.Equal(1, await commerce.CountAsync("shop_entry"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Who_gave_the_shop_away_comes_in_by_no_code_made_before_or_after_and_the_platforms_people_still_do(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        var (shops, entries) = (commerce.Get<IShops>(), commerce.Get<IShopEntries>());
        var shop = (await ShopRegisterTests.OpenAsync(shops, "anns-cards")).Shop;
        var kept = (await ShopRegisterTests.OpenAsync(shops, "anns-games")).Shop;
        var (before, elsewhere) = (await entries.IssueAsync(Platform, shop, s_ann), await entries.IssueAsync(Platform, kept, s_ann));
        Assert.True((await shops.TransferAsync(Platform, shop, s_bob, "boss")).Succeeded);
        Assert.Equal(0, await commerce.CountAsync("shop_entry", $"shop = '{shop}'"));
        Assert.Null(await entries.RedeemAsync(Platform, shop, before));
        // a request that had looked up the owner before the shop was given away
        Assert.Null(await entries.RedeemAsync(Platform, shop, await entries.IssueAsync(Platform, shop, s_ann)));
        Assert.Equal(s_ann, await entries.RedeemAsync(Platform, kept, elsewhere));
        Assert.Equal(s_bob.UserId, (await entries.RedeemAsync(Platform, shop, await entries.IssueAsync(Platform, shop, new ShopVisitor(s_bob.UserId, s_bob.Name, null, Staff: false))))?.UserId);
        Assert.True((await entries.RedeemAsync(Platform, shop, await entries.IssueAsync(Platform, shop, new ShopVisitor("u-boss", "boss", null, Staff: true))))?.Staff);
        Assert.Null(await entries.RedeemAsync(Platform, "Shop999", await entries.IssueAsync(Platform, "Shop999", s_ann)));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Once_a_shop_is_given_away_none_of_the_codes_that_were_made_at_the_same_moment_is_good(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        await using var second = commerce.SecondProcess();
        for (var round = 0; round < 5; round++)
        {
            var shop = (await ShopRegisterTests.OpenAsync(commerce.Get<IShops>(), "anns-cards-" + (char)('a' + round))).Shop;
            var codes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => commerce.Get<IShopEntries>().IssueAsync(Platform, shop, s_ann)));
            var transfer = commerce.Get<IShops>().TransferAsync(Platform, shop, s_bob, "boss");
            var after = transfer.ContinueWith(async _ => await Task.WhenAll(codes.Select(code => second.Get<IShopEntries>().RedeemAsync(Platform, shop, code))), TaskScheduler.Default).Unwrap();
            var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => second.Get<IShopEntries>().IssueAsync(Platform, shop, s_ann)));
            await Task.WhenAll(codes.Take(2).Select(code => commerce.Get<IShopEntries>().RedeemAsync(Platform, shop, code)));
            Assert.True((await transfer).Succeeded);
            Assert.All(await after, Assert.Null);
            Assert.All(await Task.WhenAll(made.Select(code => second.Get<IShopEntries>().RedeemAsync(Platform, shop, code))), Assert.Null);
        }
    }
}
