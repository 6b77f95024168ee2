using Microsoft.Playwright;

namespace LinkShop.Browser.Tests;

/// <summary>The main path as a buyer walks it on a phone: product, checkout, payment, key, and finding the order again.</summary>
public sealed class BuyACardKeyTests(BrowserFixture browser)
{
    public static TheoryData<string, string, string, string> Languages => new()
    {
        { "zh-CN", "玄野 OL 点卡", "立即购买", "已发货" },
        { "en", "Xuanye Online points card", "Buy now", "Delivered" },
    };

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_guest_buys_a_game_card_sees_the_key_and_finds_the_order_again(string language, string product, string buy, string delivered)
    {
        var errors = new List<string>();
        var page = await browser.NewPhoneAsync(language, errors);

        await page.GotoAsync($"/cards/?culture={language}");
        await LookAsync(page, language, "1-home");
        await page.GetByRole(AriaRole.Link, new() { Name = product }).First.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = product })).ToBeVisibleAsync();
        await LookAsync(page, language, "2-product");
        await page.GetByRole(AriaRole.Button, new() { Name = buy }).ClickAsync();

        var contact = $"anna-{Guid.NewGuid():N}@example.com";
        await page.FillAsync("#contact", contact);
        await page.FillAsync("#password", "sesame-1");
        await LookAsync(page, language, "3-checkout");
        await page.ClickAsync("form[method=post] button[type=submit].btn-primary");
        await page.WaitForURLAsync("**/pay*", new() { WaitUntil = WaitUntilState.Commit });
        await LookAsync(page, language, "4-pay");
        await page.ClickAsync("main form[method=post] button[type=submit]");
        await LookAsync(page, language, "5-sandbox");
        await page.ClickAsync("button[name=act][value=pay]");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = delivered })).ToBeVisibleAsync();
        var key = await page.InnerTextAsync("#key-1-0");
        Assert.Matches("^XY1-[0-9]{4}-[0-9]{4}-[0-9]{4}$", key);
        await LookAsync(page, language, "6-key");
        await TheCopyButtonCopiesAsync(page, key);
        await TheDownloadHoldsAsync(page, key);

        await AnotherBrowserFindsItAsync(language, contact, key, errors);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("zh-CN", "立即购买")]
    [InlineData("en", "Buy now")]
    public async Task A_changed_quantity_is_priced_at_once_and_nothing_typed_is_lost(string language, string buy)
    {
        var errors = new List<string>();
        var page = await browser.NewPhoneAsync(language, errors);
        await page.GotoAsync($"/cards/goods/xuanye?culture={language}");
        await page.GetByRole(AriaRole.Button, new() { Name = buy }).ClickAsync();
        await page.FillAsync("#contact", $"ben-{Guid.NewGuid():N}@example.com");
        await page.FillAsync("#password", "sesame-2");
        var total = page.Locator("#checkout-pay input[name=ExpectedTotal]");
        var one = int.Parse((await total.GetAttributeAsync("value"))!, System.Globalization.CultureInfo.InvariantCulture);

        await page.FillAsync("#quantity", "2");
        await page.PressAsync("#quantity", "Tab");
        await Assertions.Expect(total).ToHaveAttributeAsync("value", (2 * one).ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Assertions.Expect(page.Locator("#password")).ToHaveValueAsync("sesame-2");
        await page.FillAsync("#coupon", "NO-SUCH-COUPON");
        await page.PressAsync("#coupon", "Enter");
        await Assertions.Expect(page.Locator("#checkout-summary .field-validation-error")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#password")).ToHaveValueAsync("sesame-2");
        await LookAsync(page, language, "3-checkout-mistake");
        await page.FillAsync("#coupon", "");
        await page.PressAsync("#coupon", "Tab");
        await Assertions.Expect(total).ToHaveAttributeAsync("value", (2 * one).ToString(System.Globalization.CultureInfo.InvariantCulture));
        await page.ClickAsync("#checkout-pay button[type=submit]");
        await page.WaitForURLAsync("**/pay*", new() { WaitUntil = WaitUntilState.Commit });
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync((2 * one / 100m).ToString("0.00", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Empty(errors);
    }

    private static async Task TheCopyButtonCopiesAsync(IPage page, string key)
    {
        await page.ClickAsync("[data-copy=key-1-0]");
        Assert.Equal(key, await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
    }

    private static async Task TheDownloadHoldsAsync(IPage page, string key)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("a[href$='/download']"));
        Assert.Contains(key, await File.ReadAllTextAsync(await download.PathAsync()), StringComparison.Ordinal);
    }

    private async Task AnotherBrowserFindsItAsync(string language, string contact, string key, List<string> errors)
    {
        var page = await browser.NewPhoneAsync(language, errors);
        await page.GotoAsync($"/cards/orders/lookup?culture={language}");
        await page.FillAsync("#contact", contact);
        await page.FillAsync("#password", "sesame-1");
        await LookAsync(page, language, "7-lookup");
        await page.ClickAsync("main form[method=post] button[type=submit]");
        if (await page.Locator("#key-1-0").CountAsync() == 0)
            await page.Locator("main a[href*='/orders/']").First.ClickAsync();
        await Assertions.Expect(page.Locator("#key-1-0")).ToHaveTextAsync(key);
        await LookAsync(page, language, "8-found");
    }

    /// <summary>No page of the path may be wider than the phone; and whoever wants can look at its picture.</summary>
    private static async Task LookAsync(IPage page, string language, string name)
    {
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (BrowserFixture.Screenshots is { } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{language}-{name}.png"), FullPage = true });
        Assert.True(overflow <= 0, $"{name} is {overflow} pixels wider than a phone");
    }
}
