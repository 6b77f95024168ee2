using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace LinkShop.Browser.Tests;

/// <summary>One order's money on all screens, on a phone: sale, commission, a part back on the buyer's request, settlement, payout by two people.</summary>
public sealed class MoneyTests(BrowserFixture browser)
{
    private const string Payees = "/cards/Admin/Payees/Edit";

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task An_orders_money_is_followed_from_sale_to_payout_and_all_screens_agree(string language)
    {
        string Say(string english, string chinese) => language == "en" ? english : chinese;
        var errors = new List<string>();
        var buyer = await browser.NewPhoneAsync(language, errors);
        await buyer.GotoAsync($"/cards/goods/bobo?culture={language}");
        await buyer.ClickAsync(".ls-buybar button");
        await buyer.CheckAsync("#pick-any");
        await Walk.BuyAsync(buyer);
        var order = Regex.Match(buyer.Url, "/orders/([^/?]+)").Groups[1].Value;

        // sale and commission
        var admin = await browser.SignInAsync(language, errors);
        await admin.GotoAsync($"/cards/Admin/Orders/Detail/{order}");
        await Assertions.Expect(admin.Locator("#money")).ToContainTextAsync(Say("The buyer paid", "买家支付"));
        await Walk.LookAsync(admin, language, "f1-money");
        var payment = (await admin.Locator("main code.text-break").First.InnerTextAsync()).Trim();
        var (price, earned) = (await SharesAsync(admin), await ShareAsync(admin, Say("Merchant", "商家")));

        // the buyer asks for a part, the shop agrees
        await buyer.ClickAsync("#refund summary");
        await buyer.SelectOptionAsync("#refund-reason", "KeyInvalid");
        await buyer.FillAsync("#refund-1", "2.00");
        await buyer.FillAsync("#refund-text", "One of the two codes was used up already.");
        await Walk.LookAsync(buyer, language, "f2-ask");
        await buyer.ClickAsync("#refund button[type=submit]");
        await Assertions.Expect(buyer.Locator("#refund")).ToContainTextAsync(Say("Waits for an answer", "等待答复"));
        await Walk.LookAsync(buyer, language, "f3-asked");
        await admin.ReloadAsync();
        await Walk.LookAsync(admin, language, "f4-request");
        await admin.ClickAsync("form[action*=Answer] button[value=true]");
        // the sandbox gives it back by itself
        await Walk.UntilShownAsync(admin, Say("Refunded: ¥2.00", "已退款：¥2.00"));
        foreach (var summary in await admin.Locator("#money summary").AllAsync())
            await summary.ClickAsync();
        await Walk.LookAsync(admin, language, "f5-back");
        var left = await ShareAsync(admin, Say("Merchant", "商家"));
        Assert.True(left < earned && left > 0, $"{left} of {earned}");
        Assert.Equal(price, await SharesAsync(admin));
        await Walk.UntilShownAsync(buyer, Say("Approved", "已同意"));

        // settlement: the days until the release pass
        using var held = await browser.HoldWalletsAsync();
        var before = await AvailableAsync(admin);
        Pass(order);
        var until = DateTime.UtcNow.AddSeconds(20);
        decimal available;
        do
            available = await AvailableAsync(admin);
        while (available != before + left && DateTime.UtcNow < until);
        Assert.Equal(before + left, available);
        await Walk.LookAsync(admin, language, "f6-wallet");

        await PayOutAsync(admin, language, left, Say, errors);
        Assert.Equal(before, await AvailableAsync(admin));
        await Assertions.Expect(admin.Locator("main")).ToContainTextAsync("-" + Yuan(left));
        await Walk.LookAsync(admin, language, "f9-statement");
        await admin.GotoAsync("/cards/Admin/Finance/Index");
        await Assertions.Expect(admin.Locator(".alert-success")).ToContainTextAsync("¥0.00");
        await Walk.LookAsync(admin, language, "f10-books");
        await ReconcileAsync(admin, language, payment, Say);
        Assert.Empty(errors);
    }

