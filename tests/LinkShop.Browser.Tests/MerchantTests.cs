using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using Microsoft.Playwright;

namespace LinkShop.Browser.Tests;

/// <summary>A merchant's work and its buyers, on a phone: new goods from keys to sale, goods delivered by hand, a number that the buyer picks.</summary>
public sealed class MerchantTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task A_merchant_imports_keys_publishes_a_product_and_a_buyer_gets_one_of_them(string language)
    {
        var errors = new List<string>();
        var tag = Guid.NewGuid().ToString("N")[..8];
        var admin = await browser.SignInAsync(language, errors);
        await admin.GotoAsync("/cards/Admin/KeyPools/Create");
        await admin.FillAsync("#Name", "Pool " + tag);
        await admin.ClickAsync("main form[method=post] button.btn-primary");
        await admin.FillAsync("#paste", $"K-{tag}-1\nK-{tag}-1\nK-{tag}-2");
        await admin.ClickAsync("form:has(#paste) button");
        await Walk.LookAsync(admin, language, "m1-import");
        await Assertions.Expect(admin.Locator("main .alert")).ToContainTextAsync("2");
        await Assertions.Expect(admin.Locator("main table tbody tr")).ToHaveCountAsync(1);
        await admin.ClickAsync("main a.btn-primary");
        await admin.SetInputFilesAsync("#file", new FilePayload { Name = "keys.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes($"key,label,note\nK-{tag}-3,,\n") });
        await admin.ClickAsync("form:has(#file) button");
        await admin.ClickAsync("main a.btn-primary");
        await Walk.LookAsync(admin, language, "m2-pool");

        await admin.GotoAsync("/cards/Admin/Merchants/Edit");
        await admin.FillAsync("#user", LinkShopServer.AdminUser);
        await admin.FillAsync("#name", "Merchant " + tag);
        await Walk.LookAsync(admin, language, "m2-merchant");
        await admin.ClickAsync("main form button[type=submit]");
        await Walk.LookAsync(admin, language, "m2-merchants");
        var before = await PendingAsync(admin);

        await admin.GotoAsync("/cards/Admin/Products");
        await admin.ClickAsync(".ls-page-head a.btn-primary");
        await admin.FillAsync("[name='TitlePart.Title']", "Goods " + tag);
        const string Sku = "VirtualGoodsPart.Skus[0].";
        await admin.FillAsync($"[name='{Sku}Id']", "S-" + tag);
        await admin.FillAsync($"[name='{Sku}Price']", "12.50");
        await admin.SelectOptionAsync($"[name='{Sku}PoolId']", new SelectOptionValue { Label = "Pool " + tag });
        await admin.SelectOptionAsync("[name='VirtualGoodsPart.MerchantId']", new SelectOptionValue { Label = "Merchant " + tag });
        await Walk.LookAsync(admin, language, "m3-product");
        await admin.ClickAsync("[name='submit.Publish']");
        await admin.WaitForURLAsync("**/Admin/Products*");
        await admin.FillAsync("[name=Q]", tag);
        await admin.PressAsync("[name=Q]", "Enter");
        var row = admin.Locator("main table tbody tr");
        await Assertions.Expect(row).ToContainTextAsync("12.50");
        await Walk.LookAsync(admin, language, "m4-list");

        var buyer = await browser.NewPhoneAsync(language, errors);
        await buyer.GotoAsync(new Uri(browser.Server.Address, await row.Locator("a[href^='/cards/goods'], a[href*='goods-']").Last.GetAttributeAsync("href")).ToString() + $"?culture={language}");
        await buyer.ClickAsync(".ls-buybar button");
        await Walk.BuyAsync(buyer);
        Assert.Matches($"^K-{tag}-[123]$", await buyer.InnerTextAsync("#key-1-0"));

        // 12.50 less 5 % and 0.6 %, in the wallet of the merchant and not in the shop's
        Assert.Equal(before + 11.81m, await PendingAsync(admin));
        await Walk.LookAsync(admin, language, "m5-wallet");
        await admin.ClickAsync("main details summary");
        await admin.ClickAsync("main details table tbody tr:last-child a");
        await Assertions.Expect(admin.Locator("main")).ToContainTextAsync("¥11.81");
        await Assertions.Expect(admin.Locator("main")).ToContainTextAsync(language == "en" ? "5 % of ¥12.50" : "¥12.50 的 5%");
        await Walk.LookAsync(admin, language, "m6-earning");
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task What_is_delivered_by_hand_reaches_the_buyers_page(string language)
    {
        var errors = new List<string>();
        var buyer = await browser.NewPhoneAsync(language, errors);
        await buyer.GotoAsync($"/cards/goods/coach?culture={language}");
        await buyer.ClickAsync(".ls-buybar button");
        await buyer.FillAsync("#field-nickname", "Momo");
        await buyer.FillAsync("#field-phone", "13800138000");
        await buyer.SelectOptionAsync("#field-slot", new SelectOptionValue { Index = 1 });
        await Walk.BuyAsync(buyer);
        await Walk.LookAsync(buyer, language, "h1-waiting");
        var order = Regex.Match(buyer.Url, "/orders/([^/?]+)").Groups[1].Value;

        var admin = await browser.SignInAsync(language, errors);
        await Walk.LookAsync(admin, language, "h2-dashboard");
        await admin.ClickAsync($"a[href$='/Orders/Detail/{order}']");
        await Assertions.Expect(admin.Locator("main")).ToContainTextAsync(language == "en" ? "Nickname in the game: Momo" : "游戏昵称: Momo");
        await admin.FillAsync("#text-1", "Room 4711, ask for Lin");
        await Walk.LookAsync(admin, language, "h3-order");
        await admin.ClickAsync("form:has(#text-1) button");
        await Assertions.Expect(admin.Locator("#text-1")).ToHaveCountAsync(0);

        // the page notices by itself
        await Assertions.Expect(buyer.Locator("#key-1-0")).ToHaveTextAsync("Room 4711, ask for Lin", new() { Timeout = 20_000 });
        await Walk.LookAsync(buyer, language, "h4-delivered");
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("zh-CN", 0)]
    [InlineData("en", 1)]
    public async Task A_picked_number_costs_its_surcharge_and_is_the_one_delivered(string language, int which)
    {
        var errors = new List<string>();
        var buyer = await browser.NewPhoneAsync(language, errors);
        await buyer.GotoAsync($"/cards/goods/bobo?culture={language}");
        await buyer.ClickAsync(".ls-buybar button");
        var label = (await buyer.Locator("label[for^='pick-']:not([for=pick-any])").Nth(which).InnerTextAsync()).Trim();
        await buyer.Locator("input[name=Pick]:not(#pick-any)").Nth(which).CheckAsync();
        await Assertions.Expect(buyer.Locator(".ls-sum .is-total").Last).ToContainTextAsync("99.90");
        await Walk.LookAsync(buyer, language, "p1-pick");
        await Walk.BuyAsync(buyer);
        Assert.StartsWith(label.Split(' ')[0], (await buyer.InnerTextAsync("#key-1-0")).Trim(), StringComparison.Ordinal);
        Assert.Empty(errors);
    }

    /// <summary>What the merchant has earned and not been released yet.</summary>
    private static async Task<decimal> PendingAsync(IPage page)
    {
        await page.GotoAsync("/cards/Admin/Merchants/Index");
        await page.ClickAsync("main table a[href*='Finance/Wallet?owner=']");
        await Assertions.Expect(page.Locator("main h1")).ToContainTextAsync(LinkShopServer.AdminUser);
        var shown = page.Locator("[data-pending]");
        return await shown.CountAsync() == 0 ? 0 : decimal.Parse((await shown.InnerTextAsync()).Replace("¥", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
