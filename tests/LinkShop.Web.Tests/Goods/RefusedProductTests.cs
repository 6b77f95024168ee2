using LinkShop.Commerce;
using LinkShop.Commerce.Offers;
using LinkShop.VirtualGoods.Models;
using LinkShop.Web.Tests.Shops;
using Microsoft.Extensions.DependencyInjection;
using OrchardCore.ContentManagement;
using OrchardCore.Title.Models;

namespace LinkShop.Web.Tests.Goods;

/// <summary>A product that no editor checked, and that the checkout doesn't take as it is.</summary>
public abstract class RefusedProductTests(ShopRoutes shops)
{
    [Fact]
    public async Task A_publication_that_the_checkout_refused_is_said_where_products_are_and_gone_when_it_is_mended()
    {
        Assert.SkipWhen(shops.WhyNot is not null, shops.WhyNot ?? "");
        var scope = new TenantScope(shops.Shops["ann"]);
        await PublishAsync("first", 100);
        var second = await PublishAsync("second", 900);
        await OffersAsync(async offers => Assert.Equal(100, (await offers.GetAsync(scope, "SAME"))!.Price.Minor));

        await using var staff = await shops.StaffAsync("ann", "anns-goods", "Owner");
        var cookies = await shops.SignInAsync("/ann", "anns-goods");
        var list = await ReadAsync(cookies, "/Admin/Products");
        Assert.Contains("有 1 件商品已发布，但结账端未按发布的内容销售", list, StringComparison.Ordinal);
        Assert.Equal(2, list.Split("未到结账端").Length);
        Assert.Contains("Another product has a variant with this id.", await ReadAsync(cookies, $"/Admin/Contents/ContentItems/{second}/Edit"), StringComparison.Ordinal);

        await shops.InAsync(scope.Tenant, async services =>
        {
            var contents = services.GetRequiredService<IContentManager>();
            var item = (await contents.GetAsync(second, VersionOptions.DraftRequired))!;
            item.Alter<VirtualGoodsPart>(part => part.Skus[0].Id = "OTHER");
            await contents.PublishAsync(item);
        });
        await OffersAsync(async offers => Assert.Equal(900, (await offers.GetAsync(scope, "OTHER"))!.Price.Minor));
        Assert.DoesNotContain("未到结账端", await ReadAsync(cookies, "/Admin/Products"), StringComparison.Ordinal);

        Task OffersAsync(Func<IOfferCatalog, Task> look) => shops.InAsync(scope.Tenant, services => look(services.GetRequiredService<IOfferCatalog>()));
    }

    private async Task<string> ReadAsync(string cookies, string path)
    {
        using var client = shops.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("http://localhost/ann" + path));
        request.Headers.Add("Cookie", cookies);
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return System.Net.WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }

    private async Task<string> PublishAsync(string title, long price)
    {
        var id = "";
        await shops.InAsync(shops.Shops["ann"], async services =>
        {
            var contents = services.GetRequiredService<IContentManager>();
            var item = await contents.NewAsync("Product");
            item.DisplayText = title;
            item.Alter<TitlePart>(part => part.Title = title);
            item.Alter<VirtualGoodsPart>(part => part.Skus = [new SkuDefinition { Id = "SAME", PriceMinor = price, Delivery = DeliveryKind.Manual }]);
            await contents.CreateAsync(item, VersionOptions.Published);
            id = item.ContentItemId;
        });
        return id;
    }
}

/// <summary>On SQLite.</summary>
public sealed class SqliteRefusedProductTests(ShopRoutes shops) : RefusedProductTests(shops), IClassFixture<ShopRoutes>;

/// <summary>On PostgreSQL.</summary>
[Collection("shops in this process on PostgreSQL")]
public sealed class PostgresRefusedProductTests(PostgresShopRoutes shops) : RefusedProductTests(shops);
