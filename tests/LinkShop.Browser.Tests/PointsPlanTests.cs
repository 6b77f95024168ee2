using Microsoft.Playwright;

namespace LinkShop.Browser.Tests;

/// <summary>A plan that gives points: they are shown as points, pay orders, and are never paid out.</summary>
public sealed class PointsPlanTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task A_reward_in_points_is_seen_on_the_desk_can_be_used_and_cant_be_paid_out(string language)
    {
        string Say(string english, string chinese) => language == "en" ? english : chinese;
        var errors = new List<string>();
        var name = "points" + Guid.NewGuid().ToString("N")[..8];
        var promoter = await browser.NewPhoneAsync(language, errors);
        await Promotion.JoinAsync(promoter, language, name);
        var code = (await Promotion.LinkAsync(promoter)).Code;
        var admin = await browser.SignInAsync(language, errors);
        await PlanAsync(admin, name);
        await Walk.LookAsync(admin, language, "q1-plan");

        var order = await browser.BuyAsync(language, errors, code);
        await Promotion.UntilAsync(promoter, "[data-pending-points]", "480");
        await Assertions.Expect(promoter.Locator("[data-pending]")).ToHaveTextAsync("¥0.00");
        await Assertions.Expect(promoter.Locator("[data-points]")).ToHaveTextAsync("0");
        await Walk.LookAsync(promoter, language, "q2-pending");
        await Promotion.DecideAsync(admin, language, name, uphold: false, "Two people in one house.");
        using var held = await Promotion.PassAsync(browser, order);

        await Promotion.UntilAsync(promoter, "[data-points]", "480");
        await Assertions.Expect(promoter.Locator("[data-pending-points]")).ToHaveTextAsync("0");
        await Assertions.Expect(promoter.Locator("[data-available]")).ToHaveTextAsync("¥0.00");
        await Assertions.Expect(promoter.Locator("a.btn[href$='/promote/payouts']")).ToHaveCountAsync(0);
        await Walk.LookAsync(promoter, language, "q3-points");
        Assert.Equal((4.80m, 0m, 0m), (Promotion.Ledger(browser, name, "PointsLiability"), Promotion.Ledger(browser, name, "PromoterAvailable"), Promotion.Ledger(browser, name, "PromoterPending")));

        await promoter.GotoAsync("/cards/account/promote/commissions");
        await Assertions.Expect(promoter.Locator("[data-now]")).ToHaveTextAsync(Say("480 points", "480 积分"));
        await Assertions.Expect(promoter.Locator("main")).Not.ToContainTextAsync(Say("Can be paid out", "可提现"));
        await Walk.LookAsync(promoter, language, "q4-commissions");
        await promoter.ClickAsync($"a[href*='{order}']");
        await Walk.LookAsync(promoter, language, "q5-trace");
        await promoter.GotoAsync("/cards/account/promote/payouts");
        await Assertions.Expect(promoter.Locator("[data-available]")).ToHaveTextAsync("¥0.00");
        await Assertions.Expect(promoter.Locator("form[action$='/request']")).ToHaveCountAsync(0);
        await promoter.GotoAsync("/cards/account/orders");
        await Assertions.Expect(promoter.Locator("main")).ToContainTextAsync("480");
        await Walk.LookAsync(promoter, language, "q6-to-use");
        await Promotion.VerifyAsync(browser);
        Assert.Empty(errors);
    }

    private static async Task PlanAsync(IPage admin, string promoter)
    {
        await admin.GotoAsync("/cards/Admin/Referrals/Plans");
        await admin.ClickAsync("a[href$='Plans/Edit']");
        foreach (var (field, text) in new[]
        {
            ("#name", "Points for friends"), ("#id", promoter), ("#zh", "本链接为推广链接，推荐人可能获得积分。"), ("#en", "This is a promotional link: whoever recommended it may get points."),
            ("#rate-0", "All"), ("#percent-0", "5"), ("#promoters", promoter),
        })
            await admin.FillAsync(field, text);
        await admin.SelectOptionAsync("#reward", "Points");
        await admin.ClickAsync("form[action*='Plans/Edit'] button[type=submit]");
        await admin.ClickAsync($"[data-plan={promoter}] button[value=Active]");
    }
}
