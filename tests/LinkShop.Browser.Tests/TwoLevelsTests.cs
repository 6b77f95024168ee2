using Microsoft.Playwright;

namespace LinkShop.Browser.Tests;

/// <summary>A second level outside China: refused until counsel's approval is on record, then paid.</summary>
public sealed class TwoLevelsTests(BrowserFixture browser)
{
    private const string Shop = "corner";

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task A_second_level_is_refused_without_counsels_approval_and_paid_with_it(string language)
    {
        string Say(string english, string chinese) => language == "en" ? english : chinese;
        var errors = new List<string>();
        var (one, two) = ("first" + Guid.NewGuid().ToString("N")[..8], "second" + Guid.NewGuid().ToString("N")[..8]);
        var first = await browser.NewPhoneAsync(language, errors);
        await Promotion.JoinAsync(first, language, one, Shop);
        var (firstCode, address) = await Promotion.LinkAsync(first, Shop);
        // the second one came by the first one's link, and this is kept when they join
        var second = await browser.NewPhoneAsync(language, errors, userAgent: Promotion.Person);
        await second.GotoAsync($"{address}?culture={language}");
        await second.ClickAsync("[data-shared-note] button[value=yes]");
        await Promotion.JoinAsync(second, language, two, Shop, picture: "l1-join");
        var secondCode = (await Promotion.LinkAsync(second, Shop)).Code;

        var admin = await browser.SignInAsync(language, errors, tenant: Shop);
        await admin.GotoAsync($"/{Shop}/Admin/Referrals/Rules");
        await admin.FillAsync("#jurisdiction", "SG");
        await admin.ClickAsync("form[action*=Save] button[type=submit]");
        await PlanAsync(admin, language, one, two);
        await Assertions.Expect(admin.Locator("#approval ~ [role=alert]")).ToContainTextAsync(Say("A second level needs a recorded approval by counsel", "第二级需要有在本地有效的、已登记的法律顾问批准"));
        await Walk.LookAsync(admin, language, "l2-refused");

        // in another tab, what counsel said is recorded; then the plan can name it
        var rules = await admin.Context.NewPageAsync();
        await rules.GotoAsync($"/{Shop}/Admin/Referrals/Rules");
        await rules.FillAsync("#a-j", "SG");
        await rules.FillAsync("#a-c", "Tan & Partners");
        await rules.FillAsync("#a-r", "Opinion for " + two);
        await rules.ClickAsync("form[action*=Approve] button");
        await Assertions.Expect(rules.Locator("main")).ToContainTextAsync("Opinion for " + two);
        await Walk.LookAsync(rules, language, "l3-approval");
        await SaveAsync(admin);
        await admin.SelectOptionAsync("#approval", new SelectOptionValue { Label = "Tan & Partners · Opinion for " + two });
        await Walk.LookAsync(admin, language, "l4-plan");
        await SaveAsync(admin);
        await admin.ClickAsync($"[data-plan={two}] button[value=Active]");
        await Assertions.Expect(admin.Locator($"[data-plan={two}] .badge")).ToHaveTextAsync(Say("In force", "生效中"));
        await Walk.LookAsync(admin, language, "l5-in-force");

        // whoever is paid on the second level has sold something themselves
        var orders = new[] { await browser.BuyAsync(language, errors, firstCode, Shop), await browser.BuyAsync(language, errors, secondCode, Shop) };
        await admin.GotoAsync($"/{Shop}/Admin/Orders/Detail/{orders[1]}");
        foreach (var (who, amount) in new[] { (Say("Promoter", "推广者"), "¥4.80"), (Say("Introducer", "介绍人"), "¥0.96") })
            await Assertions.Expect(admin.Locator("#money > .card-body > ul li", new() { HasText = who }).First).ToContainTextAsync(amount);
        await Walk.LookAsync(admin, language, "l6-money");
        foreach (var name in new[] { one, two })
            await Promotion.DecideAsync(admin, language, name, uphold: false, "Neighbours.", Shop);
        // nobody watches this shop's wallet
        (await Promotion.PassAsync(browser, orders)).Dispose();

        // 5 % of 96.00 for each sale, and 1 % of the second one's
        await Promotion.UntilAsync(second, "[data-available]", "¥4.80", Shop);
        await Promotion.UntilAsync(first, "[data-available]", "¥5.76", Shop);
        await first.GotoAsync($"/{Shop}/account/promote/commissions");
        await Assertions.Expect(first.Locator("section", new() { HasText = "¥0.96" })).ToContainTextAsync(Say("Second level", "第二级"));
        await Walk.LookAsync(first, language, "l7-commissions");
        await first.GotoAsync($"/{Shop}/account/promote/commissions/{orders[1]}/1/2");
        await Walk.LookAsync(first, language, "l8-second-level");
        Assert.Equal((5.76m, 4.80m), (Promotion.Ledger(browser, one, "PromoterAvailable"), Promotion.Ledger(browser, two, "PromoterAvailable")));
        await Promotion.VerifyAsync(browser);
        // the browser notes both refusals
        Assert.Equal(2, errors.Count);
        Assert.All(errors, e => Assert.Matches("422.*Plans/Edit", e));
    }

    /// <summary>A plan of two levels for these two, without an approval.</summary>
    private static async Task PlanAsync(IPage admin, string language, string one, string two)
    {
        await admin.GotoAsync($"/{Shop}/Admin/Referrals/Plans");
        await admin.ClickAsync("a[href$='Plans/Edit']");
        foreach (var (field, text) in new[]
        {
            ("#name", "Friends"), ("#id", two), ("#zh", "本链接为推广链接，推荐人可能获得佣金。"), ("#en", "This is a promotional link: whoever recommended it may earn a commission."),
            ("#rate-0", "Sales"), ("#percent-0", "5"), ("#rate-1", "Introduced"), ("#percent-1", "1"), ("#level-1", "2"), ("#promoters", one + "\n" + two),
        })
            await admin.FillAsync(field, text);
        await admin.SelectOptionAsync("#levels", "2");
        await Walk.LookAsync(admin, language, "l2-form");
        await SaveAsync(admin);
    }

    private static Task SaveAsync(IPage admin) => admin.ClickAsync("form[action*='Plans/Edit'] button[type=submit]");
}
