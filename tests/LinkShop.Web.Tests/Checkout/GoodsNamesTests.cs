using System.Globalization;
using System.Net;
using LinkShop.Http;
using LinkShop.Testing;

namespace LinkShop.Web.Tests.Checkout;

[Collection("mall")]
public sealed class GoodsNamesTests(MallFixture mall)
{
    [Theory]
    [InlineData("en", "Dawnmech coaching", "Dawnmech coaching · 1 hour", "破晓机兵")]
    [InlineData("zh-CN", "破晓机兵 教练陪练", "破晓机兵 教练陪练 · 1 小时", "Dawnmech coaching")]
    public async Task Lists_evidence_and_a_buyers_orders_name_the_goods_in_the_readers_language(string culture, string title, string name, string other)
    {
        var coaching = (await mall.GoodsAsync()).Single(g => g.SkuId == "CO-1H");
        var contact = MallFixture.Unique("names") + "@test.example";
        var fields = new { nickname = "Lee", phone = "13800138000", slot = "晚上 19:00–22:00" };
        var order = await mall.OrderAsync(coaching, contact: contact, fields: fields);
        await mall.OrderAsync(coaching, contact: contact, fields: fields);
        using var paid = await mall.CallbackAsync(order);
        Assert.Equal(HttpStatusCode.OK, paid.StatusCode);

        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        Shows(await ReadAsync(admin, "Admin/Orders/Index?q=" + order.Number), title);
        Shows(await ReadAsync(admin, "Admin/Evidence/Index/" + order.OrderId), name);

        using var buyer = mall.Server.NewClient();
        var form = await ReadAsync(buyer, "orders/lookup");
        using var found = await buyer.PostAsync(new Uri($"/{LinkShopServer.Mall}/orders/lookup?culture={culture}", UriKind.Relative), new FormUrlEncodedContent(
        [
            new("Contact", contact), new("Password", "a password"), new("__RequestVerificationToken", MallFixture.Hidden(form, "__RequestVerificationToken")),
        ]));
        Shows(WebUtility.HtmlDecode(await found.Content.ReadAsStringAsync()), title);

        void Shows(string page, string text)
        {
            Assert.Contains(text, page, StringComparison.Ordinal);
            Assert.DoesNotContain(other, page, StringComparison.Ordinal);
        }

        async Task<string> ReadAsync(HttpClient client, string path) =>
            WebUtility.HtmlDecode(await client.GetStringAsync(new Uri($"/{LinkShopServer.Mall}/{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}culture={culture}", UriKind.Relative)));
    }

    [Theory]
    [InlineData("""{"titles":{"en":"Card","zh-CN":"卡"},"variants":{"en":"Ten"}}""", "en-GB", "Card · Ten")]
    [InlineData("""{"titles":{"en":"Card","zh-CN":"卡"},"variants":{"en":"Ten"}}""", "zh-CN", "卡 · 十")]
    [InlineData("""{"titles":{"en":""}}""", "en", "牌 · 十")]
    [InlineData("{}", "en", "牌 · 十")]
    [InlineData("not json", "en", "牌 · 十")]
    public void A_name_falls_back_to_the_one_on_the_line(string snapshot, string culture, string name) =>
        Assert.Equal(name, GoodsNames.Of(snapshot, "牌", "十", CultureInfo.GetCultureInfo(culture)));
}
