using System.Globalization;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using Microsoft.Playwright;

namespace LinkShop.Browser.Tests;

/// <summary>A shop's life: opened, branded, goods of a mall sold on at the shop's own domain, and both desks show the same shares to the fen.</summary>
public sealed class ShopLifeTests(BrowserFixture browser)
{
    private const string Sku = "MP-60"; // the mall gets 5.00 for it
    private const decimal Price = 6.00m;
    private const decimal Cost = 5.00m;

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task A_shop_is_opened_branded_sells_a_malls_goods_at_its_own_domain_and_both_desks_and_the_books_agree(string language)
    {
        string Say(string english, string chinese) => language == "en" ? english : chinese;
        var errors = new List<string>();
        var name = "life" + Guid.NewGuid().ToString("N")[..8];
        var owner = await browser.NewPhoneAsync(language, errors);
        var tenant = await OpenAsync(owner, language, name);

        // the mall's goods, under the shop's own name and price
        var mall = await browser.SignInAsync(language, errors);
        await mall.GotoAsync($"/cards/Admin/Resale/Offers/Edit?sku={Sku}");
        var offer = await mall.InputValueAsync("input[name=offer]");
        await owner.GotoAsync($"/{name}/Admin/Resale/Goods");
        await owner.ClickAsync($"a[href*='{offer}']");
        await owner.FillAsync("#title", "Life " + name);
        await owner.FillAsync("#price", Price.ToString(CultureInfo.InvariantCulture));
        await owner.ClickAsync("main form[method=post] button[type=submit]");
        await owner.ClickAsync("a[href*='Contents/ContentItems/'][href*='Edit'] >> nth=0");
        var path = await owner.InputValueAsync("input[name*='AutoroutePart'][name$='Path']");

        // its own domain, on the platform's word
        var platform = await browser.SignInAsync(language, errors, tenant: "");
        await platform.GotoAsync($"/Admin/Shops/Detail/{tenant}");
        await platform.FillAsync("#hosts", $"{name}.shop.example");
        await platform.ClickAsync("form[action*='/Shops/Domains'] button[type=submit]");
        await Assertions.Expect(platform.Locator("#hosts")).ToHaveValueAsync($"{name}.shop.example");

        // bought there
        var home = new UriBuilder(browser.Server.Address) { Host = $"{name}.shop.example" }.Uri;
        var buyer = await browser.NewPhoneAsync(language, errors);
        await buyer.GotoAsync(new Uri(home, $"/?culture={language}").ToString());
        await Assertions.Expect(buyer.Locator(".ls-front h1")).ToBeVisibleAsync();
        Assert.Equal("rgb(10, 125, 51)", await buyer.EvaluateAsync<string>("getComputedStyle(document.querySelector('.ls-front__text')).backgroundColor"));
        await Walk.LookAsync(buyer, language, "l1-home");
        await buyer.ClickAsync($"a[href$='/{path}'] >> nth=0");
        Assert.Equal(home.Authority + "/" + path, new Uri(buyer.Url).Authority + new Uri(buyer.Url).AbsolutePath);
        await Walk.LookAsync(buyer, language, "l2-product");
        await buyer.ClickAsync(".ls-buybar button");
        await Walk.BuyAsync(buyer);
        Assert.Equal(home.Authority, new Uri(buyer.Url).Authority);
        await Assertions.Expect(buyer.Locator("#key-1-0")).Not.ToBeEmptyAsync();
        await Walk.LookAsync(buyer, language, "l3-order");
        var order = Regex.Match(buyer.Url, "/orders/([^/?]+)").Groups[1].Value;

        // the shop's desk: what the buyer paid is shared out, and the mall's part is its price
        await owner.GotoAsync($"/{name}/Admin/Orders/Detail/{order}");
        await Walk.LookAsync(owner, language, "l4-shop-desk");
        Assert.Equal(Price, await SharesAsync(owner));
        Assert.Equal(Cost, await ShareAsync(owner, Say("Supplier", "供货商")));
        // the mall's desk: the same amount is what came in, and it is shared out by the mall's own rules
        var number = Regex.Match(await owner.InnerTextAsync(".alert-info"), "[0-9A-Z]{4}(-[0-9A-Z]{4}){3}").Value;
        await mall.GotoAsync($"/cards/Admin/Orders/Index?Q={number}");
        await mall.ClickAsync("main a[href*='Orders/Detail/'] >> nth=0");
        await Walk.LookAsync(mall, language, "l5-mall-desk");
        Assert.Equal(Cost, await SharesAsync(mall));

        var (code, output) = await LinkShopServer.RunCommandAsync("verify", new ServerOptions(DataPath: browser.Server.DataPath));
        Assert.True(code == 0, output);
        Assert.Empty(errors);
    }

    /// <summary>Opens the shop with a look of its own and enters it; gives its tenant's name.</summary>
    private static async Task<string> OpenAsync(IPage owner, string language, string name)
    {
        await owner.GotoAsync($"/Register?returnUrl=/open-a-shop&culture={language}");
        await owner.FillAsync("#UserName", name);
        await owner.FillAsync("#Email", name + "@example.com");
        await owner.FillAsync("#Password", "Long enough 1");
        await owner.FillAsync("#PasswordConfirmation", "Long enough 1");
        await owner.ClickAsync("form[action*=Register] button[type=submit]");
        await owner.WaitForURLAsync("**/open-a-shop");
        await owner.FillAsync("#title", "Life");
        await owner.FillAsync("#slug", name);
        await owner.CheckAsync("#preset-forest", new() { Force = true });
        await owner.FillAsync("#primary", "#0a7d33");
        await owner.ClickAsync("form[data-open] button[type=submit]");
        await owner.WaitForURLAsync("**/my-shops/Shop*");
        var tenant = new Uri(owner.Url).Segments[^1];
        await owner.ClickAsync("form[action*='/enter'] button");
        await owner.WaitForURLAsync($"**/{name}/Admin");
        return tenant;
    }

    private static async Task<decimal> SharesAsync(IPage page) => (await page.Locator("#money > .card-body > ul strong").AllInnerTextsAsync()).Sum(Read);

    private static async Task<decimal> ShareAsync(IPage page, string name) => Read(await page.Locator("#money > .card-body > ul li", new() { HasText = name }).First.Locator("strong").InnerTextAsync());

    private static decimal Read(string money) => decimal.Parse(Regex.Replace(money, "[^0-9.]", ""), CultureInfo.InvariantCulture);
}
