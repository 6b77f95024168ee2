using System.Net;
using LinkShop.Testing;
using LinkShop.Web.Tests.Goods;
using Microsoft.Data.Sqlite;

namespace LinkShop.Web.Tests.Shops;

/// <summary>What a shop earned is its owner's to have paid out, and nobody's of the shop to make up.</summary>
[Collection("shops")]
public sealed class EarningsTests(ShopPlatforms platforms)
{
    [Theory]
    [MemberData(nameof(ShopPlatforms.Databases), MemberType = typeof(ShopPlatforms))]
    public async Task The_owner_sees_what_the_shop_earned_says_where_to_pay_and_the_platform_verifies(string database)
    {
        var server = await platforms.OnAsync(database);
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        var (order, token, total) = await RunningTests.OrderAsync(server, slug, await RunningTests.SellAsync(ann, slug));
        await RunningTests.PayAsync(server, slug, order, token, total);

        var wallet = await ann.GetAsync($"/{slug}/Admin/Finance/Wallet");
        Assert.Equal(HttpStatusCode.OK, wallet.Status);
        // 10.00 less the commission of 5 % and the sandbox's 0.6 %
        Assert.Contains("data-pending>¥9.44<", wallet.Html, StringComparison.Ordinal);
        Assert.Matches("data-day=\"[0-9-]{10}\"><span>[^<]+</span><span class=\"ls-num\">¥9.44<", wallet.Html);
        Assert.DoesNotContain("data-later", wallet.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-cut", wallet.Html, StringComparison.Ordinal);
        var earning = await ann.GetAsync($"/{slug}/Admin/Finance/Earning?order={order}");
        Assert.Equal((HttpStatusCode.OK, true), (earning.Status, earning.Text.Contains("依据规则“免费版”", StringComparison.Ordinal)));
        var saved = await ann.SubmitAsync($"/{slug}/Admin/Payees/Edit", $"/{slug}/Admin/Payees/Edit",
            ("Name", "Ann"), ("LegalName", "安宁"), ("IdNumber", "110101199003070017"), ("TaxId", "91110000600037341L"), ("TaxCountry", "CN"),
            ("Way", "Bank:manual"), ("Account", "6222021234567890"), ("AccountName", "安宁"), ("Bank", "招商银行"));
        Assert.Contains("6222021234567890", saved.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Payees/Verify", saved.Html, StringComparison.Ordinal);
        // nothing is released yet, and nothing is verified: the request is refused with both, and nothing is held
        var refused = await ann.SubmitAsync($"/{slug}/Admin/Payouts/Create", $"/{slug}/Admin/Payouts/Create",
            ("Once", Guid.NewGuid().ToString("n")), ("Owner", ""), ("Currency", "CNY"), ("Amount", "1.00"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("钱包可用余额不足", refused.Html, StringComparison.Ordinal);
        // once, with who does it, and the button says that it can't be
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(refused.Html, "收款账户待平台核实"));
        Assert.DoesNotContain("工作人员", refused.Text, StringComparison.Ordinal);
        Assert.Matches("<option value=\"CN\" selected=\"selected\">CN 中国</option>", System.Net.WebUtility.HtmlDecode(saved.Html));
        Assert.Contains("<p class=\"d-none d-print-block\">Ann · 打印日期", wallet.Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.GetAsync($"/{slug}/Admin/Payees/Index")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.GetAsync($"/{slug}/Admin/Finance/Index")).Status);

        // the platform is told, goes in where it is to be done, and does it
        using var admin = await Person.AdministratorAsync(server);
        var waiting = await admin.GetAsync("/Admin/ShopWaiting/Index");
        Assert.Contains("/Admin/Shops/Enter/" + shop, waiting.Html, StringComparison.Ordinal);
        var payees = await admin.SubmitAsync("/Admin/ShopWaiting/Index", "/Admin/Shops/Enter/" + shop, ("to", "Payee"));
        Assert.Equal($"/{slug}/Admin/Payees/Index", payees.Path);
        foreach (var what in new[] { "identity", "destination" })
            Assert.Contains("已核实", (await admin.SubmitAsync($"/{slug}/Admin/Payees/Edit", $"/{slug}/Admin/Payees/Verify", ("owner", ""), ("what", what), ("unsanctioned", "true"))).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("/Admin/Shops/Enter/" + shop, (await admin.GetAsync("/Admin/ShopWaiting/Index")).Html, StringComparison.Ordinal);
        await Mails.InAsync(server.DataPath, shop, ann.Mail, "Ann：收款人和收款账户已核实", $"/{slug}/Admin/Payouts/Create");
        Assert.NotEqual(HttpStatusCode.OK, (await ann.GetAsync("/Admin/ShopWaiting/Index")).Status);
        if (database == "sqlite")
        {
            await PaidOutAsync(server, slug, shop, order, ann, admin);
            await OwingAsync(server, slug, shop, ann, admin);
        }
    }

    [Fact]
    public async Task A_shop_that_is_given_away_has_nothing_of_the_former_owners_account()
    {
        var server = await platforms.OnAsync("sqlite");
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        using var bob = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        await ann.SubmitAsync($"/{slug}/Admin/Payees/Edit", $"/{slug}/Admin/Payees/Edit",
            ("Name", "Ann"), ("LegalName", "安宁"), ("IdNumber", "110101199003070017"), ("TaxId", "91110000600037341L"), ("TaxCountry", "CN"),
            ("Way", "Bank:manual"), ("Account", "6222021234567890"), ("AccountName", "安宁"), ("Bank", "招商银行"));
        Assert.Contains("6222021234567890", (await ann.GetAsync($"/{slug}/Admin/Payees/Edit")).Html, StringComparison.Ordinal);
        using var admin = await Person.AdministratorAsync(server);
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Transfer/" + shop, ("owner", bob.Name));
        Assert.Equal($"/{slug}/Admin", (await bob.EnterAsync(shop)).Path);
        var page = await bob.GetAsync($"/{slug}/Admin/Payees/Edit");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        foreach (var secret in new[] { "6222021234567890", "110101199003070017", "91110000600037341L" })
            Assert.DoesNotContain(secret, page.Html, StringComparison.Ordinal);
    }

    // nobody can move the server's clock: the order's time is moved instead, and the next sweep releases it
    private static async Task ReleasedAsync(LinkShopServer server, string order)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(server.DataPath, "commerce.db")};Pooling=False");
        await connection.OpenAsync();
        using var command = connection.CreateCommand();
        command.CommandText = "update order_split set release_at = 1 where order_id = @order and release_at is not null";
        command.Parameters.AddWithValue("@order", order);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    private static async Task SeesAsync(Person person, string path, string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!(await person.GetAsync(path)).Html.Contains(text, StringComparison.Ordinal))
            await Task.Delay(250, patience.Token);
    }

    /// <summary>After the payout: what a refund takes meanwhile isn't paid out, and the owner is told why.</summary>
    private static async Task OwingAsync(LinkShopServer server, string slug, string shop, Person ann, Person admin)
    {
        var (order, token, total) = await RunningTests.OrderAsync(server, slug, await RunningTests.SellAsync(ann, slug));
        await RunningTests.PayAsync(server, slug, order, token, total);
        await ReleasedAsync(server, order);
        await SeesAsync(ann, $"/{slug}/Admin/Finance/Wallet", "data-available>¥9.88<");
        var asked = await ann.SubmitAsync($"/{slug}/Admin/Payouts/Create", $"/{slug}/Admin/Payouts/Create", ("Amount", "9.00"));
        var form = ShopAdmin.FieldsOf((await ann.GetAsync($"/{slug}/Admin/Orders/Detail/{order}")).Html);
        (form["Once"], form["Amounts[1]"], form["Reason"], form["Payer"]) = (Guid.NewGuid().ToString("n"), "10.00", "Goodwill", "Merchant");
        // what is set aside for a payout is nothing that the shop can give back
        var refused = await ann.PostAsync($"/{slug}/Admin/Orders/Refund/{order}", form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("其中 ¥8.56 目前无法退回", refused.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await admin.SubmitAsync($"/{slug}/Admin/Orders/Detail/{order}", $"/{slug}/Admin/Orders/Refund/{order}", ("Amounts[1]", "10.00"), ("Reason", "Goodwill"), ("Payer", "Merchant"))).Status);
        await SeesAsync(ann, asked.Path, "已预留的金额先用于抵扣欠款");
        var mail = await Mails.InAsync(server.DataPath, shop, ann.Mail, "提现已取消", "已预留的金额先用于抵扣欠款");
        Assert.DoesNotContain("owner_owes", mail, StringComparison.Ordinal);
        var page = await admin.GetAsync(asked.Path);
        Assert.Contains("系统自动", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Payouts/Approve", page.Html, StringComparison.Ordinal);
        Assert.Contains("data-available>¥0.44<", (await ann.GetAsync($"/{slug}/Admin/Finance/Wallet")).Html, StringComparison.Ordinal);
    }

    private static async Task PaidOutAsync(LinkShopServer server, string slug, string shop, string order, Person ann, Person admin)
    {
        var desk = ShopPlatforms.Word() + "@platform.example";
        await admin.SubmitAsync("/Admin/CheckoutSettings", "/Admin/CheckoutSettings", ("ShopMail", desk));
        await ReleasedAsync(server, order);
        await SeesAsync(ann, $"/{slug}/Admin/Finance/Wallet", "data-available>¥9.44<");
        var asked = await ann.SubmitAsync($"/{slug}/Admin/Payouts/Create", $"/{slug}/Admin/Payouts/Create", ("Amount", "9.00"));
        Assert.StartsWith($"/{slug}/Admin/Payouts/Details/", asked.Path, StringComparison.Ordinal);
        // who can do nothing but wait isn't told to
        Assert.Contains("等待平台审批", asked.Text, StringComparison.Ordinal);
        await Mails.InAsync(server.DataPath, shop, ann.Mail, "Ann：提现申请等待平台审批", asked.Path);
        await Mails.FindAsync(server.DataPath, desk, "店铺 Ann 有提现待审批", "/Admin/ShopWaiting/Index");
        Assert.Contains("由人工打款", (await admin.GetAsync(asked.Path)).Text, StringComparison.Ordinal);
        var id = asked.Path.Split('/')[^1];
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.PostAsync($"/{slug}/Admin/Payouts/Approve/{id}", ShopAdmin.FieldsOf(asked.Html))).Status);
        Assert.Contains("/Admin/Shops/Enter/" + shop, (await admin.GetAsync("/Admin/ShopWaiting/Index")).Html, StringComparison.Ordinal);
        await admin.SubmitAsync(asked.Path, $"/{slug}/Admin/Payouts/Approve/{id}");
        // by hand: the bank's reference says that it is paid
        await admin.SubmitAsync(asked.Path, $"/{slug}/Admin/Payouts/ConfirmPaid/{id}", ("reference", "bank 42"));
        var paid = await ann.GetAsync(asked.Path);
        Assert.Contains("bank 42", paid.Html, StringComparison.Ordinal);
        await Mails.InAsync(server.DataPath, shop, ann.Mail, "已打款", "¥9.00", asked.Path);
        Assert.Contains("platform-admin", paid.Html, StringComparison.Ordinal);
        Assert.Contains("data-available>¥0.44<", (await ann.GetAsync($"/{slug}/Admin/Finance/Wallet")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("/Admin/Shops/Enter/" + shop, (await admin.GetAsync("/Admin/ShopWaiting/Index")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_of_a_shop_says_that_money_arrived_or_lets_the_platform_bear_a_refund()
    {
        var server = await platforms.OnAsync("sqlite");
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        var sku = await RunningTests.SellAsync(ann, slug);
        var (unpaid, _, _) = await RunningTests.OrderAsync(server, slug, sku);
        var (paid, token, total) = await RunningTests.OrderAsync(server, slug, sku);
        await RunningTests.PayAsync(server, slug, paid, token, total);

        var page = await ann.GetAsync($"/{slug}/Admin/Orders/Detail/{unpaid}");
        Assert.DoesNotContain("Orders/Confirm", page.Html, StringComparison.Ordinal);
        Assert.Contains("Orders/Cancel", page.Html, StringComparison.Ordinal);
        var form = ShopAdmin.FieldsOf(page.Html);
        form["reason"] = "seen at the bank";
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.PostAsync($"/{slug}/Admin/Orders/Confirm/{unpaid}", form)).Status);
        Assert.Contains("Orders/Cancel", (await ann.GetAsync($"/{slug}/Admin/Orders/Detail/{unpaid}")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.PostAsync($"/{slug}/Admin/Orders/GivenBack/{paid}", form)).Status);
        form["by"] = "Bank";
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.PostAsync($"/{slug}/Admin/Orders/GivenBack/{paid}", form)).Status);

        var detail = await ann.GetAsync($"/{slug}/Admin/Orders/Detail/{paid}");
        Assert.DoesNotContain("value=\"Platform\"", detail.Html, StringComparison.Ordinal);
        (form["Once"], form["Amounts[1]"], form["Reason"], form["Payer"]) = (Guid.NewGuid().ToString("n"), "10.00", "Goodwill", "Platform");
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.PostAsync($"/{slug}/Admin/Orders/Refund/{paid}", form)).Status);
        Assert.Contains("data-pending>¥9.44<", (await ann.GetAsync($"/{slug}/Admin/Finance/Wallet")).Html, StringComparison.Ordinal);
        // at their own expense they may
        form["Payer"] = "Merchant";
        Assert.Equal(HttpStatusCode.OK, (await ann.PostAsync($"/{slug}/Admin/Orders/Refund/{paid}", form)).Status);
        Assert.Contains("data-pending>¥0.00<", (await ann.GetAsync($"/{slug}/Admin/Finance/Wallet")).Html, StringComparison.Ordinal);

