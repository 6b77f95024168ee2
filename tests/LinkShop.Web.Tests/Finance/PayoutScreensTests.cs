using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;
using Microsoft.Data.Sqlite;

namespace LinkShop.Web.Tests.Finance;

/// <summary>Payouts, payees and settlement files by their screens: what the core refuses, the screen says, and nothing moves.</summary>
[Collection("mall")]
public sealed class PayoutScreensTests(MallFixture mall)
{
    [Fact]
    public async Task A_payout_to_an_unverified_destination_is_refused_with_everything_that_is_missing()
    {
        using var admin = await mall.SignInAsync(MallFixture.OtherMall);
        var page = await ReadAsync(admin, "/Admin/Payouts/Create");
        Assert.Contains("缺少收款人姓名和证件号", page, StringComparison.Ordinal);
        Assert.Contains("还没有收款账户", page, StringComparison.Ordinal);
        var refused = await PostAsync(
            admin, "/Admin/Payouts/Create", await ReadAsync(admin, "/Admin/Fees/Index"), ("Once", Guid.NewGuid().ToString("n")), ("Owner", ""), ("Currency", "CNY"), ("Amount", "1.00"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("收款人没有税号", refused.Html, StringComparison.Ordinal);
        Assert.Contains("钱包可用余额不足", refused.Html, StringComparison.Ordinal);
        Assert.Equal(0, Stored("select count(*) from payout where tenant = 'Other'"));
    }

    [Theory]
    [InlineData("1.001")]
    [InlineData("-1")]
    [InlineData("")]
    [InlineData("ten")]
    public async Task An_amount_that_cannot_be_is_refused_and_nothing_is_held(string amount)
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var refused = await PostAsync(
            admin, "/Admin/Payouts/Create", await ReadAsync(admin, "/Admin/Fees/Index", LinkShopServer.Mall), LinkShopServer.Mall, ("Once", Guid.NewGuid().ToString("n")), ("Owner", ""), ("Currency", "CNY"), ("Amount", amount));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("role=\"alert\"", refused.Html, StringComparison.Ordinal);
        Assert.Equal(0, Stored("select count(*) from payout"));
    }

    [Fact]
    public async Task A_payee_is_stored_with_a_mask_and_who_entered_it_cannot_vouch_for_it()
    {
        using var admin = await mall.SignInAsync(MallFixture.OtherMall);
        var form = await ReadAsync(admin, "/Admin/Payees/Edit?owner=user-ann");
        (string, string)[] fields =
        [
            ("Owner", "user-ann"), ("Name", "Ann"), ("LegalName", "安宁"), ("IdNumber", "110101199003070017"), ("TaxId", "91110000600037341L"), ("TaxCountry", "CN"),
            ("Way", "Bank:manual"), ("Account", "6222021234567890"), ("AccountName", "安宁"), ("Bank", "招商银行"),
        ];
        var saved = await PostAsync(admin, "/Admin/Payees/Edit", form, fields);
        Assert.Equal(HttpStatusCode.OK, saved.Status);
        var list = await ReadAsync(admin, "/Admin/Payees/Index");
        Assert.Contains("招商银行 ****7890", list, StringComparison.Ordinal);
        Assert.DoesNotContain("6222021234567890", list, StringComparison.Ordinal);
        var vouched = await PostAsync(admin, "/Admin/Payees/Verify", saved.Html, ("owner", "user-ann"), ("version", MallFixture.Hidden(saved.Html, "version")), ("what", "destination"));
        Assert.Contains("必须由另一个人", vouched.Html, StringComparison.Ordinal);
        Assert.Equal(0, Stored("select count(*) from payee where destination_verified_at is not null"));

        var wrong = await PostAsync(admin, "/Admin/Payees/Edit", form, [.. fields.Select(f => f.Item1 == "Bank" ? ("Bank", "") : f)]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        Assert.Contains("开户银行：请填写", wrong.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_settlement_file_with_bad_lines_is_reported_by_line_and_leaves_nothing_behind()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var before = Stored("select count(*) from reconciliation");
        var refused = await UploadAsync(admin, "payment_id,type,amount,currency,time\np-1,payment,10.00,CNY,2026-03-05\np-2,payment,10.001,CNY,2026-03-05\np-3,gift,1.00,CNY,2026-03-05\n");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Matches("<td>3</td>\\s*<td[^>]*>amount</td>\\s*<td[^>]*>小数位超过", refused.Html);
        Assert.Matches("<td>4</td>\\s*<td[^>]*>type</td>", refused.Html);
        Assert.Equal(before, Stored("select count(*) from reconciliation"));
        Assert.Equal(0, Stored("select count(*) from reconciliation_item where payment_id in ('p-1', 'p-2', 'p-3')"));
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
        var wrong = await PostAsync(admin, action, compared.Html, LinkShopServer.Mall, ("item", MallFixture.Hidden(compared.Html, "item")), ("chosen", "ignored"));
        Assert.Equal(1, Stored($"select count(*) from reconciliation_item where payment_id = '{name}' and state = 'Open'"));
        Assert.Contains("alert-danger", wrong.Html, StringComparison.Ordinal);
        var done = await PostAsync(admin, action, compared.Html, LinkShopServer.Mall, ("item", MallFixture.Hidden(compared.Html, "item")), ("chosen", "not_ours"), ("note", "another shop's"));
        Assert.Contains("不属于本店", done.Html, StringComparison.Ordinal);
        Assert.Equal(1, Stored($"select count(*) from reconciliation_item where payment_id = '{name}' and state = 'Resolved' and action = 'not_ours'"));
        var id = action[(action.LastIndexOf('/') + 1)..];
        Assert.Contains(name, await admin.GetStringAsync(At($"/Admin/Reconciliation/Export/{id}", LinkShopServer.Mall)), StringComparison.Ordinal);
        using var other = await mall.SignInAsync(MallFixture.OtherMall);
        using var foreign = await other.GetAsync(At($"/Admin/Reconciliation/Details/{id}", MallFixture.OtherMall));
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
    }

    [Fact]
    public async Task A_buyer_asks_for_money_back_on_the_orders_page_once_and_reads_the_answer_there()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var order = await mall.OrderAsync();
        await PostAsync(admin, $"/Admin/Orders/Confirm/{order.OrderId}", await ReadAsync(admin, $"/Admin/Orders/Detail/{order.OrderId}", LinkShopServer.Mall), LinkShopServer.Mall, ("reason", "seen at the bank"));
        using var buyer = mall.Server.NewClient();
        var page = WebUtility.HtmlDecode(await buyer.GetStringAsync(At($"/orders/{order.OrderId}?token={Uri.EscapeDataString(order.Token)}", LinkShopServer.Mall)));
        (string, string)[] form = [("Once", MallFixture.Hidden(page, "Once")), ("Amounts[1]", "99999.00"), ("Reason", "KeyInvalid"), ("Text", "The card is used up already.")];
        var tooHigh = await PostAsync(buyer, $"/orders/{order.OrderId}/refund", page, LinkShopServer.Mall, form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooHigh.Status);
        Assert.Equal(0, Stored($"select count(*) from refund where order_id = '{order.OrderId}'"));

        using (var stranger = mall.Server.NewClient())
        {
            var elsewhere = await stranger.GetStringAsync(At("/orders/lookup", LinkShopServer.Mall));
            await PostAsync(stranger, $"/orders/{order.OrderId}/refund", elsewhere, LinkShopServer.Mall, [.. form.Select(f => f.Item1 == "Amounts[1]" ? ("Amounts[1]", "1.00") : f)]);
            Assert.Equal(0, Stored($"select count(*) from refund where order_id = '{order.OrderId}'"));
        }

        form[1] = ("Amounts[1]", "1.00");
        var asked = await PostAsync(buyer, $"/orders/{order.OrderId}/refund", page, LinkShopServer.Mall, form);
        await PostAsync(buyer, $"/orders/{order.OrderId}/refund", page, LinkShopServer.Mall, form);
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        Assert.Contains("等待答复", asked.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"Amounts[1]\"", asked.Html, StringComparison.Ordinal);
        Assert.Equal(1, Stored($"select count(*) from refund where order_id = '{order.OrderId}'"));
        Assert.Equal(0, Stored($"select refund_approved from orders where id = '{order.OrderId}'"));

        var detail = await ReadAsync(admin, $"/Admin/Orders/Detail/{order.OrderId}", LinkShopServer.Mall);
        var answer = Regex.Match(detail, "action=\"/cards(/Admin/Refunds/Answer/[^\"]+)\"").Groups[1].Value;
        await PostAsync(admin, answer, detail, LinkShopServer.Mall, ("order", order.OrderId), ("approve", "true"), ("payer", "Platform"), ("note", "Sorry about that."));
        Assert.Equal(100, Stored($"select refund_approved from orders where id = '{order.OrderId}'"));
        Assert.Equal(1, Stored($"select count(*) from refund where order_id = '{order.OrderId}' and payer = 'Platform'"));
        var answered = WebUtility.HtmlDecode(await buyer.GetStringAsync(At($"/orders/{order.OrderId}", LinkShopServer.Mall)));
        Assert.Contains("店铺答复：Sorry about that.", answered, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_becomes_a_merchant_and_a_products_editor_offers_them()
    {
        using var admin = await mall.SignInAsync(MallFixture.OtherMall);
        var form = await ReadAsync(admin, "/Admin/Merchants/Edit");
        var nobody = await PostAsync(admin, "/Admin/Merchants/Edit", form, ("User", "nobody-here"), ("Name", "Nobody"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nobody.Status);
        Assert.Contains("没有这个用户名", nobody.Html, StringComparison.Ordinal);
        Assert.Equal(0, Stored("select count(*) from merchant where name = 'Nobody'"));
        var saved = await PostAsync(admin, "/Admin/Merchants/Edit", form, ("User", LinkShopServer.AdminUser), ("Name", "玄夜游戏"), ("Tier", "gold"));
        Assert.Contains("gold", saved.Html, StringComparison.Ordinal);
        Assert.Equal(1, Stored("select count(*) from merchant where tenant = 'Other' and tier = 'gold'"));
        Assert.Contains("玄夜游戏", await ReadAsync(admin, "/Admin/Contents/ContentItems/goods-xuanye/Edit"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_without_the_permission_see_no_payouts_payees_merchants_or_files_and_change_none()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (client, _) = await UserAsync(admin, "Support");
        using var signedIn = client;
        var page = await ReadAsync(client, "/Admin/Orders/Index", LinkShopServer.Mall);
        string[] screens =
        [
            "Payouts/Index", "Payouts/Create", "Payouts/Details/some-payout", "Payees/Index", "Payees/Edit", "Merchants/Index", "Merchants/Edit", "Reconciliation/Index", "Reconciliation/Details/x", "Reconciliation/Export/x",
            "Finance/Index", "Finance/Wallet",
        ];
        foreach (var screen in screens)
        {
            using var seen = await client.GetAsync(At("/Admin/" + screen, LinkShopServer.Mall));
            Assert.Equal((screen, HttpStatusCode.Forbidden), (screen, seen.StatusCode));
        }

        string[] acts =
        [
            "Payouts/Create", "Payouts/Approve/some-payout", "Payouts/Reject/some-payout", "Payouts/Send/some-payout", "Payouts/ConfirmPaid/some-payout", "Payouts/ConfirmFailed/some-payout", "Payouts/Cancel/some-payout",
            "Payouts/BankFile", "Payees/Edit", "Payees/Verify", "Merchants/Edit", "Reconciliation/Import", "Reconciliation/Resolve/x",
        ];
        foreach (var act in acts)
        {
            Assert.Equal((act, HttpStatusCode.Forbidden), (act, (await PostAsync(client, "/Admin/" + act, page, LinkShopServer.Mall, ("Name", "Mine"), ("Owner", ""))).Status));
            // and whoever may, not without the form's token
            using var bare = new FormUrlEncodedContent([KeyValuePair.Create("Name", "Mine")]);
            using var answer = await admin.PostAsync(At("/Admin/" + act, LinkShopServer.Mall), bare);
            Assert.Equal((act, HttpStatusCode.BadRequest), (act, answer.StatusCode));
        }

        Assert.Equal(0, Stored("select (select count(*) from merchant where name = 'Mine') + (select count(*) from payout) + (select count(*) from payee where owner = '')"));
    }

    [Fact]
    public async Task A_merchant_sees_and_changes_their_own_money_whatever_the_address_says()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var (merchant, name) = await UserAsync(admin, "Merchant");
        using var signedIn = merchant;
        Assert.Contains(name, await ReadAsync(merchant, "/Admin/Finance/Wallet?owner=", LinkShopServer.Mall), StringComparison.Ordinal);
        Assert.Contains(name, await ReadAsync(merchant, "/Admin/Finance/Wallet?owner=user-ann", LinkShopServer.Mall), StringComparison.Ordinal);
        foreach (var screen in new[] { "Finance/Index", "Payees/Index", "Merchants/Index", "Reconciliation/Index", "Fees/Index", "Orders/Index" })
        {
            using var seen = await merchant.GetAsync(At("/Admin/" + screen, LinkShopServer.Mall));
            Assert.Equal((screen, HttpStatusCode.Forbidden), (screen, seen.StatusCode));
        }

        var form = await ReadAsync(merchant, "/Admin/Payees/Edit?owner=", LinkShopServer.Mall);
        (string, string)[] fields =
        [
            ("Owner", ""), ("Name", "Mine " + name), ("LegalName", "安宁"), ("IdNumber", "110101199003070017"), ("TaxId", "91110000600037341L"), ("TaxCountry", "CN"),
            ("Way", "Alipay:manual"), ("Account", "ann@alipay.example"), ("AccountName", "安宁"),
        ];
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(merchant, "/Admin/Payees/Edit", form, LinkShopServer.Mall, fields)).Status);
        Assert.Equal(0, Stored("select count(*) from payee where owner = ''"));
        Assert.Equal(1, Stored("select count(*) from payee where tenant = 'GameCards' and owner <> '' and destination_mask like 'Alipay%'"));
        // the wallet of the shop may have enough; this one has nothing
        var refused = await PostAsync(merchant, "/Admin/Payouts/Create", form, LinkShopServer.Mall, ("Once", Guid.NewGuid().ToString("n")), ("Owner", ""), ("Currency", "CNY"), ("Amount", "1.00"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("钱包可用余额不足", refused.Html, StringComparison.Ordinal);
        foreach (var act in new[] { "Payees/Verify", "Payouts/Approve/some-payout", "Payouts/BankFile" })
        {
            Assert.Equal((act, HttpStatusCode.Forbidden), (act, (await PostAsync(merchant, "/Admin/" + act, form, LinkShopServer.Mall, ("owner", ""), ("version", "1"))).Status));
        }
    }

    private async Task<(HttpClient Client, string Name)> UserAsync(HttpClient admin, string role)
    {
        var name = "user" + Guid.NewGuid().ToString("n")[..8];
        await PostAsync(
            admin, "/Admin/Users/Create", await ReadAsync(admin, "/Admin/Users/Create", LinkShopServer.Mall), LinkShopServer.Mall,
            ("UserName", name), ("Email", name + "@test.example"), ("Password", "Long enough 1"), ("PasswordConfirmation", "Long enough 1"), ("IsEnabled", "true"), ("RoleNames", role));
        var client = mall.Server.NewClient();
        await PostAsync(client, "/Login", await ReadAsync(client, "/Login", LinkShopServer.Mall), LinkShopServer.Mall, ("UserName", name), ("Password", "Long enough 1"));
        return (client, name);
    }

    private static Uri At(string path, string tenant) => new($"/{tenant}{path}", UriKind.Relative);

    private static async Task<string> ReadAsync(HttpClient client, string path, string tenant = MallFixture.OtherMall) => WebUtility.HtmlDecode(await client.GetStringAsync(At(path, tenant)));

    private long Stored(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(mall.Server.DataPath, "commerce.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static async Task<(HttpStatusCode Status, string Html)> UploadAsync(HttpClient client, string text)
    {
        var page = await ReadAsync(client, "/Admin/Reconciliation/Index", LinkShopServer.Mall);
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(text));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var content = new MultipartFormDataContent
        {
            { new StringContent(MallFixture.Hidden(page, "__RequestVerificationToken")), "__RequestVerificationToken" }, { new StringContent("sandbox"), "Provider" }, { file, "File", "march.csv" },
        };
        using var response = await client.PostAsync(At("/Admin/Reconciliation/Import", LinkShopServer.Mall), content);
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }

    private static Task<(HttpStatusCode Status, string Html)> PostAsync(HttpClient client, string path, string html, params (string Name, string Value)[] fields) =>
        PostAsync(client, path, html, MallFixture.OtherMall, fields);

    private static async Task<(HttpStatusCode Status, string Html)> PostAsync(HttpClient client, string path, string html, string tenant, params (string Name, string Value)[] fields)
    {
        var all = fields.Append(("__RequestVerificationToken", MallFixture.Hidden(html, "__RequestVerificationToken")));
        using var content = new FormUrlEncodedContent(all.Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        using var response = await client.PostAsync(At(path, tenant), content);
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }
}
