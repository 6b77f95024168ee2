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
        Assert.Matches("<td>3</td>\\s*<td[^>]*>amount</td>\\s*<td[^>]*>小数位超过", refused.Html);
        Assert.Matches("<td>4</td>\\s*<td[^>]*>type</td>", refused.Html);
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

    private static async Task<(HttpStatusCode Status, string Html)> UploadAsync(HttpClient client, string text)
    {
        var page = await client.ReadAsync("/Admin/Reconciliation/Index");
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var content = new MultipartFormDataContent
        {
            { new StringContent(MallFixture.Hidden(page, "__RequestVerificationToken")), "__RequestVerificationToken" }, { new StringContent("sandbox"), "Provider" }, { file, "File", "march.csv" },
        };
        using var response = await client.PostAsync(MallPages.At("/Admin/Reconciliation/Import"), content);
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }
}
