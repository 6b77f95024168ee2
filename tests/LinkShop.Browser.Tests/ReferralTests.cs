using System.Globalization;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace LinkShop.Browser.Tests;

/// <summary>Somebody recommends goods by code, a stranger buys in another browser, it settles, half goes back: desk, merchant's report, ledger and trace agree to the fen.</summary>
public sealed class ReferralTests(BrowserFixture browser)
{
    private const string Goods = Promotion.Goods; // XY-100: 9.80

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Goods_are_shared_by_code_bought_in_another_browser_settled_and_half_given_back_and_all_screens_agree(string language)
    {
        string Say(string english, string chinese) => language == "en" ? english : chinese;
        var errors = new List<string>();
        var campaign = "walk" + Guid.NewGuid().ToString("N")[..8];
        var promoter = await browser.NewPhoneAsync(language, errors);
        await Promotion.JoinAsync(promoter, language, campaign, picture: "r1-join");
        var (phrase, code, link) = await ShareAsync(promoter, language, campaign);

        // another browser: the phrase is pasted into the search box, nothing is stored before somebody agreed
        var buyer = await browser.NewPhoneAsync(language, errors, userAgent: Promotion.Person);
        await buyer.GotoAsync($"/cards/?culture={language}");
        await buyer.FillAsync("input[name=q]", phrase);
        await buyer.PressAsync("input[name=q]", "Enter");
        await buyer.WaitForURLAsync($"**/goods/{Goods}?*");
        await Assertions.Expect(buyer.Locator("[data-shared-note]")).ToContainTextAsync(code);
        Assert.DoesNotContain(await buyer.Context.CookiesAsync(), c => c.Name.StartsWith("linkshop_shared_", StringComparison.Ordinal));
        await Walk.LookAsync(buyer, language, "r4-landing");
        await buyer.ClickAsync("[data-shared-note] button[value=no]");
        await Assertions.Expect(buyer.Locator("[data-shared-note] button")).ToHaveCountAsync(0);
        Assert.DoesNotContain(await buyer.Context.CookiesAsync(), c => c.Name.StartsWith("linkshop_shared_", StringComparison.Ordinal));
        await buyer.ClickAsync(".ls-buybar button");
        await buyer.FillAsync("#referral", phrase);
        await buyer.ClickAsync("#referral ~ button");
        // a guest who hasn't said who they are sees already what the code saves: 1 % of 9.80, never rounded up
        await Assertions.Expect(buyer.Locator("[data-discount]")).ToHaveTextAsync("−¥0.09");
        await Walk.LookAsync(buyer, language, "r5-checkout");
        await Walk.BuyAsync(buyer);
        var order = Regex.Match(buyer.Url, "/orders/([^/?]+)").Groups[1].Value;

        // pending, with its day; the trace says how
        await promoter.GotoAsync("/cards/account/promote/commissions");
        await Walk.LookAsync(promoter, language, "r6-commissions");
        await promoter.ClickAsync($"a[href*='{order}']");
        await Assertions.Expect(promoter.Locator("[data-again]")).ToHaveClassAsync(new Regex("text-success"));
        await Walk.LookAsync(promoter, language, "r7-trace");
        var earned = Promotion.Read(await promoter.Locator("[data-trace] li strong").Last.InnerTextAsync());
        Assert.True(earned > 0, "nothing was earned");
        await Promotion.UntilAsync(promoter, "[data-pending]", Promotion.Yuan(earned));

        // the ledger: the order's own page
        var admin = await browser.SignInAsync(language, errors);
        Assert.Equal(earned, await ShareOfAsync(admin, order, Say("Promoter", "推广者")));
        await Walk.LookAsync(admin, language, "r7-order");

        // both browsers are on this machine: that is held until a person has looked at it
        await Promotion.DecideAsync(admin, language, campaign, uphold: false, "Two people in one house.", picture: "r8-case");
        await Assertions.Expect(admin.Locator("h1")).ToContainTextAsync(Say("Nothing was wrong", "没有问题"));

        // settled: the windows pass; then half goes back
        using var held = await Promotion.PassAsync(browser, order);
        await Promotion.UntilAsync(promoter, "[data-available]", Promotion.Yuan(earned));
        await buyer.ClickAsync("#refund summary");
        await buyer.SelectOptionAsync("#refund-reason", "KeyInvalid");
        await buyer.FillAsync("#refund-1", "4.85");
        await buyer.FillAsync("#refund-text", "Half of the points were used up already.");
        await buyer.ClickAsync("#refund button[type=submit]");
        await admin.GotoAsync($"/cards/Admin/Orders/Detail/{order}");
        await admin.ClickAsync("form[action*=Answer] button[value=true]");
        await Walk.UntilShownAsync(admin, Say("Refunded: ¥4.85", "已退款：¥4.85"));

        // all agree
        var left = await ShareOfAsync(admin, order, Say("Promoter", "推广者"));
        Assert.InRange(left, (earned / 2) - 0.01m, (earned / 2) + 0.01m);
        await Promotion.UntilAsync(promoter, "[data-earned]", Promotion.Yuan(left));
        await Assertions.Expect(promoter.Locator("[data-available]")).ToHaveTextAsync(Promotion.Yuan(left));
        await Walk.LookAsync(promoter, language, "r9-desk");
        await promoter.GotoAsync($"/cards/account/promote/commissions/{order}/1/1");
        Assert.Equal(left, Promotion.Read(await promoter.Locator("[data-trace] [data-now]").InnerTextAsync()));
        await admin.GotoAsync($"/cards/Admin/Referrals/Report/Order?id={order}");
        Assert.Equal(left, Promotion.Read(await admin.Locator("[data-trace] [data-now]").InnerTextAsync()));
        await Walk.LookAsync(admin, language, "r10-admin-trace");
        await admin.GotoAsync("/cards/Admin/Referrals/Report");
        var row = admin.Locator("tr[data-row]", new() { HasText = campaign });
        Assert.Equal(left, Promotion.Read(await row.Locator("[data-cost]").InnerTextAsync()));
        await Walk.LookAsync(admin, language, "r11-report");
        await SeeOthersAsync(promoter, admin, language, link);

        var (exit, output) = await LinkShopServer.RunCommandAsync("verify", new ServerOptions(DataPath: browser.Server.DataPath));
        Assert.True(exit == 0, output);
        Assert.True(errors.Count == 0, string.Join("\n", errors));
    }

