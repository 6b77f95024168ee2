using Microsoft.Playwright;

namespace LinkShop.Browser.Tests;

/// <summary>A buyer's account on a phone, from the header's link on; and a page that isn't there.</summary>
public sealed class AccountTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("zh-CN", "登录", "我的订单", "退出登录")]
    [InlineData("en", "Sign in", "My orders", "Sign out")]
    public async Task A_visitor_makes_an_account_sees_its_orders_and_signs_out(string language, string signIn, string orders, string signOut)
    {
        var errors = new List<string>();
        var page = await browser.NewPhoneAsync(language, errors);
        await page.GotoAsync($"/cards/search?culture={language}");
        await page.GetByRole(AriaRole.Link, new() { Name = signIn }).ClickAsync();
        await LookAsync(page, language, "a1-login");
        await page.ClickAsync("a[href*='/Register']");
        var name = "buyer" + Guid.NewGuid().ToString("N")[..8];
        await page.FillAsync("#UserName", name);
        await page.FillAsync("#Email", name + "@example.com");
        await page.FillAsync("#Password", "Long enough 1");
        await page.FillAsync("#PasswordConfirmation", "Long enough 1");
        await LookAsync(page, language, "a2-register");
        await page.ClickAsync("form[action*=Register] button[type=submit]");
        await page.WaitForURLAsync("**/cards/search*");
        await page.GetByRole(AriaRole.Link, new() { Name = orders }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync(name);
        await LookAsync(page, language, "a3-orders");
        await page.GetByRole(AriaRole.Button, new() { Name = signOut }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = signIn })).ToBeVisibleAsync();
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task A_page_that_is_not_there_leads_on(string language)
    {
        // the browser reports the 404 itself as an error
        var page = await browser.NewPhoneAsync(language, []);
        var response = await page.GotoAsync($"/cards/goods/nothing-here?culture={language}");
        Assert.Equal(404, response!.Status);
        await LookAsync(page, language, "a4-missing");
        await page.FillAsync("input[type=search]", "XUANYE");
        await page.PressAsync("input[type=search]", "Enter");
        await Assertions.Expect(page.Locator("a[href$='/goods/xuanye']").First).ToBeVisibleAsync();
    }

    private static async Task LookAsync(IPage page, string language, string name)
    {
        // a click is done when the answer begins: without its styles the page is wider
        await page.WaitForLoadStateAsync();
        if (BrowserFixture.Screenshots is { } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{language}-{name}.png"), FullPage = true });
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, $"{name} is wider than a phone");
    }
}
