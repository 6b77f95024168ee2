using System.Globalization;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace LinkShop.Browser.Tests;

/// <summary>Steps that walks about promotion have in common, and what the database holds of them.</summary>
internal static class Promotion
{
    /// <summary>A headless browser says that it is one, and robots' clicks aren't counted.</summary>
    public const string Person = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36";

    public const string Goods = "xuanye";

    /// <summary>An account of the mall that agreed to the terms.</summary>
    public static async Task JoinAsync(IPage page, string language, string name, string tenant = "cards", string? picture = null)
    {
        await page.GotoAsync($"/{tenant}/Register?culture={language}&returnUrl=%2F{tenant}%2Faccount%2Fpromote");
        await page.FillAsync("#UserName", name);
        await page.FillAsync("#Email", name + "@example.com");
        await page.FillAsync("#Password", "Long enough 1");
        await page.FillAsync("#PasswordConfirmation", "Long enough 1");
        await page.ClickAsync("form[action*=Register] button[type=submit]");
        await page.WaitForURLAsync("**/account/promote");
        if (picture is not null)
            await Walk.LookAsync(page, language, picture);
        await page.CheckAsync("#adult");
        await page.CheckAsync("#terms");
        await page.ClickAsync("form[action$='/join'] button[type=submit]");
        await page.WaitForURLAsync("**/account/promote/links");
    }

    /// <summary>Makes a link to the shop as a whole.</summary>
    public static async Task<(string Code, string Address)> LinkAsync(IPage page, string tenant = "cards")
    {
        await page.GotoAsync($"/{tenant}/account/promote/links");
        await page.ClickAsync("form[action$='/links'] button[type=submit]");
        return (await page.InnerTextAsync("[data-code]"), await page.InputValueAsync("#link"));
    }

    /// <summary>A stranger buys a thousand points for 96.00 with a code; the order.</summary>
    public static async Task<string> BuyAsync(this BrowserFixture browser, string language, List<string> errors, string code, string tenant = "cards")
    {
        var buyer = await browser.NewPhoneAsync(language, errors);
        await buyer.GotoAsync($"/{tenant}/goods/{Goods}?culture={language}");
        await buyer.CheckAsync("#sku-XY-1000");
        await buyer.ClickAsync(".ls-buybar button");
        await buyer.FillAsync("#referral", code);
        await buyer.ClickAsync("#referral ~ button");
        await Assertions.Expect(buyer.Locator("#referral-help")).ToContainTextAsync(language == "en" ? "You don't pay more" : "不会因此多付");
        await Walk.BuyAsync(buyer);
        var order = Regex.Match(buyer.Url, "/orders/([^/?]+)").Groups[1].Value;
        await buyer.Context.CloseAsync();
        return order;
    }

    /// <summary>Decides the only case of a promoter that waits.</summary>
    public static async Task DecideAsync(IPage admin, string language, string promoter, bool uphold, string why, string tenant = "cards", string? picture = null)
    {
        await admin.GotoAsync($"/{tenant}/Admin/Referrals/Cases/Index");
        await admin.Locator("tr", new() { HasText = promoter }).Locator("a").ClickAsync();
        await admin.FillAsync("#decision", why);
        if (picture is not null)
            await Walk.LookAsync(admin, language, picture);
        await admin.ClickAsync($"button[name=uphold][value={(uphold ? "true" : "false")}]");
        await Assertions.Expect(admin.Locator("button[name=uphold]")).ToHaveCountAsync(0);
    }

    /// <summary>The desk again until it shows something: counters are folded and rewards released in the background.</summary>
    public static async Task UntilAsync(IPage promoter, string where, string text, string tenant = "cards")
    {
        await promoter.GotoAsync($"/{tenant}/account/promote");
        var shown = promoter.Locator(where);
        for (var until = DateTime.UtcNow.AddSeconds(30); (await shown.CountAsync() == 0 || await shown.InnerTextAsync() != text) && DateTime.UtcNow < until;)
            await promoter.ReloadAsync();
        await Assertions.Expect(shown).ToHaveTextAsync(text);
    }

    public static string Yuan(decimal amount) => "¥" + amount.ToString("N2", CultureInfo.InvariantCulture);

    public static decimal Read(string text) => decimal.Parse(Regex.Replace(text, "[^0-9.]", ""), CultureInfo.InvariantCulture);

    /// <summary>Lets the days pass that orders' sales and rewards wait, and waits until the sales are released: nobody can move the server's clock, so the orders' times are moved.</summary>
    /// <remarks>The sale's with the reward's: a reward that is due before its sale is a breach to whoever verifies at that moment in another walk.</remarks>
    /// <returns>The shops' wallets, held: what changes what they have free is kept from walks that watch it until this is disposed of.</returns>
    public static async Task<IDisposable> PassAsync(BrowserFixture browser, params string[] orders)
    {
        var held = await browser.HoldWalletsAsync();
        try
        {
            foreach (var order in orders)
                Assert.Equal(1L, Sql(browser, c => c.ExecuteNonQuery(), """
                    update order_split set release_at = iif(release_at is null, null, 1), reward_days = 0, reward_at = 1, reward_after = 1,
                      intro_at = iif(intro_at is null, null, 1), intro_after = iif(intro_after is null, null, 1)
                    where order_id = @a and reward_at is not null
                    """, order));
            foreach (var order in orders)
                await UntilReleasedAsync(browser, order);
            return held;
        }
        catch
        {
            // the other walks would wait for ever
            held.Dispose();
            throw;
        }
    }

    private static async Task UntilReleasedAsync(BrowserFixture browser, string order)
    {
        bool Waits() => Sql(browser, c => (long)c.ExecuteScalar()!, "select count(*) from order_split where order_id = @a and release_at is not null", order) > 0;
        for (var until = DateTime.UtcNow.AddSeconds(30); Waits() && DateTime.UtcNow < until;)
            await Task.Delay(100);
        Assert.False(Waits(), $"the sale of {order} is not released");
    }

    /// <summary>What an account of a promoter has in the books, less what is set aside.</summary>
    public static decimal Ledger(BrowserFixture browser, string promoter, string purpose) => Sql(
        browser, c => (long)c.ExecuteScalar()!,
        "select coalesce(sum(a.balance - a.held), 0) from ledger_account a join referral_promoter p on p.tenant = a.tenant and p.id = a.owner where p.name = @a and a.purpose = @b", promoter, purpose) / 100m;

    /// <summary>What all books say together.</summary>
    public static async Task VerifyAsync(BrowserFixture browser)
    {
        var (exit, output) = await LinkShopServer.RunCommandAsync("verify", new ServerOptions(DataPath: browser.Server.DataPath));
        Assert.True(exit == 0, output);
    }

    private static long Sql(BrowserFixture browser, Func<SqliteCommand, long> run, string sql, string a, string b = "")
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(browser.Server.DataPath, "commerce.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("@a", a);
        command.Parameters.AddWithValue("@b", b);
        return run(command);
    }
}
