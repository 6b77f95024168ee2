using LinkShop.Commerce.Data;
using LinkShop.Commerce.Shops;

namespace LinkShop.Commerce.Tests.Shops;

public sealed class ShopPlaceTests
{
    private static readonly TenantScope Platform = new("Default");

    [Theory]
    [InlineData("coolstore", "coolstore", null)]
    [InlineData(" CoolStore/ ", "coolstore", null)]
    [InlineData("/coolstore", "coolstore", null)]
    [InlineData("https://mall.example/coolstore", "coolstore", null)]
    [InlineData("http://mall.example:5000/coolstore/products/1?x=1#y", "coolstore", null)]
    [InlineData("mall.example/coolstore", "coolstore", null)]
    [InlineData("shops.test/coolstore", "coolstore", null)]
    [InlineData("coolstore.shops.test", "coolstore", null)]
    [InlineData("https://coolstore.shops.test/about", "coolstore", null)]
    [InlineData("coolstore.cn", null, "coolstore.cn")]
    [InlineData("https://www.CoolStore.cn/goods", null, "www.coolstore.cn")]
    [InlineData("https://酷店.中国", null, "xn--hxt854i.xn--fiqs8s")]
    [InlineData("", null, null)]
    [InlineData("https://", null, null)]
    [InlineData("https://mall.example", null, null)]
    [InlineData("https://coolstore", null, null)]
    [InlineData("coolstore/products", null, null)]
    [InlineData("a.coolstore.shops.test", null, null)]
    [InlineData("www.shops.test", null, null)]
    [InlineData("cool store", null, null)]
    [InlineData("10.0.0.1/coolstore", null, null)]
    public void An_address_is_read_as_people_copy_it_and_a_domain_is_never_taken_for_a_name_below_the_platform(string typed, string? slug, string? domain)
    {
        var place = ShopPlace.Read(typed, "shops.test", ["mall.example"]);
        Assert.Equal((slug, domain), (place?.Slug, place?.Domain));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_place_is_one_shops_or_nobodys(CommerceDialect dialect)
    {
        await using var commerce = await TestCommerce.StartAsync(dialect);
        var (shops, domains) = (commerce.Get<IShops>(), commerce.Get<IShopDomains>());
        var ann = (await ShopRegisterTests.OpenAsync(shops, "coolstore")).Shop;
        var bob = (await ShopRegisterTests.OpenAsync(shops, "bobs-cards")).Shop;
        var wanted = (await domains.AddAsync(Platform, bob, "coolstore.cn", "bob")).Value;
        Assert.Null(await AtAsync(new(null, "coolstore.cn")));
        Assert.True((await domains.RecordAsync(Platform, wanted, new DomainProof(DomainProofMethod.Platform))).Succeeded);
        Assert.Equal((bob, ann, null), (await AtAsync(new(null, "coolstore.cn")), await AtAsync(new("coolstore", null)), await AtAsync(new("nobody", null))));
        await shops.RenameAsync(Platform, ann, "hotstore", "ann");
        Assert.Equal((ann, ann), (await AtAsync(new("coolstore", null)), await AtAsync(new("hotstore", null))));
        Assert.Null(await shops.AtAsync(new TenantScope("Elsewhere"), new("hotstore", null)));

        async Task<string?> AtAsync(ShopPlace place) => (await shops.AtAsync(Platform, place))?.Shop;
    }
}
