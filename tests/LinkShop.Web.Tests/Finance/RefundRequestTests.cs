using System.Net;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;

namespace LinkShop.Web.Tests.Finance;

/// <summary>Buyers ask for their money back on their order's page.</summary>
[Collection("mall")]
public sealed class RefundRequestTests(MallFixture mall)
{
    [Fact]
    public async Task A_buyer_asks_for_money_back_on_the_orders_page_once_and_reads_the_answer_there()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var order = await mall.OrderAsync();
        await admin.PostAsync($"/Admin/Orders/Confirm/{order.OrderId}", await admin.ReadAsync($"/Admin/Orders/Detail/{order.OrderId}"), ("reason", "seen at the bank"));
        using var buyer = mall.Server.NewClient();
        var page = WebUtility.HtmlDecode(await buyer.GetStringAsync(MallPages.At($"/orders/{order.OrderId}?token={Uri.EscapeDataString(order.Token)}")));
        (string, string)[] form = [("Once", MallFixture.Hidden(page, "Once")), ("Amounts[1]", "99999.00"), ("Reason", "KeyInvalid"), ("Text", "The card is used up already.")];
        var tooHigh = await buyer.PostAsync($"/orders/{order.OrderId}/refund", page, form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooHigh.Status);
        Assert.Equal(0, mall.Stored($"select count(*) from refund where order_id = '{order.OrderId}'"));

        using (var stranger = mall.Server.NewClient())
        {
            var elsewhere = await stranger.GetStringAsync(MallPages.At("/orders/lookup"));
            await stranger.PostAsync($"/orders/{order.OrderId}/refund", elsewhere, [.. form.Select(f => f.Item1 == "Amounts[1]" ? ("Amounts[1]", "1.00") : f)]);
            Assert.Equal(0, mall.Stored($"select count(*) from refund where order_id = '{order.OrderId}'"));
        }

        // asked for too little, and taken back before anybody looked
        form[1] = ("Amounts[1]", "0.10");
        var little = await buyer.PostAsync($"/orders/{order.OrderId}/refund", page, form);
        using (var stranger = mall.Server.NewClient())
        {
            await stranger.PostAsync($"/orders/{order.OrderId}/refund/withdraw", await stranger.ReadAsync("/orders/lookup"), ("id", MallFixture.Hidden(little.Html, "id")));
            Assert.Equal(1, mall.Stored($"select count(*) from refund where order_id = '{order.OrderId}' and state = 'Requested'"));
        }

        var taken = await buyer.PostAsync($"/orders/{order.OrderId}/refund/withdraw", little.Html, ("id", MallFixture.Hidden(little.Html, "id")));
        Assert.Contains("买家已撤回", taken.Html, StringComparison.Ordinal);
        Assert.Equal(1, mall.Stored($"select count(*) from refund where order_id = '{order.OrderId}' and decided_by = 'buyer'"));

        form[0] = ("Once", MallFixture.Hidden(taken.Html, "Once"));
        form[1] = ("Amounts[1]", "1.00");
        var asked = await buyer.PostAsync($"/orders/{order.OrderId}/refund", page, form);
        await buyer.PostAsync($"/orders/{order.OrderId}/refund", page, form);
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        Assert.Contains("等待答复", asked.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"Amounts[1]\"", asked.Html, StringComparison.Ordinal);
        Assert.Equal(1, mall.Stored($"select count(*) from refund where order_id = '{order.OrderId}' and decided_by is null"));
        Assert.Equal(0, mall.Stored($"select refund_approved from orders where id = '{order.OrderId}'"));

        var waiting = mall.Stored($"select count(*) from refund where tenant = 'GameCards' and state in ('Requested', 'Escalated')");
        Assert.Contains($"有 {waiting} 位买家申请退款", await admin.ReadAsync("/Admin"), StringComparison.Ordinal);
        var detail = await admin.ReadAsync($"/Admin/Orders/Detail/{order.OrderId}");
        var answer = $"/Admin/Orders/Answer/{order.OrderId}";
        (string, string)[] with = [("Request", MallFixture.Hidden(detail, "Request")), ("Approve", "true"), ("Payer", "Platform"), ("Revoke", "true")];
        // less without a word why: nothing happens, and nothing that was typed is lost
        var refused = await admin.PostAsync(answer, detail, [.. with, ("Amounts[1]", "0.37")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Matches("role=\"alert\">[^<]*请告诉买家原因", refused.Html);
        Assert.Contains("name=\"Amounts[1]\" value=\"0.37\"", refused.Html, StringComparison.Ordinal);
        Assert.Matches("<option value=\"Platform\" selected", refused.Html);
        Assert.Matches("name=\"Revoke\" value=\"true\" checked", refused.Html);
        Assert.Equal(0, mall.Stored($"select refund_approved from orders where id = '{order.OrderId}'"));
        // and the request of one order isn't answered as another's
        var other = await mall.OrderAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await admin.PostAsync($"/Admin/Orders/Answer/{other.OrderId}", detail, [.. with, ("Note", "No.")])).Status);
        Assert.Equal(0, mall.Stored($"select refund_approved from orders where id = '{order.OrderId}'"));
        await admin.PostAsync(answer, detail, [.. with[..3], ("Note", "Sorry about that.")]);
        // who comes too late reads that, on a page that has no form for it any more
        foreach (var tooLate in new (string, string)[][] { [("Approve", "false"), ("Note", "No.")], [("Approve", "false")], [("Approve", "true"), ("Amounts[1]", "1.00")] })
        {
            var late = await admin.PostAsync(answer, detail, [with[0], .. tooLate]);
            Assert.Equal(HttpStatusCode.OK, late.Status);
            Assert.Contains("订单状态已变化，无法执行此操作", late.Html, StringComparison.Ordinal);
        }

        Assert.Equal(100, mall.Stored($"select refund_approved from orders where id = '{order.OrderId}'"));
        Assert.Equal(1, mall.Stored($"select count(*) from refund where order_id = '{order.OrderId}' and payer = 'Platform'"));
        var answered = WebUtility.HtmlDecode(await buyer.GetStringAsync(MallPages.At($"/orders/{order.OrderId}")));
        Assert.Contains("店铺答复：Sorry about that.", answered, StringComparison.Ordinal);
    }
}
