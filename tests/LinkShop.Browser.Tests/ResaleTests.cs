using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace LinkShop.Browser.Tests;

/// <summary>A shop sells a mall's goods on, from finding them to both desks.</summary>
public sealed class ResaleTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("zh-CN", "XY-100", "9.95")]
    [InlineData("en", "GD-MIST", "13.00")]
    public async Task Goods_of_a_mall_are_listed_bought_in_the_shop_and_stopped_by_the_mall(string language, string sku, string price)
    {
        var errors = new List<string>();
        var shop = await browser.SignInAsync(language, errors, tenant: "corner");
        await shop.GotoAsync("/corner/Admin/Features?q=LinkShop.Resale");
        if (await shop.Locator("form[action$='Enable/LinkShop.Resale'] button").CountAsync() > 0)
            await shop.ClickAsync("form[action$='Enable/LinkShop.Resale'] button");
        var mall = await browser.SignInAsync(language, errors);
        await mall.GotoAsync("/cards/Admin/Resale/Offers");
        await Walk.LookAsync(mall, language, "s1-offers");
        await mall.GotoAsync($"/cards/Admin/Resale/Offers/Edit?sku={sku}");
        var offer = await mall.InputValueAsync("input[name=offer]");

        await shop.GotoAsync("/corner/Admin/Resale/Goods");
        await Walk.LookAsync(shop, language, "s2-find");
        await shop.ClickAsync($"a[href*='{offer}']");
        await shop.FillAsync("#price", "1");
        await shop.ClickAsync("main form[method=post] button[type=submit]");
        await Assertions.Expect(shop.Locator(".alert-danger")).ToBeVisibleAsync();
        errors.RemoveAll(e => e.Contains("422", StringComparison.Ordinal));
        await shop.FillAsync("#price", price);
        await Walk.LookAsync(shop, language, "s3-add");
        await shop.ClickAsync("main form[method=post] button[type=submit]");
        await Assertions.Expect(shop.Locator("main")).ToContainTextAsync(price);
        await Walk.LookAsync(shop, language, "s4-listed");
        await shop.ClickAsync($"a[href*='Contents/ContentItems/'][href*='Edit'] >> nth=0");
        var path = await shop.InputValueAsync("input[name*='AutoroutePart'][name$='Path']");
        await Walk.LookAsync(shop, language, "s5-editor");
        // saving in the editor keeps whose goods they are
        await shop.ClickAsync("button[name='submit.Publish']");
        await shop.WaitForURLAsync("**/Admin/**");

        var buyer = await browser.NewPhoneAsync(language, errors);
        await buyer.GotoAsync($"/corner/{path}?culture={language}");
        await Walk.LookAsync(buyer, language, "s6-product");
        await buyer.ClickAsync(".ls-buybar button");
        await Walk.BuyAsync(buyer);
        await Assertions.Expect(buyer.Locator("#key-1-0")).Not.ToBeEmptyAsync();
        await Walk.LookAsync(buyer, language, "s7-order");
        var order = Regex.Match(buyer.Url, "/orders/([^/?]+)").Groups[1].Value;
        await shop.GotoAsync($"/corner/Admin/Orders/Detail/{order}");
        await Walk.LookAsync(shop, language, "s8-shop-desk");
        var number = Regex.Match(await shop.InnerTextAsync(".alert-info"), "[0-9A-Z]{4}(-[0-9A-Z]{4}){3}").Value;
        await mall.GotoAsync($"/cards/Admin/Orders/Index?Q={number}");
        await mall.ClickAsync("main a[href*='Orders/Detail/'] >> nth=0");
        await Assertions.Expect(mall.Locator(".alert-info")).ToContainTextAsync("Corner");
        await Walk.LookAsync(mall, language, "s9-mall-desk");

        await InWordsAsync(mall, language, "s9-mall-desk");

        // what the shop owes is on both desks, and where money is, in words
        await mall.GotoAsync("/cards/Admin/Resale/Offers");
        await Assertions.Expect(mall.Locator("section[aria-labelledby=from-shops] a[href*='Finance/Wallet']")).ToBeVisibleAsync();
        await InWordsAsync(mall, language, "s12-money-from-shops");
        await mall.GotoAsync("/cards/Admin/Finance/Index");
        await InWordsAsync(mall, language, "s13-books");
        await shop.GotoAsync("/corner/Admin/Resale/Goods");
        await Assertions.Expect(shop.Locator("section[aria-labelledby=to-suppliers] tbody tr")).ToHaveCountAsync(1);
        await InWordsAsync(shop, language, "s14-money-for-suppliers");
        await shop.GotoAsync("/corner/Admin/Payments/Index");
        await InWordsAsync(shop, language, "s15-payments");

        await mall.GotoAsync($"/cards/Admin/Resale/Offers/Edit?sku={sku}");
        await mall.FillAsync("#note", "the maker stopped it");
        await Walk.LookAsync(mall, language, "s10-terms");
        await mall.ClickAsync("form[action$='Stop'] button");
        await shop.GotoAsync("/corner/Admin/Resale/Goods");
        await Assertions.Expect(shop.Locator(".alert-warning >> nth=0")).ToContainTextAsync("the maker stopped it");
        await Walk.LookAsync(shop, language, "s11-notice");
        Assert.Empty(errors);
    }

    /// <summary>A page that says what things are called, not what the system calls them.</summary>
    private static async Task InWordsAsync(IPage page, string language, string name)
    {
        await Walk.LookAsync(page, language, name);
        Assert.DoesNotMatch(@"GameCards|\bsandbox\b|· resale\b|Supply(Payable|Receivable)|ProviderClearing", await page.InnerTextAsync("main"));
    }
}
