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
        var admin = await SignInAsync(language, errors);
        await admin.GotoAsync("/cards/Admin/KeyPools/Create");
        await admin.FillAsync("#Name", "Pool " + tag);
        await admin.ClickAsync("main form[method=post] button.btn-primary");
        await admin.FillAsync("#paste", $"K-{tag}-1\nK-{tag}-1\nK-{tag}-2");
        await admin.ClickAsync("form:has(#paste) button");
        await LookAsync(admin, language, "m1-import");
        await Assertions.Expect(admin.Locator("main .alert")).ToContainTextAsync("2");
        await Assertions.Expect(admin.Locator("main table tbody tr")).ToHaveCountAsync(1);
        await admin.ClickAsync("main a.btn-primary");
        await admin.SetInputFilesAsync("#file", new FilePayload { Name = "keys.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes($"key,label,note\nK-{tag}-3,,\n") });
        await admin.ClickAsync("form:has(#file) button");
        await admin.ClickAsync("main a.btn-primary");
        await LookAsync(admin, language, "m2-pool");

        await admin.GotoAsync("/cards/Admin/Products");
        await admin.ClickAsync(".ls-page-head a.btn-primary");
        await admin.FillAsync("[name='TitlePart.Title']", "Goods " + tag);
        const string Sku = "VirtualGoodsPart.Skus[0].";
        await admin.FillAsync($"[name='{Sku}Id']", "S-" + tag);
        await admin.FillAsync($"[name='{Sku}Price']", "12.50");
        await admin.SelectOptionAsync($"[name='{Sku}PoolId']", new SelectOptionValue { Label = "Pool " + tag });
        await LookAsync(admin, language, "m3-product");
        await admin.ClickAsync("[name='submit.Publish']");
        await admin.WaitForURLAsync("**/Admin/Products*");
        await admin.FillAsync("[name=Q]", tag);
        await admin.PressAsync("[name=Q]", "Enter");
        var row = admin.Locator("main table tbody tr");
        await Assertions.Expect(row).ToContainTextAsync("12.50");
        await LookAsync(admin, language, "m4-list");

        var buyer = await browser.NewPhoneAsync(language, errors);
        await buyer.GotoAsync(new Uri(browser.Server.Address, await row.Locator("a[href^='/cards/goods'], a[href*='goods-']").Last.GetAttributeAsync("href")).ToString() + $"?culture={language}");
        await buyer.ClickAsync(".ls-buybar button");
        await BuyAsync(buyer);
        Assert.Matches($"^K-{tag}-[123]$", await buyer.InnerTextAsync("#key-1-0"));
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
        await BuyAsync(buyer);
        await LookAsync(buyer, language, "h1-waiting");
        var order = Regex.Match(buyer.Url, "/orders/([^/?]+)").Groups[1].Value;

        var admin = await SignInAsync(language, errors);
        await LookAsync(admin, language, "h2-dashboard");
        await admin.ClickAsync($"a[href$='/Orders/Detail/{order}']");
        await Assertions.Expect(admin.Locator("main")).ToContainTextAsync(language == "en" ? "Nickname in the game: Momo" : "游戏昵称: Momo");
        await admin.FillAsync("#text-1", "Room 4711, ask for Lin");
        await LookAsync(admin, language, "h3-order");
        await admin.ClickAsync("form:has(#text-1) button");
        await Assertions.Expect(admin.Locator("#text-1")).ToHaveCountAsync(0);

        // the page notices by itself
        await Assertions.Expect(buyer.Locator("#key-1-0")).ToHaveTextAsync("Room 4711, ask for Lin", new() { Timeout = 20_000 });
        await LookAsync(buyer, language, "h4-delivered");
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
        await LookAsync(buyer, language, "p1-pick");
        await BuyAsync(buyer);
        Assert.StartsWith(label.Split(' ')[0], (await buyer.InnerTextAsync("#key-1-0")).Trim(), StringComparison.Ordinal);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task An_orders_money_is_followed_from_sale_through_commission_to_a_partial_refund(string language)
    {
        var errors = new List<string>();
        var buyer = await browser.NewPhoneAsync(language, errors);
        await buyer.GotoAsync($"/cards/goods/bobo?culture={language}");
        await buyer.ClickAsync(".ls-buybar button");
        await buyer.CheckAsync("#pick-any");
        await BuyAsync(buyer);
        var order = Regex.Match(buyer.Url, "/orders/([^/?]+)").Groups[1].Value;

        var admin = await SignInAsync(language, errors);
        await admin.GotoAsync($"/cards/Admin/Orders/Detail/{order}");
        var money = admin.Locator("#money");
        await Assertions.Expect(money).ToContainTextAsync(language == "en" ? "The buyer paid" : "买家支付");
        await LookAsync(admin, language, "f1-money");
        await money.Locator("details:has(form[action*=Refund]) > summary").ClickAsync();
        await admin.FillAsync("#refund-1", "2.00");
        await admin.SelectOptionAsync("#refund-reason", "Goodwill");
        await LookAsync(admin, language, "f2-refund");
        await admin.ClickAsync("form[action*=Refund] button[type=submit]");
        await Assertions.Expect(money).ToContainTextAsync(language == "en" ? "Back to the buyer" : "退还买家");
        // the sandbox gives it back by itself, and the buyer's page says so
        var back = admin.Locator("main", new() { HasText = language == "en" ? "Refunded: ¥2.00" : "已退款：¥2.00" });
        for (var until = DateTime.UtcNow.AddSeconds(20); await back.CountAsync() == 0 && DateTime.UtcNow < until;)
            await admin.ReloadAsync();
        await Assertions.Expect(back).ToHaveCountAsync(1);
        foreach (var summary in await money.Locator("summary").AllAsync())
            await summary.ClickAsync();
        await LookAsync(admin, language, "f3-back");
        await admin.GotoAsync("/cards/Admin/Finance/Index");
        await Assertions.Expect(admin.Locator(".alert-success")).ToContainTextAsync("¥0.00");
        await admin.GotoAsync("/cards/Admin/Finance/Wallet");
        await LookAsync(admin, language, "f4-wallet");
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task A_key_is_replaced_on_the_buyers_page_and_the_evidence_can_be_printed(string language)
    {
        var errors = new List<string>();
        var buyer = await browser.NewPhoneAsync(language, errors);
        await buyer.GotoAsync($"/cards/goods/xuanye?culture={language}");
        await buyer.ClickAsync(".ls-buybar button");
        await BuyAsync(buyer);
        var old = (await buyer.InnerTextAsync("#key-1-0")).Trim();
        var order = Regex.Match(buyer.Url, "/orders/([^/?]+)").Groups[1].Value;

        var admin = await SignInAsync(language, errors);
        await admin.GotoAsync($"/cards/Admin/Orders/Detail/{order}");
        await admin.ClickAsync("#deliveries summary");
        await admin.SelectOptionAsync("#replace-reason", "AlreadyUsed");
        await admin.FillAsync("#replace-text", "tried twice");
        await LookAsync(admin, language, "r1-replace");
        await admin.ClickAsync("#deliveries button[type=submit]");
        await Assertions.Expect(admin.Locator("#deliveries [data-replaced]")).ToContainTextAsync("tried twice");
        await LookAsync(admin, language, "r2-replaced");

        await buyer.ReloadAsync();
        await Assertions.Expect(buyer.Locator("#key-1-0")).Not.ToHaveTextAsync(old);
        await Assertions.Expect(buyer.Locator("[data-replaced]")).ToContainTextAsync($"{old[..3]}•••{old[^3..]}");
        await LookAsync(buyer, language, "r3-buyer");

        await admin.ClickAsync("#evidence a");
        await Assertions.Expect(admin.Locator("#sha256")).ToHaveTextAsync(new Regex("^[0-9a-f]{64}$"));
        await Assertions.Expect(admin.Locator("main")).Not.ToContainTextAsync(old);
        await LookAsync(admin, language, "r4-evidence");
        await admin.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(admin.Locator(".ls-side")).ToBeHiddenAsync();
        await LookAsync(admin, language, "r5-print");
        var download = await admin.RunAndWaitForDownloadAsync(async () =>
        {
            await admin.EmulateMediaAsync(new() { Media = Media.Screen });
            await admin.ClickAsync("a[href*='/Evidence/Download/']");
        });
        Assert.Matches(@"^evidence-[\w-]+-[0-9a-f]{16}\.json$", download.SuggestedFilename);
        Assert.Empty(errors);
    }

    private async Task<IPage> SignInAsync(string language, List<string> errors)
    {
        var page = await browser.NewPhoneAsync(language, errors);
        await page.GotoAsync($"/cards/Login?culture={language}");
        await page.FillAsync("#UserName", LinkShopServer.AdminUser);
        await page.FillAsync("#Password", LinkShopServer.AdminPassword);
        await page.ClickAsync("form[action*=Login] button[type=submit]:not([data-reveal])");
        await page.WaitForURLAsync("**/Admin*");
        return page;
    }

    /// <summary>From the checkout's form to the paid order's page.</summary>
    private static async Task BuyAsync(IPage page)
    {
        await page.FillAsync("#contact", $"buyer-{Guid.NewGuid():N}@example.com");
        await page.FillAsync("#password", "sesame-1");
        await page.ClickAsync("#checkout-pay button[type=submit]");
        await page.WaitForURLAsync("**/pay*");
        await page.ClickAsync("main form[method=post] button[type=submit]");
        await page.ClickAsync("button[name=act][value=pay]");
        await page.WaitForURLAsync("**/orders/*");
    }

    private static async Task LookAsync(IPage page, string language, string name)
    {
        if (BrowserFixture.Screenshots is { } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{language}-{name}.png"), FullPage = true });
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, $"{name} is wider than a phone");
    }
}
