using System.Globalization;
using System.Net;
using LinkShop.Finance.Services;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;

namespace LinkShop.Web.Tests.Finance;

[Collection("mall")]
public sealed class MoneyScreensTests(MallFixture mall)
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    [Fact]
    public async Task A_part_goes_back_once_however_often_the_form_is_sent_and_the_page_says_where_the_money_is()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (order, page) = await PaidAsync(admin);
        var before = mall.Stored("select count(*) from refund");
        var form = RefundOf("1.00");
        var once = await admin.PostAsync($"/Admin/Orders/Refund/{order.OrderId}", page, form);
        var twice = await admin.PostAsync($"/Admin/Orders/Refund/{order.OrderId}", page, form);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (once.Status, twice.Status));
        Assert.Equal(before + 1, mall.Stored("select count(*) from refund"));
        Assert.Equal(100, mall.Stored($"select refund_approved from orders where id = '{order.OrderId}'"));

        var after = WebUtility.HtmlDecode(await admin.GetStringAsync(Detail(order.OrderId)));
        Assert.Contains("资金去向", after, StringComparison.Ordinal);
        Assert.Contains("依据规则“平台佣金”", after, StringComparison.Ordinal);
        Assert.Contains("退还买家", after, StringComparison.Ordinal);
        // confirmed by hand: no provider can give it back, a person has to
        Assert.Contains($"¥{(mall.Card.Price - 100) / 100m:F2}", after, StringComparison.Ordinal);
        var books = WebUtility.HtmlDecode(await admin.GetStringAsync(new Uri($"/{LinkShopServer.Mall}/Admin/Finance/Index", UriKind.Relative)));
        Assert.Contains("未说明差额：¥0.00", books, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("Wallet")]
    public async Task Who_gave_money_back_is_asked_where_it_came_from_before_anything_is_recorded(string by)
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (order, page) = await PaidAsync(admin);
        await admin.PostAsync($"/Admin/Orders/Refund/{order.OrderId}", page, RefundOf("1.00"));
        (string, string)[] form = [("provider", "manual"), ("paymentId", order.OrderId), ("reason", "bank 77")];
        var refused = await admin.PostAsync($"/Admin/Orders/GivenBack/{order.OrderId}", page, [.. form, ("by", by)]);
        Assert.Contains("请选择钱从哪里退的", WebUtility.HtmlDecode(refused.Html), StringComparison.Ordinal);
        Assert.Equal(100, mall.Stored($"select refund_due from orders where id = '{order.OrderId}'"));
        var done = await admin.PostAsync($"/Admin/Orders/GivenBack/{order.OrderId}", page, [.. form, ("by", "Provider")]);
        Assert.Contains("已登记：款项已退还买家。", WebUtility.HtmlDecode(done.Html), StringComparison.Ordinal);
        Assert.Equal(0, mall.Stored($"select refund_due from orders where id = '{order.OrderId}'"));
    }

    [Fact]
    public async Task Of_a_provider_that_was_asked_and_does_not_answer_staff_have_it_asked_again_or_say_how_they_found_out_that_it_gave_nothing()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (order, page) = await PaidAsync(admin);
        await admin.PostAsync($"/Admin/Orders/Refund/{order.OrderId}", page, RefundOf("1.00"));
        // as if it had been paid by a provider that was switched off after it was asked
        mall.Text($"update payments set provider = 'gone', refund_asked = 100, refund_asks = 1 where order_id = '{order.OrderId}'");
        try
        {
            (string, string)[] form = [("provider", "gone"), ("paymentId", order.OrderId)];
            var waits = await admin.ReadAsync($"/Admin/Orders/Detail/{order.OrderId}");
            Assert.Contains("已请求支付渠道退款，尚未收到结果", waits, StringComparison.Ordinal);
            Assert.DoesNotContain("Orders/GivenBack", waits, StringComparison.Ordinal);
            var again = await admin.PostAsync($"/Admin/Orders/AskAgain/{order.OrderId}", waits, form);
            Assert.Contains("已再次请求支付渠道。", WebUtility.HtmlDecode(again.Html), StringComparison.Ordinal);
            // nobody to ask: that isn't forgotten
            for (var until = DateTime.UtcNow.AddSeconds(60); mall.Stored(Stuck(order.OrderId)) == 0 && DateTime.UtcNow < until;)
                await Task.Delay(100); // poll of the condition above
            Assert.Equal(1, mall.Stored(Stuck(order.OrderId)));

            Assert.Contains("请填写原因", WebUtility.HtmlDecode((await admin.PostAsync($"/Admin/Orders/NotGiven/{order.OrderId}", waits, [.. form, ("reason", " ")])).Html), StringComparison.Ordinal);
            var found = WebUtility.HtmlDecode((await admin.PostAsync($"/Admin/Orders/NotGiven/{order.OrderId}", waits, [.. form, ("reason", "their support says so")])).Html);
            foreach (var seen in new[] { "their support says so", "经核实，支付渠道没有退款", "Orders/GivenBack", "Orders/AskAgain" })
                Assert.Contains(seen, found, StringComparison.Ordinal);
        }
        finally
        {
            mall.Text($"update payments set provider = 'manual', refund_asked = 0, refund_asks = 0, refund_refused = 0 where order_id = '{order.OrderId}'");
        }

        static string Stuck(string order) => $"select count(*) from outbox where type = 'OrderRefundWanted' and payload like '%{order}%' and attempts > 1";
    }

    [Theory]
    [InlineData("1.001")]
    [InlineData("99999.00")]
    [InlineData("-1")]
    [InlineData("")]
    public async Task An_amount_that_cannot_be_is_refused_where_it_was_typed_and_nothing_goes_back(string amount)
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (order, page) = await PaidAsync(admin);
        var refused = await admin.PostAsync($"/Admin/Orders/Refund/{order.OrderId}", page, RefundOf(amount));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("role=\"alert\"", refused.Html, StringComparison.Ordinal);
        Assert.Equal(0, mall.Stored($"select refund_approved from orders where id = '{order.OrderId}'"));
        Assert.Equal(0, mall.Stored($"select count(*) from refund where order_id = '{order.OrderId}'"));
    }

    [Fact]
    public async Task Nobody_but_the_malls_own_staff_gives_money_back()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (order, _) = await PaidAsync(admin);
        using var other = await mall.SignInAsync(MallFixture.OtherMall);
        var page = await other.GetStringAsync(new Uri($"/{MallFixture.OtherMall}/Admin/Fees/Index", UriKind.Relative));
        var foreign = await other.PostAsync($"/Admin/Orders/Refund/{order.OrderId}", page, MallFixture.OtherMall, ("Once", "x"), ("Amounts[1]", "1.00"));
        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
        using var visitor = mall.Server.NewClient();
        using var content = new FormUrlEncodedContent([KeyValuePair.Create("Amounts[1]", "1.00")]);
        using var answer = await visitor.PostAsync(new Uri($"/{LinkShopServer.Mall}/Admin/Orders/Refund/{order.OrderId}", UriKind.Relative), content);
        Assert.DoesNotContain("资金去向", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, mall.Stored($"select count(*) from refund where order_id = '{order.OrderId}'"));
    }

    [Fact]
    public async Task A_rule_above_the_ceiling_is_refused_and_the_rules_stay()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var form = await admin.GetStringAsync(new Uri($"/{LinkShopServer.Mall}/Admin/Fees/Index", UriKind.Relative));
        var before = mall.Stored("select count(*) from fee_policy");
        (string, string)[] fields =
        [
            ("Version", MallFixture.Hidden(form, "Version")), ("DefaultDays", "7"), ("Ceiling", "30"), ("Reserve", "0"), ("ReserveDays", "30"), ("NewMerchantDays", "90"), ("RefundAnswerHours", "48"),
            ("Rules[0].Id", "too much"), ("Rules[0].Share", "Platform"), ("Rules[0].Rate", "31"),
        ];
        var refused = await admin.PostAsync("/Admin/Fees/Index", form, fields);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("第 1 行", WebUtility.HtmlDecode(refused.Html), StringComparison.Ordinal);
        Assert.Equal(before, mall.Stored("select count(*) from fee_policy"));
    }

    [Fact]
    public async Task A_rule_is_narrowed_down_to_what_is_there_and_keeps_what_is_gone()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var page = WebUtility.HtmlDecode(await admin.ReadAsync("/Admin/Fees/Index"));
        Assert.Matches("<select[^>]*name=\"Rules\\[0\\]\\.CategoryId\"[^>]*>(?:(?!</select>).)*<option value=\"cat-memberships\"", page);
        Assert.Matches("<select[^>]*name=\"Rules\\[1\\]\\.Provider\"[^>]*>(?:(?!</select>).)*<option value=\"sandbox\" selected=\"selected\">沙箱", page);
        Assert.Equal([("a", "A"), ("gone", "gone")], FeeChoices.With([("a", "A")], "gone"));
        Assert.Equal([("a", "A")], FeeChoices.With([("a", "A")], "a"));
    }

    [Fact]
    public async Task Who_got_what_is_for_those_who_handle_money_and_not_for_whoever_answers_buyers()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (order, _) = await PaidAsync(admin);
        Assert.Contains("资金去向", await admin.ReadAsync($"/Admin/Orders/Detail/{order.OrderId}"), StringComparison.Ordinal);
        var (clerk, _) = await mall.UserAsync(admin, "Support");
        using var client = clerk;
        var seen = await client.ReadAsync($"/Admin/Orders/Detail/{order.OrderId}");
        Assert.Contains(order.OrderId, seen, StringComparison.Ordinal);
        Assert.DoesNotContain("资金去向", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("平台佣金", seen, StringComparison.Ordinal);
    }

    private static (string, string)[] RefundOf(string amount) => [("Once", Guid.NewGuid().ToString("n")), ("Amounts[1]", amount), ("Reason", "Goodwill"), ("Payer", "Merchant")];

    private async Task<(Placed Order, string Page)> PaidAsync(HttpClient admin)
    {
        var order = await mall.OrderAsync();
        var page = await admin.GetStringAsync(Detail(order.OrderId));
        await admin.PostAsync($"/Admin/Orders/Confirm/{order.OrderId}", page, ("reason", "seen at the bank"));
        return (new Placed(order.OrderId), page);
    }

    private static Uri Detail(string order) => new($"/{LinkShopServer.Mall}/Admin/Orders/Detail/{order}", UriKind.Relative);

    private sealed record Placed(string OrderId);
}