        // the platform's people may do both
        using var admin = await Person.AdministratorAsync(server);
        await admin.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Enter/" + shop);
        Assert.Contains("Orders/Confirm", (await admin.GetAsync($"/{slug}/Admin/Orders/Detail/{unpaid}")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_of_the_platforms_people_are_two_people_in_a_shop()
    {
        var server = await platforms.OnAsync("sqlite");
        using var ann = await Person.SignUpAsync(server, ShopPlatforms.Word());
        var slug = ShopPlatforms.Word();
        var shop = await ann.OpenAndEnterAsync(slug, "Ann");
        using var admin = await Person.AdministratorAsync(server);
        var second = ShopPlatforms.Word();
        await admin.SubmitAsync("/Admin/Users/Create", "/Admin/Users/Create",
            ("UserName", second), ("Email", second + "@test.example"), ("Password", "Long enough 1"), ("RoleNames", "Administrator"), ("IsEnabled", "true"));
        using var other = new Person(server, second);
        await other.SubmitAsync("/Login", "/Login", ("UserName", second), ("Password", "Long enough 1"));
        foreach (var person in new[] { admin, other, admin })
            Assert.Equal($"/{slug}/Admin", (await person.SubmitAsync("/Admin/Shops/Detail/" + shop, "/Admin/Shops/Enter/" + shop)).Path);
        var users = (await admin.GetAsync($"/{slug}/Admin/Users")).Text;
        Assert.Contains("platform-" + admin.Name, users, StringComparison.Ordinal);
        Assert.Contains("platform-" + second, users, StringComparison.Ordinal);
    }
}
