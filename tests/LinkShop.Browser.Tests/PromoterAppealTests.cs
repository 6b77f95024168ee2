using Microsoft.Playwright;

namespace LinkShop.Browser.Tests;

/// <summary>A commission that was held is taken back, and comes again after an appeal that somebody else decided.</summary>
public sealed class PromoterAppealTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task A_decision_against_the_promoter_is_appealed_decided_by_another_person_and_the_money_is_released(string language)
    {
        string Say(string english, string chinese) => language == "en" ? english : chinese;
        var errors = new List<string>();
        var name = "appeal" + Guid.NewGuid().ToString("N")[..8];
        var promoter = await browser.NewPhoneAsync(language, errors);
        await Promotion.JoinAsync(promoter, language, name);
        var order = await browser.BuyAsync(language, errors, (await Promotion.LinkAsync(promoter)).Code);
        const decimal Earned = 1.90m;
        await Promotion.UntilAsync(promoter, "[data-pending]", Promotion.Yuan(Earned));

        var admin = await browser.SignInAsync(language, errors);
        await Promotion.DecideAsync(admin, language, name, uphold: true, "The order came from the promoter's own home.", picture: "a1-case");
        await Promotion.UntilAsync(promoter, "[data-earned]", "¥0.00");
        Assert.Equal(0m, Promotion.Ledger(browser, name, "PromoterPending"));
        await Assertions.Expect(promoter.Locator("main")).ToContainTextAsync("The order came from the promoter's own home.");
        await Walk.LookAsync(promoter, language, "a2-decided");
        await promoter.FillAsync("textarea[name=text]", "My neighbour bought it, on the same network as me.");
        await promoter.ClickAsync("form[action$='/appeal'] button");
        await Assertions.Expect(promoter.Locator("textarea[name=text]")).ToHaveCountAsync(0);
        await Walk.LookAsync(promoter, language, "a3-appealed");

        // who decided reads the appeal, and can't decide it
        await OpenAsync(admin, name);
        await Assertions.Expect(admin.Locator("main")).ToContainTextAsync("My neighbour bought it");
        await Assertions.Expect(admin.Locator("#decision")).ToHaveCountAsync(0);
        await Assertions.Expect(admin.Locator(".alert-info")).ToContainTextAsync(Say("Somebody else has to decide", "须由他人"));
        await Walk.LookAsync(admin, language, "a4-same-person");

        var other = await browser.SignInAsync(language, errors, await Walk.HireAsync(admin, "Administrator"));
        await OpenAsync(other, name);
        await other.FillAsync("#decision", "The buyer showed that it was bought by a neighbour.");
        await Walk.LookAsync(other, language, "a5-appeal");
        await other.ClickAsync("button[name=right][value=true]");
        await Assertions.Expect(other.Locator("h1")).ToContainTextAsync(Say("The appeal was right", "申诉成立"));

        await Promotion.UntilAsync(promoter, "[data-pending]", Promotion.Yuan(Earned));
        await Assertions.Expect(promoter.Locator("main")).ToContainTextAsync("bought by a neighbour");
        Assert.Equal(Earned, Promotion.Ledger(browser, name, "PromoterPending"));
        using var held = await Promotion.PassAsync(browser, order);
        await Promotion.UntilAsync(promoter, "[data-available]", Promotion.Yuan(Earned));
        await Walk.LookAsync(promoter, language, "a6-released");
        Assert.Equal((Earned, 0m), (Promotion.Ledger(browser, name, "PromoterAvailable"), Promotion.Ledger(browser, name, "PromoterPending")));
        await Promotion.VerifyAsync(browser);
        Assert.Empty(errors);
    }

    private static async Task OpenAsync(IPage staff, string promoter)
    {
        await staff.GotoAsync("/cards/Admin/Referrals/Cases/Index?state=Appealed");
        await staff.Locator("tr", new() { HasText = promoter }).Locator("a").ClickAsync();
    }
}
