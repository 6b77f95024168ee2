using Microsoft.Playwright;

namespace LinkShop.Browser.Tests;

/// <summary>What a promoter earned goes to their bank account: asked for on their desk, paid by hand by the shop's accountant.</summary>
public sealed class PromoterPayoutTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task An_earned_commission_is_asked_for_on_the_desk_paid_by_hand_and_gone_from_the_books(string language)
    {
        string Say(string english, string chinese) => language == "en" ? english : chinese;
        var errors = new List<string>();
        var name = "payee" + Guid.NewGuid().ToString("N")[..8];
        var promoter = await browser.NewPhoneAsync(language, errors);
        await Promotion.JoinAsync(promoter, language, name);
        var order = await browser.BuyAsync(language, errors, (await Promotion.LinkAsync(promoter)).Code);
        var admin = await browser.SignInAsync(language, errors);
        await Promotion.DecideAsync(admin, language, name, uphold: false, "Two people in one house.");
        using var held = await Promotion.PassAsync(browser, order);

        // 2 % of 96.00 less the buyer's discount of 1 %
        const decimal Earned = 1.90m;
        await Promotion.UntilAsync(promoter, "[data-available]", Promotion.Yuan(Earned));
        Assert.Equal((Earned, 0m), (Promotion.Ledger(browser, name, "PromoterAvailable"), Promotion.Ledger(browser, name, "PromoterPending")));

        // who they are and where to comes first
        await promoter.ClickAsync("a.btn[href$='/promote/payouts']");
        await Assertions.Expect(promoter.Locator("form[action$='/request']")).ToHaveCountAsync(0);
        await Walk.LookAsync(promoter, language, "p1-before");
        foreach (var (field, text) in new[] { ("#legal", "王小明"), ("#idnumber", "11010519491231002X"), ("#tax", "11010519491231002X"), ("#account", "6222020200112345678"), ("#holder", "王小明"), ("#bank", "Bank of Somewhere") })
            await promoter.FillAsync(field, text);
        await promoter.SelectOptionAsync("#way", "Bank:manual");
        await promoter.ClickAsync("form[action$='/payee'] button[type=submit]");
        await Walk.LookAsync(promoter, language, "p2-waits-for-verification");

        var accountant = await browser.SignInAsync(language, errors, await Walk.HireAsync(admin, "Accountant"));
        await accountant.GotoAsync("/cards/Admin/Payees/Index?unverified=true");
        await Walk.LookAsync(accountant, language, "p3-payees");
        await accountant.GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await accountant.CheckAsync("#unsanctioned");
        await accountant.ClickAsync("button[value=identity]");
        await accountant.ClickAsync("button[value=destination]");
        await Assertions.Expect(accountant.Locator("form[action*=Verify]")).ToHaveCountAsync(0);
        await Walk.LookAsync(accountant, language, "p4-verified");

        await promoter.ReloadAsync();
        await promoter.ClickAsync("form[action$='/request'] button[type=submit]");
        await Assertions.Expect(promoter.Locator("main")).ToContainTextAsync(Say("Waits for approval", "待审批"));
        await Walk.LookAsync(promoter, language, "p5-asked");
        // set aside: it can't be asked for twice
        Assert.Equal(0m, Promotion.Ledger(browser, name, "PromoterAvailable"));

        await accountant.GotoAsync("/cards/Admin/Payouts/Index");
        await accountant.Locator("tr", new() { HasText = name }).Locator("a").ClickAsync();
        await accountant.ClickAsync("form[action*=Approve] button");
        await Walk.LookAsync(accountant, language, "p6-to-be-paid");
        await accountant.FillAsync("#reference", "BANK-2026-0001");
        await accountant.ClickAsync("form[action*=ConfirmPaid] button");
        await Assertions.Expect(accountant.Locator("h1")).ToContainTextAsync(Say("Paid out", "已打款"));
        await Walk.LookAsync(accountant, language, "p7-paid");

        await promoter.ReloadAsync();
        await Assertions.Expect(promoter.Locator("[data-available]")).ToHaveTextAsync("¥0.00");
        await Assertions.Expect(promoter.Locator("main")).ToContainTextAsync(Say("Paid out", "已打款"));
        await Walk.LookAsync(promoter, language, "p8-seen");
        await Promotion.UntilAsync(promoter, "[data-earned]", Promotion.Yuan(Earned));
        await Assertions.Expect(promoter.Locator("[data-available]")).ToHaveTextAsync("¥0.00");
        Assert.Equal((0m, 0m), (Promotion.Ledger(browser, name, "PromoterAvailable"), Promotion.Ledger(browser, name, "PromoterPending")));
        await Promotion.VerifyAsync(browser);
        Assert.Empty(errors);
    }
}
