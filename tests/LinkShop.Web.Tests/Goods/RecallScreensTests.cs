using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;
using LinkShop.Web.Tests.Finance;

namespace LinkShop.Web.Tests.Goods;

/// <summary>What is left to do after a recall, for as long as it takes.</summary>
[Collection("mall")]
public sealed class RecallScreensTests(MallFixture mall)
{
    [Fact]
    public async Task A_recall_leads_to_the_orders_that_have_keys_and_can_be_looked_at_again()
    {
        using var admin = await ShopAdmin.SignInAsync(mall.Server);
        var pool = await admin.CreatePoolAsync(MallFixture.Unique("recall"));
        await admin.ImportAsync(pool, $"BAD-{pool}-1\nBAD-{pool}-2\nBAD-{pool}-3\n");
        var goods = mall.Card with { SkuId = await SellAsync(admin, pool) };
        var (sold, waits) = (await mall.OrderAsync(goods), await mall.OrderAsync(goods));
        using (await mall.CallbackAsync(sold))
        using (await mall.CallbackAsync(waits))
        {
        }

        var unpaid = await mall.OrderAsync(goods);
        var details = await admin.GetAsync($"/Admin/KeyPools/Details/{pool}");
        var action = Regex.Match(details, "action=\"/cards(/Admin/KeyPools/[^\"]*Recall[^\"]*)\"").Groups[1].Value;
        using var done = await admin.PostAsync(WebUtility.HtmlDecode(action), ShopAdmin.FieldsOf(details));
        var shown = await done.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Contains("1 笔未付款订单因没有可替换的卡密已取消", shown, StringComparison.Ordinal);
        foreach (var order in new[] { sold, waits })
            Assert.Matches($"/Admin/Orders/Detail/{order.OrderId}\"[^>]*>{order.Number}<", shown);
        Assert.DoesNotContain(unpaid.OrderId, shown, StringComparison.Ordinal);
        Assert.Equal("Cancelled", mall.Text($"select state from orders where id = '{unpaid.OrderId}'"));

        // the same list later, from the pool
        var link = Regex.Match(await admin.GetAsync($"/Admin/KeyPools/Details/{pool}"), "href=\"/cards(/Admin/KeyPools/[^\"]*Recalled[^\"]*)\"").Groups[1].Value;
        Assert.Contains(sold.Number, await admin.GetAsync(WebUtility.HtmlDecode(link)), StringComparison.Ordinal);
        using var staff = await mall.SignInAsync(LinkShopServer.Mall);
        var (clerk, _) = await mall.UserAsync(staff, "Support");
        using var client = clerk;
        using var refused = await client.GetAsync(MallPages.At(WebUtility.HtmlDecode(link)));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private static async Task<string> SellAsync(ShopAdmin admin, long pool)
    {
        const string part = "VirtualGoodsPart.Skus[0].";
        const string create = "/Admin/Contents/ContentTypes/Product/Create";
        var sku = "RECALL-" + Guid.NewGuid().ToString("n")[..8];
        var form = ShopAdmin.FieldsOf(await admin.GetAsync(create));
        form["TitlePart.Title"] = form[part + "Id"] = sku;
        form[part + "Price"] = "10.00";
        form[part + "Delivery"] = "CardKey";
        form[part + "PoolId"] = pool.ToString(CultureInfo.InvariantCulture);
        form["submit.Publish"] = "submit.Publish";
        using var made = await admin.PostAsync(create, form);
        made.EnsureSuccessStatusCode();
        return sku;
    }
}
