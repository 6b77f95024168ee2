using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace LinkShop.Browser.Tests;

/// <summary>What staff do for a buyer after the sale, on a phone.</summary>
public sealed class OrderDeskTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task A_key_is_replaced_on_the_buyers_page_and_the_evidence_can_be_printed(string language)
    {
        var errors = new List<string>();
        var buyer = await browser.NewPhoneAsync(language, errors);
        await buyer.GotoAsync($"/cards/goods/xuanye?culture={language}");
        await buyer.ClickAsync(".ls-buybar button");
        await Walk.BuyAsync(buyer);
        var old = (await buyer.InnerTextAsync("#key-1-0")).Trim();
        var order = Regex.Match(buyer.Url, "/orders/([^/?]+)").Groups[1].Value;

        var admin = await browser.SignInAsync(language, errors);
        await admin.GotoAsync($"/cards/Admin/Orders/Detail/{order}");
        await admin.ClickAsync("#deliveries summary");
        await admin.SelectOptionAsync("#replace-reason", "AlreadyUsed");
        await admin.FillAsync("#replace-text", "tried twice");
        await Walk.LookAsync(admin, language, "r1-replace");
        await admin.ClickAsync("#deliveries button[type=submit]");
        await Assertions.Expect(admin.Locator("#deliveries [data-replaced]")).ToContainTextAsync("tried twice");
        await Walk.LookAsync(admin, language, "r2-replaced");

        await buyer.ReloadAsync();
        await Assertions.Expect(buyer.Locator("#key-1-0")).Not.ToHaveTextAsync(old);
        await Assertions.Expect(buyer.Locator("[data-replaced]")).ToContainTextAsync($"{old[..3]}•••{old[^3..]}");
        await Walk.LookAsync(buyer, language, "r3-buyer");

        await admin.ClickAsync("#evidence a");
        await Assertions.Expect(admin.Locator("#sha256")).ToHaveTextAsync(new Regex("^[0-9a-f]{64}$"));
        await Assertions.Expect(admin.Locator("main")).Not.ToContainTextAsync(old);
        await Walk.LookAsync(admin, language, "r4-evidence");
        await admin.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(admin.Locator(".ls-side")).ToBeHiddenAsync();
        await Walk.LookAsync(admin, language, "r5-print");
        var download = await admin.RunAndWaitForDownloadAsync(async () =>
        {
            await admin.EmulateMediaAsync(new() { Media = Media.Screen });
            await admin.ClickAsync("a[href*='/Evidence/Download/']");
        });
        Assert.Matches(@"^evidence-[\w-]+-[0-9a-f]{16}\.json$", download.SuggestedFilename);
        Assert.Empty(errors);

        // what is wrong with a form far down is in sight, and what was typed is still there
        await admin.GotoAsync($"/cards/Admin/Orders/Detail/{order}");
        await admin.ClickAsync("#money details:has(#refund-1) > summary");
        await admin.FillAsync("#refund-1", "0.001");
        await admin.ClickAsync("#money form[action*='/Orders/Refund/'] button[type=submit]");
        await Assertions.Expect(admin.Locator("#money form [role=alert]")).ToBeInViewportAsync();
        await Assertions.Expect(admin.Locator("#refund-1")).ToHaveValueAsync("0.001");
        await Walk.LookAsync(admin, language, "r6-refused");
    }
}
