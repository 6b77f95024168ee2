using System.Net;
using LinkShop.Web.Tests.Goods;

namespace LinkShop.Web.Tests.Shops;

/// <summary>A shop leaves a buyer's request for money to its platform.</summary>
[Collection("shops")]
public sealed class LeftToPlatformTests(ShopPlatforms platforms)
{
    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task What_an_owner_leaves_to_the_platform_waits_there_and_only_the_platform_answers_it(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var admin = await Person.AdministratorAsync(server);
        using var buyer = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        var (order, token, total) = await RunningTests.OrderAsync(server, slug, await RunningTests.SellAsync(ann, slug));
        await RunningTests.PayAsync(server, slug, order, token, total);
        var asked = await buyer.SubmitAsync($"/{slug}/orders/{order}?token={Uri.EscapeDataString(token)}", $"/{slug}/orders/{order}/refund", ("Amounts[1]", "0.10"), ("Reason", "KeyInvalid"), ("Text", "It is used up."));
        Assert.Equal(HttpStatusCode.OK, asked.Status);

        var (page, answer) = ($"/{slug}/Admin/Orders/Detail/{order}", $"/{slug}/Admin/Orders/Answer/{order}");
        Assert.Contains("交给平台处理", (await ann.GetAsync(page)).Text, StringComparison.Ordinal);
        var form = ShopAdmin.FieldsOf((await ann.GetAsync(page)).Html);
        // a request that there isn't
        Assert.Equal(HttpStatusCode.NotFound, (await ann.PostAsync($"/{slug}/Admin/Orders/HandOver/{order}", new Dictionary<string, string>(form) { ["Request"] = "none" })).Status);
        var left = await ann.PostAsync($"/{slug}/Admin/Orders/HandOver/{order}", form);
        Assert.Contains("这笔申请已交给平台裁决", left.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"action=\"{answer}\"", left.Html, StringComparison.Ordinal);
        // with the form that was open before
        var late = await ann.PostAsync(answer, new Dictionary<string, string>(form) { ["Approve"] = "true" });
        Assert.Contains("这要由平台决定", late.Text, StringComparison.Ordinal);

        Assert.Contains("待平台裁决的退款申请", (await admin.GetAsync("/Admin/ShopWaiting/Index")).Text, StringComparison.Ordinal);
        Assert.Matches("id=\"waiting-shops\">[^<]*待您处理[^<]*<a href=\"/Admin/ShopWaiting/Index\"", (await admin.GetAsync("/Admin")).Html);
        // what all shops' money is together is nobody else's to see
        var all = await admin.GetAsync("/Admin/ShopMoney/Index");
        foreach (var seen in new[] { "全部店铺的资金", "商家待结算", "沙箱" })
            Assert.Contains(seen, all.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("账目相差", all.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.GetAsync("/Admin/ShopMoney/Index")).Status);
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Enter/" + shop);
        Assert.DoesNotContain("交给平台处理", (await admin.GetAsync(page)).Text, StringComparison.Ordinal);
        var done = await admin.SubmitAsync(page, answer, ("Approve", "true"));
        Assert.Contains("已同意", done.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task A_buyer_whom_the_shop_declined_asks_the_platform_once_and_reads_its_answer(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var admin = await Person.AdministratorAsync(server);
        using var buyer = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        var (order, token, total) = await RunningTests.OrderAsync(server, slug, await RunningTests.SellAsync(ann, slug));
        await RunningTests.PayAsync(server, slug, order, token, total);
        var (page, refund) = ($"/{slug}/orders/{order}", $"/{slug}/orders/{order}/refund");
        (string, string)[] wish = [("Amounts[1]", "0.10"), ("Reason", "KeyInvalid"), ("Text", "It is used up.")];
        // before the shop was asked there is nothing to decide
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await buyer.SubmitAsync($"{page}?token={Uri.EscapeDataString(token)}", refund, [.. wish, ("ToPlatform", "true")])).Status);
        await buyer.SubmitAsync(page, refund, wish);
        await ann.SubmitAsync($"/{slug}/Admin/Orders/Detail/{order}", $"/{slug}/Admin/Orders/Answer/{order}", ("Approve", "false"), ("Note", "It worked here."));
        var declined = await buyer.GetAsync(page);
        Assert.Contains("店铺答复：It worked here.", declined.Text, StringComparison.Ordinal);
        Assert.Contains("请平台裁决", declined.Text, StringComparison.Ordinal);
        var desk = ShopPlatforms.Word() + "@test.example";
        await admin.SubmitAsync("/Admin/CheckoutSettings", "/Admin/CheckoutSettings", ("ShopMail", desk));
        var asked = await buyer.SubmitAsync(page, refund, [.. wish, ("ToPlatform", "true")]);
        await Mails.FindAsync(server.DataPath, desk, "店铺 Ann 有退款申请待裁决", "/Admin/ShopWaiting/Index");
        await Mails.InAsync(server.DataPath, shop, ann.Mail, "退款申请已转平台裁决", order);
        Assert.Contains("正由平台裁决", asked.Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"action=\"/{slug}/Admin/Orders/Answer/{order}\"", (await ann.GetAsync($"/{slug}/Admin/Orders/Detail/{order}")).Html, StringComparison.Ordinal);

        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Enter/" + shop);
        await admin.SubmitAsync($"/{slug}/Admin/Orders/Detail/{order}", $"/{slug}/Admin/Orders/Answer/{order}", ("Approve", "false"), ("Note", "We saw it used by you."));
        var answered = await buyer.GetAsync(page);
        Assert.Contains("平台答复：We saw it used by you.", answered.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("请平台裁决", answered.Text, StringComparison.Ordinal);
    }
}
