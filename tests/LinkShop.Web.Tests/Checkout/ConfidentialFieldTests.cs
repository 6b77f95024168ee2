using System.Net;
using LinkShop.Testing;
using LinkShop.Web.Tests.Finance;

namespace LinkShop.Web.Tests.Checkout;

/// <summary>What buyers tell in confidence (a game's password), and the staff who need it to deliver.</summary>
[Collection("mall")]
public sealed class ConfidentialFieldTests(MallFixture mall)
{
    [Fact]
    public async Task Staff_who_deliver_read_it_on_request_and_the_history_names_them()
    {
        var order = await BoostAsync("hunter-2-secret");
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var page = await admin.ReadAsync("/Admin/Orders/Detail/" + order.OrderId);
        Assert.DoesNotContain("hunter-2-secret", page, StringComparison.Ordinal);
        Assert.Contains("/Admin/Orders/RevealFields/" + order.OrderId, page, StringComparison.Ordinal);

        using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", MallFixture.Hidden(page, "__RequestVerificationToken")), new("line", "1")]);
        using var response = await admin.PostAsync(MallPages.At("/Admin/Orders/RevealFields/" + order.OrderId), content);
        var shown = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        Assert.Contains("游戏密码: hunter-2-secret", shown, StringComparison.Ordinal);
        Assert.Contains("查看了买家的保密信息", shown, StringComparison.Ordinal);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal(LinkShopServer.AdminUser, mall.Text($"select actor from order_log where order_id = '{order.OrderId}' and kind = 'fields_revealed'"));
        Assert.DoesNotContain("hunter-2-secret", await admin.ReadAsync("/Admin/Orders/Detail/" + order.OrderId), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_else_reads_it_and_no_page_of_another_site_asks_for_it()
    {
        var order = await BoostAsync("hunter-3-secret");
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (accountant, _) = await mall.UserAsync(admin, "Accountant");
        using var signedIn = accountant;
        var page = await accountant.ReadAsync("/Admin/Orders/Detail/" + order.OrderId);
        Assert.DoesNotContain("RevealFields", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await accountant.PostAsync("/Admin/Orders/RevealFields/" + order.OrderId, page, ("line", "1"))).Status);
        using var bare = new FormUrlEncodedContent([KeyValuePair.Create("line", "1")]);
        using var forged = await admin.PostAsync(MallPages.At("/Admin/Orders/RevealFields/" + order.OrderId), bare);
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var other = await mall.SignInAsync(MallFixture.OtherMall);
        var there = await other.PostAsync("/Admin/Orders/RevealFields/" + order.OrderId, await other.ReadAsync("/Admin/Orders/Index", MallFixture.OtherMall), MallFixture.OtherMall, ("line", "1"));
        Assert.Equal(HttpStatusCode.NotFound, there.Status);

        Assert.Equal(0, mall.Stored($"select count(*) from order_log where order_id = '{order.OrderId}' and kind = 'fields_revealed'"));
    }

    private async Task<PlacedOrder> BoostAsync(string secret)
    {
        var boost = (await mall.GoodsAsync()).Single(g => g.SkuId == "XB-10");
        var order = await mall.OrderAsync(boost, fields: new { account = "momo-player", password = secret, server = "电信二区 · 野火" });
        using (await mall.CallbackAsync(order)) { }
        return order;
    }
}
