using System.Globalization;
using System.Net;
using LinkShop.Commerce;
using LinkShop.Testing;
using LinkShop.Web.Tests.Finance;

namespace LinkShop.Web.Tests.Checkout;

/// <summary>What a buyer reads about money, on the order's page and in mails, adds up.</summary>
[Collection("mall")]
public sealed class OrderMoneyWordsTests(MallFixture mall)
{
    [Fact]
    public async Task What_was_paid_too_much_is_told_apart_from_what_went_back_of_the_order_and_each_mail_tells_its_own_refund()
    {
        var contact = MallFixture.Unique("twice") + "@test.example";
        var order = await mall.OrderAsync(contact: contact);
        (await mall.CallbackAsync(order, paymentId: $"sb_{order.OrderId}_1")).Dispose();
        (await mall.CallbackAsync(order, paymentId: $"sb_{order.OrderId}_2")).Dispose();
        await IsBackAsync(order.Total);
        Assert.Contains($"您多付的 {Say(order.Total)} 已退还给您。", await PageAsync(), StringComparison.Ordinal);

        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        foreach (var (amount, back) in new[] { (100L, 100L), (250L, 350L) })
        {
            var detail = await admin.ReadAsync($"/Admin/Orders/Detail/{order.OrderId}");
            await admin.PostAsync($"/Admin/Orders/Refund/{order.OrderId}", detail, ("Once", MallFixture.Hidden(detail, "Once")), ("Amounts[1]", new Money(amount, "CNY").ToDecimalString()), ("Reason", "Goodwill"), ("Payer", "Merchant"));
            await IsBackAsync(order.Total + back);
            Assert.Contains($"本订单已向您退款 {Say(back)}，您多付的 {Say(order.Total)} 也已退还。", await PageAsync(), StringComparison.Ordinal);
        }

        foreach (var amount in new[] { order.Total, 100, 250 })
            await Eventually.HoldsAsync(() => Mails().Any(m => m.Contains($"已向您退款 {Say(amount)}", StringComparison.Ordinal)), () => string.Join("\n", Mails()));
        Assert.DoesNotContain(Mails(), m => m.Contains(Say(order.Total + 350), StringComparison.Ordinal) || m.Contains(Say(350), StringComparison.Ordinal));

        Task IsBackAsync(long minor) => Eventually.HoldsAsync(
            () => mall.Stored($"select refunded from orders where id = '{order.OrderId}'") == minor, () => "only " + mall.Stored($"select refunded from orders where id = '{order.OrderId}'"));
        List<string> Mails() => Shops.Mails.To(mall.Server.DataPath, contact, "GameCards");
        async Task<string> PageAsync()
        {
            using var buyer = mall.Server.NewClient();
            return WebUtility.HtmlDecode(await buyer.GetStringAsync(MallPages.At($"/orders/{order.OrderId}?token={Uri.EscapeDataString(order.Token)}")));
        }
    }

    [Fact]
    public async Task The_lines_of_an_order_less_its_discount_are_its_total()
    {
        var goods = (await mall.GoodsAsync()).First(g => g is { Price: >= 5_000, HasFields: false, Currency: "CNY" } && g.Available is null or > 5);
        using var response = await mall.PostAsync("/api/v1/orders", new
        {
            lines = new[] { new { skuId = goods.SkuId, quantity = 1 } }, contact = MallFixture.Unique("less") + "@test.example", lookupPassword = "a password", couponCode = "WELCOME5",
        });
        var body = await System.Net.Http.Json.HttpContentJsonExtensions.ReadFromJsonAsync<System.Text.Json.JsonElement>(response.Content);
        Assert.True(response.IsSuccessStatusCode, body.ToString());
        var (id, token) = (body.GetProperty("orderId").GetString(), body.GetProperty("accessToken").GetString()!);
        var (total, less) = (mall.Stored($"select total from orders where id = '{id}'"), mall.Stored($"select discount from orders where id = '{id}'"));
        Assert.Equal(500, less);
        using var buyer = mall.Server.NewClient();
        var page = WebUtility.HtmlDecode(await buyer.GetStringAsync(MallPages.At($"/orders/{id}?token={Uri.EscapeDataString(token)}")));
        Assert.Contains($"×1</span><span>{Say(total + less)}</span>", page, StringComparison.Ordinal);
        Assert.Contains($"−{Say(less)}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_with_an_amount_that_cannot_be_is_answered_with_what_is_expected_and_its_address_leads_back_to_the_order()
    {
        var order = await mall.OrderAsync();
        (await mall.CallbackAsync(order)).Dispose();
        using var buyer = mall.Server.NewClient();
        var page = await buyer.ReadAsync($"/orders/{order.OrderId}?token={Uri.EscapeDataString(order.Token)}");
        foreach (var amount in new[] { "0", "-5", "10.555", "" })
        {
            var refused = await buyer.PostAsync($"/orders/{order.OrderId}/refund", page, ("Once", MallFixture.Hidden(page, "Once")), ("Amounts[1]", amount), ("Reason", "Other"), ("Text", "It is broken"));
            Assert.Equal((amount, HttpStatusCode.UnprocessableEntity), (amount, refused.Status));
            Assert.Contains("请填写大于 0 的金额", refused.Html, StringComparison.Ordinal);
        }

        Assert.Equal(0, mall.Stored($"select count(*) from refund where order_id = '{order.OrderId}'"));
        using var back = await buyer.GetAsync(MallPages.At($"/orders/{order.OrderId}/refund?culture=en"));
        Assert.Equal((HttpStatusCode.OK, $"/{LinkShopServer.Mall}/orders/{order.OrderId}"), (back.StatusCode, back.RequestMessage!.RequestUri!.AbsolutePath));
        // as a Chinese keyboard writes it
        var asked = await buyer.PostAsync($"/orders/{order.OrderId}/refund", page, ("Once", MallFixture.Hidden(page, "Once")), ("Amounts[1]", "１．２５"), ("Reason", "Other"), ("Text", "It is broken"));
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        Assert.Equal(125, mall.Stored($"select amount from refund where order_id = '{order.OrderId}'"));
    }

    private static string Say(long minor) => new Money(minor, "CNY").Format(CultureInfo.GetCultureInfo("zh-CN"));
}