    /// <summary>The provider's file has the payment, its refund and one that nobody knows here.</summary>
    private static async Task ReconcileAsync(IPage admin, string language, string payment, Func<string, string, string> say)
    {
        // the file's days are the site's
        var day = TimeZoneInfo.ConvertTimeBySystemTimeZoneId(DateTimeOffset.UtcNow, "Asia/Shanghai").ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var text = $"payment_id,type,amount,currency,time\n{payment},payment,19.90,CNY,{day}\n{payment},refund,2.00,CNY,{day}\nunknown-{payment},payment,5.00,CNY,{day}\n";
        await admin.GotoAsync("/cards/Admin/Reconciliation/Index");
        await admin.SetInputFilesAsync("#file", new FilePayload { Name = "sandbox-day.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) });
        await admin.FillAsync("#provider", "sandbox");
        await admin.ClickAsync("form[action*=Import] button[type=submit]");
        var unknown = admin.Locator("main section.card", new() { HasText = "unknown-" + payment });
        await Assertions.Expect(unknown).ToContainTextAsync(say("Missing here", "本地缺失"));
        // what both have is no difference
        await Assertions.Expect(admin.Locator("main section.card code").GetByText(payment, new() { Exact = true })).ToHaveCountAsync(0);
        await Walk.LookAsync(admin, language, "f11-reconciliation");
        await unknown.Locator("select").SelectOptionAsync("not_ours");
        await unknown.Locator("button[type=submit]").ClickAsync();
        await Assertions.Expect(unknown).ToContainTextAsync(say("Not ours", "不属于本店"));
        await Walk.LookAsync(admin, language, "f12-resolved");
    }

    private async Task PayOutAsync(IPage admin, string language, decimal amount, Func<string, string, string> say, List<string> errors)
    {
        var boss = await Walk.HireAsync(admin, "Administrator");
        await admin.GotoAsync(Payees);
        foreach (var (field, text) in new[] { ("#name", "Cards"), ("#legal", "Xuanye Ltd."), ("#idnumber", "91110000600037341L"), ("#tax", "91110000600037341L"), ("#account", "acct-" + boss), ("#holder", "Xuanye Ltd.") })
            await admin.FillAsync(field, text);
        await admin.SelectOptionAsync("#way", "Sandbox:sandbox");
        await Walk.LookAsync(admin, language, "g1-payee");
        await admin.ClickAsync("form[action*=Edit] button[type=submit]");

        var other = await browser.SignInAsync(language, errors, boss);
        foreach (var what in new[] { "identity", "destination" })
        {
            await other.GotoAsync(Payees);
            // who the shop is was verified in the other language's walk already
            if (await other.Locator($"button[value={what}]").CountAsync() == 0)
                continue;
            if (what == "identity")
                await other.CheckAsync("#unsanctioned");
            await other.ClickAsync($"button[value={what}]");
        }

        await Assertions.Expect(other.Locator("form[action*=Verify]")).ToHaveCountAsync(0);
        await Walk.LookAsync(other, language, "g2-verified");

        await admin.GotoAsync("/cards/Admin/Payouts/Create");
        await admin.FillAsync("#amount", amount.ToString("0.00", CultureInfo.InvariantCulture));
        await Walk.LookAsync(admin, language, "g3-ask");
        await admin.ClickAsync("form[action*=Create] button[type=submit]");
        await Assertions.Expect(admin.Locator("h1")).ToContainTextAsync(say("Waits for approval", "待审批"));
        await Assertions.Expect(admin.Locator("form[action*=Approve]")).ToHaveCountAsync(0);
        await Walk.LookAsync(admin, language, "g4-waits");
        await other.GotoAsync(admin.Url);
        await Walk.LookAsync(other, language, "g5-approve");
        await other.ClickAsync("form[action*=Approve] button");
        await Assertions.Expect(other.Locator("h1")).ToContainTextAsync(say("Paid out", "已打款"));
        await Assertions.Expect(other.Locator("h1")).ToContainTextAsync(Yuan(amount));
        await Walk.LookAsync(other, language, "g6-paid");
        await other.GotoAsync("/cards/Admin/Payouts/Index");
        await Walk.LookAsync(other, language, "g7-list");
    }

    private static string Yuan(decimal amount) => "¥" + amount.ToString("N2", CultureInfo.InvariantCulture);

    private static decimal Read(string text) => decimal.Parse(text.Replace("¥", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);

    /// <summary>What all parts of the order's money come to, by its page.</summary>
    private static async Task<decimal> SharesAsync(IPage page) => (await page.Locator("#money > .card-body > ul strong").AllInnerTextsAsync()).Sum(Read);

    private static async Task<decimal> ShareAsync(IPage page, string name) => Read(await page.Locator("#money > .card-body > ul li", new() { HasText = name }).First.Locator("strong").InnerTextAsync());

    private static async Task<decimal> AvailableAsync(IPage page)
    {
        await page.GotoAsync("/cards/Admin/Finance/Wallet");
        var shown = page.Locator("[data-available]");
        return await shown.CountAsync() == 0 ? 0 : Read(await shown.InnerTextAsync());
    }

    // nobody can move the server's clock: the order's time is moved instead
    private void Pass(string order)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(browser.Server.DataPath, "commerce.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "update order_split set release_at = 1 where order_id = @order and release_at is not null";
        command.Parameters.AddWithValue("@order", order);
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