    /// <summary>Makes a link; gives its phrase, code and page.</summary>
    private static async Task<(string Phrase, string Code, string Page)> ShareAsync(IPage page, string language, string campaign)
    {
        await page.GotoAsync($"/cards/goods/{Goods}");
        await page.ClickAsync("a[href*='account/promote/links']");
        await page.ClickAsync("form[action$='/links'] summary");
        await page.FillAsync("#channel", "wechat");
        await page.FillAsync("#campaign", campaign);
        await Walk.LookAsync(page, language, "r2-link");
        await page.ClickAsync("form[action$='/links'] button[type=submit]");
        await Assertions.Expect(page.Locator("#phrase")).ToBeVisibleAsync();
        // the poster is a picture, and a PNG can be made of it
        for (var until = DateTime.UtcNow.AddSeconds(20); await DrawnAsync(page) == 0 && DateTime.UtcNow < until;)
            await Task.Yield();
        Assert.Equal(1000, await DrawnAsync(page));
        await Walk.LoadsDownPngAsync(page);
        await Walk.LookAsync(page, language, "r3-materials");
        return (await page.InputValueAsync("#phrase"), await page.InnerTextAsync("[data-code]"), page.Url);
    }

    private static Task<int> DrawnAsync(IPage page) => page.EvaluateAsync<int>("document.querySelector('.ls-poster').naturalWidth");

    /// <summary>The screens that the walk doesn't need.</summary>
    private static async Task SeeOthersAsync(IPage promoter, IPage admin, string language, string link)
    {
        foreach (var (path, name) in new[] { ("account/promote/payouts", "r12-payouts"), ("account/promote/leaderboard", "r13-leaderboard"), ("account/promote/terms", "r14-terms") })
        {
            await promoter.GotoAsync("/cards/" + path);
            await Walk.LookAsync(promoter, language, name);
        }

        await promoter.GotoAsync(link);
        var card = new Uri(new Uri(promoter.Url), await promoter.GetAttributeAsync("iframe", "src"));
        await promoter.GotoAsync(card.ToString());
        await Assertions.Expect(promoter.Locator(".card__note")).ToBeVisibleAsync();
        await Walk.LookAsync(promoter, language, "r15-card");
        foreach (var (path, name) in new[]
        {
            ("Plans", "s1-plans"), ("Plans/Edit?id=recommend", "s2-plan"), ("Rules", "s3-rules"), ("Cases/Index", "s4-cases"), ("Network", "s5-network"), ("Report/Health", "s6-health"),
        })
        {
            await admin.GotoAsync("/cards/Admin/Referrals/" + path);
            // somebody who brought others
            if (name == "s5-network")
                await admin.GetByRole(AriaRole.Link, new() { Name = "小林" }).ClickAsync();
            foreach (var chart in await admin.Locator("[data-series], [data-network]").AllAsync())
                await Assertions.Expect(chart).ToHaveAttributeAsync("data-ready", "");
            await Walk.LookAsync(admin, language, name);
        }
    }

    private static async Task<decimal> ShareOfAsync(IPage admin, string order, string name)
    {
        await admin.GotoAsync($"/cards/Admin/Orders/Detail/{order}");
        return Promotion.Read(await admin.Locator("#money > .card-body > ul li", new() { HasText = name }).First.Locator("strong").InnerTextAsync());
    }
}
