using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;

namespace LinkShop.Web.Tests.Finance;

/// <summary>Settlement files by their screens.</summary>
[Collection("mall")]
public sealed class ReconciliationScreensTests(MallFixture mall)
{
    [Fact]
    public async Task A_settlement_file_with_bad_lines_is_reported_by_line_and_leaves_nothing_behind()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var before = mall.Stored("select count(*) from reconciliation");
        var form = await admin.ReadAsync("/Admin/Reconciliation/Index");
        Assert.Contains("<option value=\"sandbox\">", form, StringComparison.Ordinal);
        // nobody sends a file about what our own books pay
        Assert.DoesNotContain("<option value=\"balance\">", form, StringComparison.Ordinal);
        var refused = await UploadAsync(admin, "payment_id,type,amount,currency,time\np-1,payment,10.00,CNY,2026-03-05\np-2,payment,10.001,CNY,2026-03-05\np-3,gift,1.00,CNY,2026-03-05\n");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Matches("<td[^>]*>3</td>\\s*<td[^>]*>amount</td>\\s*<td[^>]*>小数位超过", refused.Html);
        Assert.Matches("<td[^>]*>4</td>\\s*<td[^>]*>type</td>", refused.Html);
        Assert.Equal(before, mall.Stored("select count(*) from reconciliation"));
        Assert.Equal(0, mall.Stored("select count(*) from reconciliation_item where payment_id in ('p-1', 'p-2', 'p-3')"));
    }

    [Fact]
    public async Task A_settlement_file_is_compared_once_and_what_differs_is_dealt_with_on_the_screen()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var name = MallFixture.Unique("pay-");
        var text = $"payment_id,type,amount,currency,time\n{name},payment,10.00,CNY,2026-03-05T12:00:00Z\n";
        var compared = await UploadAsync(admin, text);
        Assert.Equal(HttpStatusCode.OK, compared.Status);
        Assert.Contains("本地缺失", compared.Html, StringComparison.Ordinal);
        Assert.Contains(name, compared.Html, StringComparison.Ordinal);
        var again = await UploadAsync(admin, text);
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Contains("已核对过", again.Html, StringComparison.Ordinal);
        var action = Regex.Match(compared.Html, "action=\"/cards(/Admin/Reconciliation/Resolve/[^\"]+)\"").Groups[1].Value;
        var wrong = await admin.PostAsync(action, compared.Html, ("item", MallFixture.Hidden(compared.Html, "item")), ("chosen", "ignored"));
        Assert.Equal(1, mall.Stored($"select count(*) from reconciliation_item where payment_id = '{name}' and state = 'Open'"));
        Assert.Contains("alert-danger", wrong.Html, StringComparison.Ordinal);
        var done = await admin.PostAsync(action, compared.Html, ("item", MallFixture.Hidden(compared.Html, "item")), ("chosen", "not_ours"), ("note", "another shop's"));
        Assert.Contains("不属于本店", done.Html, StringComparison.Ordinal);
        Assert.Equal(1, mall.Stored($"select count(*) from reconciliation_item where payment_id = '{name}' and state = 'Resolved' and action = 'not_ours'"));
        var id = action[(action.LastIndexOf('/') + 1)..];
        Assert.Contains(name, await admin.GetStringAsync(MallPages.At($"/Admin/Reconciliation/Export/{id}")), StringComparison.Ordinal);
        using var other = await mall.SignInAsync(MallFixture.OtherMall);
        using var foreign = await other.GetAsync(MallPages.At($"/Admin/Reconciliation/Details/{id}", MallFixture.OtherMall));
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Theory]
    [InlineData(false, 16)]
    [InlineData(true, 0)]
    public async Task The_files_days_are_those_of_the_site_unless_somebody_says_that_they_are_UTC(bool utc, int from)
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        Assert.Contains("本站时区：Asia/Shanghai", await admin.ReadAsync("/Admin/Reconciliation/Index"), StringComparison.Ordinal);
        var name = MallFixture.Unique("pay-");
        Assert.Equal(HttpStatusCode.OK, (await UploadAsync(admin, $"payment_id,type,amount,currency,time\n{name},payment,10.00,CNY,2026-03-05\n{name},refund,10.00,CNY,2026-03-05 07:00\n", utc)).Status);
        Assert.Equal(from, mall.Stored($"select period_from / 3600000 % 24 from reconciliation where id = (select reconciliation_id from reconciliation_item where payment_id = '{name}')"));
    }

    [Fact]
    public async Task A_payment_that_never_was_told_is_taken_over_on_the_screen_which_says_before_and_after_what_it_does()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var order = await mall.OrderAsync();
        var amount = $"{order.Total / 100m:F2}";
        var page = (await UploadAsync(admin, $"payment_id,type,amount,currency,time,order_id\n{MallFixture.Unique("pay-")},payment,{amount},CNY,2026-03-05T12:00:00Z,{order.OrderId}\n")).Html;
        Assert.Contains($"“补记”：为订单 {order.Number} 记入付款 ¥{amount}", page, StringComparison.Ordinal);
        var action = ActionIn(page);

        // who only reconciles can't have goods delivered
        var (client, _) = await mall.UserAsync(admin, "Accountant");
        using var clerk = client;
        var theirs = await clerk.ReadAsync(action.Replace("Resolve", "Details", StringComparison.Ordinal));
        Assert.DoesNotContain("taken_over", theirs, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.PostAsync(action, theirs, ("item", "1"), ("chosen", "taken_over"))).Status);
        Assert.Equal("AwaitingPayment", mall.Text($"select state from orders where id = '{order.OrderId}'"));

        var done = await admin.PostAsync(action, page, ("item", "1"), ("chosen", "taken_over"));
        Assert.Contains($"已记入付款：¥{amount}", done.Html, StringComparison.Ordinal);
        Assert.Equal("Fulfilled", mall.Text($"select state from orders where id = '{order.OrderId}'"));
        Assert.Equal(LinkShopServer.AdminUser, mall.Text($"select actor from payment_events where order_id = '{order.OrderId}' and provider = 'sandbox'"));

        // an order that there isn't
        var nobody = (await UploadAsync(admin, $"payment_id,type,amount,currency,time,order_id\n{MallFixture.Unique("pay-")},payment,1.00,CNY,2026-03-05T12:00:00Z,{Commerce.CommerceId.New(TimeProvider.System)}\n")).Html;
        var refused = await admin.PostAsync(ActionIn(nobody), nobody, ("item", "1"), ("chosen", "taken_over"));
        Assert.Contains("文件中的订单在这里不存在", refused.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"taken_over\"", refused.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_off_and_the_fees_beside_our_costs_are_on_the_screen()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var order = await mall.OrderAsync();
        var (payment, today) = (MallFixture.Unique("pay-"), Http.LocalTime.In("Asia/Shanghai", DateTimeOffset.UtcNow).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        using (await mall.CallbackAsync(order, paymentId: payment)) { }
        var page = (await UploadAsync(admin, $"payment_id,type,amount,currency,time\n{payment},payment,{(order.Total - 7) / 100m:F2},CNY,{today}\n,fee,0.0{Random.Shared.Next(1, 9)},CNY,{today}\n")).Html;
        Assert.Contains("这段时间入账的支付手续费", page, StringComparison.Ordinal);
        Assert.Contains("“核销”：渠道持有金额与平台收入各减少 ¥0.07。", page, StringComparison.Ordinal);
        var item = Regex.Match(page[page.IndexOf(payment, StringComparison.Ordinal)..], "name=\"item\" value=\"(\\d+)\"").Groups[1].Value;
        var done = await admin.PostAsync(ActionIn(page), page, ("item", item), ("chosen", "written_off"), ("note", "too little to ask"));
        Assert.Contains("已从平台收入扣减：¥0.07", done.Html, StringComparison.Ordinal);
        var file = ActionIn(page).Split('/')[^1];
        Assert.Equal(7, mall.Stored($"select sum(amount) from ledger_transfer where reason = 'written_off' and tenant = 'GameCards' and reference = 'reconciliation:{file}:{item}'"));
    }

    private static string ActionIn(string page) => Regex.Match(page, "action=\"/cards(/Admin/Reconciliation/Resolve/[^\"]+)\"").Groups[1].Value;

    private static async Task<(HttpStatusCode Status, string Html)> UploadAsync(HttpClient client, string text, bool utc = false)
    {
        var page = await client.ReadAsync("/Admin/Reconciliation/Index");
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var content = new MultipartFormDataContent
        {
            { new StringContent(MallFixture.Hidden(page, "__RequestVerificationToken")), "__RequestVerificationToken" }, { new StringContent("sandbox"), "Provider" }, { new StringContent(utc ? "true" : "false"), "Utc" }, { file, "File", "march.csv" },
        };
        using var response = await client.PostAsync(MallPages.At("/Admin/Reconciliation/Import"), content);
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }
}
