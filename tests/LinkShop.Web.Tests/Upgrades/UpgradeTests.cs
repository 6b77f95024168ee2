using System.Net;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;
using LinkShop.Web.Tests.Processes;
using LinkShop.Web.Tests.Shops;

namespace LinkShop.Web.Tests.Upgrades;

/// <summary>Today's server is started on data that an earlier version left.</summary>
public sealed class UpgradeTests
{
    [Theory]
    [InlineData("2026-11-28", "sqlite")]
    [InlineData("2026-11-28", "postgres")]
    public async Task An_upgraded_installation_keeps_its_pages_people_orders_and_money(string day, string database)
    {
        using var earlier = await EarlierInstallation.CopyAsync(day, database);
        await using (var server = await LinkShopServer.StartAsync(earlier.Options))
        {
            // the title and the theme come from the site's settings
            var home = await server.Client.GetStringAsync(new Uri("/cards", UriKind.Relative));
            Assert.Contains("<title>链动游戏卡</title>", home, StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(new Uri("/cards/goods/bobo", UriKind.Relative))).StatusCode);

            using var buyer = new Buyer(server);
            foreach (var order in earlier.Orders)
                Assert.Equal([order.Key], await buyer.KeysAsync(new BuyersOrder(order.Id, order.Token, order.Total)));
            var bought = (await buyer.OrderAsync("XY-100"))!;
            Assert.Equal(HttpStatusCode.OK, await buyer.PayAsync(bought));
            Assert.DoesNotContain(Assert.Single(await buyer.KeysAsync(bought)), earlier.Orders.Select(o => o.Key));

            using var admin = await ShopAdmin.SignInAsync(server);
            Assert.Contains(earlier.Orders[0].Id[..4], await admin.GetAsync("/Admin/Orders/Index"), StringComparison.Ordinal);
            // roles that the recipe made, with their permissions
            Assert.Contains("ShopManager", await admin.GetAsync("/Admin/Roles"), StringComparison.Ordinal);
        }

        var (code, report) = await LinkShopServer.RunCommandAsync("verify", earlier.Options);
        Assert.True(code == 0, report);
        Assert.Contains($"\"orders\":{earlier.Orders.Count + 1},", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-28", "sqlite")]
    [InlineData("2026-11-28", "postgres")]
    public async Task What_came_after_an_installation_is_switched_on_under_features(string day, string database)
    {
        using var earlier = await EarlierInstallation.CopyAsync(day, database);
        await using var server = await LinkShopServer.StartAsync(earlier.Options);

        using var mall = await ShopAdmin.SignInAsync(server);
        foreach (var feature in new[] { "LinkShop.Support", "LinkShop.Resale.Upstream", "LinkShop.Referrals" })
            await EnableAsync(mall, feature);
        foreach (var page in new[] { "/Admin/Messages/Index", "/Admin/Resale/Offers", "/Admin/Referrals/Plans" })
            Assert.Equal(HttpStatusCode.OK, await mall.StatusAsync(page));

        using var platform = await Person.AdministratorAsync(server);
        var features = await platform.SubmitAsync("/Admin/Features", "/Admin/Features/Enable/LinkShop.Shops");
        Assert.Equal("/Admin/Features", features.Path);
        using var owner = await Person.SignUpAsync(server, "upgraded");
        await owner.OpenAndEnterAsync("upgraded-shop", "升级后的小铺");
    }

    private static async Task EnableAsync(ShopAdmin admin, string feature)
    {
        var form = ShopAdmin.FieldsOf(await admin.GetAsync("/Admin/Features"));
        using var response = await admin.PostAsync("/Admin/Features/Enable/" + feature, form);
        Assert.True(response.IsSuccessStatusCode, $"{feature}: {response.StatusCode}");
    }
}
