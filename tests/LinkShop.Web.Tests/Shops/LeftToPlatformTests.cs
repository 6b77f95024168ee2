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
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Enter/" + shop);
        Assert.DoesNotContain("交给平台处理", (await admin.GetAsync(page)).Text, StringComparison.Ordinal);
        var done = await admin.SubmitAsync(page, answer, ("Approve", "true"));
        Assert.Contains("已同意", done.Text, StringComparison.Ordinal);
    }
}
