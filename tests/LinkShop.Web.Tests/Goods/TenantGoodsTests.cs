using System.Net;
using LinkShop.Testing;

namespace LinkShop.Web.Tests.Goods;

/// <summary>Two malls from the same recipe: the same ids everywhere, and still nothing of one shows or changes in the other.</summary>
public sealed class TenantGoodsTests : IAsyncLifetime
{
    private LinkShopServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        const string Second = "OrchardCore:OrchardCore_AutoSetup:Tenants:1:";
        _server = await LinkShopServer.StartAsync(new ServerOptions(Settings: new Dictionary<string, string>
        {
            [Second + "ShellName"] = "Second",
            [Second + "SiteName"] = "Second mall",
            [Second + "RequestUrlPrefix"] = "second",
            [Second + "RecipeName"] = "GameCards",
            [Second + "AdminUsername"] = LinkShopServer.AdminUser,
            [Second + "AdminEmail"] = "admin@second.example",
            [Second + "AdminPassword"] = LinkShopServer.AdminPassword,
        }));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_change_in_one_mall_is_not_seen_in_another()
    {
        using var first = await ShopAdmin.SignInAsync(_server);
        var form = ShopAdmin.FieldsOf(await first.GetAsync("/Admin/Contents/ContentItems/goods-snap/Edit"));
        form["TitlePart.Title"] = "Only in the first mall";
        form["submit.Publish"] = "submit.Publish";
        using var saved = await first.PostAsync("/Admin/Contents/ContentItems/goods-snap/Edit", form);
        saved.EnsureSuccessStatusCode();
        var pool = await first.CreatePoolAsync("First mall's pool");
        await first.ImportAsync(pool, "FIRST-1\nFIRST-2\n");

        Assert.Contains("Only in the first mall", await _server.Client.GetStringAsync("/cards/goods/snap"), StringComparison.Ordinal);
        Assert.DoesNotContain("Only in the first mall", await _server.Client.GetStringAsync("/second/goods/snap"), StringComparison.Ordinal);
        Assert.DoesNotContain("Only in the first mall", await _server.Client.GetStringAsync("/second/api/v1/products?search=first"), StringComparison.Ordinal);

        using var second = await ShopAdmin.SignInAsync(_server, "second");
        Assert.DoesNotContain("First mall's pool", WebUtility.HtmlDecode(await second.GetAsync("/Admin/KeyPools/Index")), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await second.StatusAsync($"/Admin/KeyPools/Details/{pool}"));
        Assert.Equal(HttpStatusCode.NotFound, (await second.ImportAsync(pool, "X-1\n", token: "any")).Status);
    }
}
