using Microsoft.Playwright;

namespace LinkShop.Browser.Tests;

/// <summary>Somebody opens a shop of their own on a phone, from the platform's front page on.</summary>
public sealed class OpenAShopTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("zh-CN", "我要开店", "注册账号", "进入我的店铺", "外观", "我的小铺")]
    [InlineData("en", "Open a shop", "Create an account", "Enter my shop", "Look", "My shops")]
    public async Task A_person_opens_a_shop_brands_it_enters_its_desk_and_changes_its_look(string language, string open, string register, string enter, string look, string mine)
    {
        var errors = new List<string>();
        var page = await browser.NewPhoneAsync(language, errors);
        await page.GotoAsync($"/?culture={language}");
        await Walk.LookAsync(page, language, "s1-front");
        await page.Locator("header").GetByRole(AriaRole.Link, new() { Name = open }).ClickAsync();
        await Walk.LookAsync(page, language, "s2-welcome");
        await page.GetByRole(AriaRole.Link, new() { Name = register }).ClickAsync();
        var name = "ann" + Guid.NewGuid().ToString("N")[..8];
        await page.FillAsync("#UserName", name);
        await page.FillAsync("#Email", name + "@example.com");
        await page.FillAsync("#Password", "Long enough 1");
        await page.FillAsync("#PasswordConfirmation", "Long enough 1");
        await page.ClickAsync("form[action*=Register] button[type=submit]");
        await page.WaitForURLAsync("**/open-a-shop");

        // taken, then free, while it is typed
        await page.FillAsync("#title", language == "en" ? "Ann's Cards" : "小安的点卡铺");
        await page.FillAsync("#slug", "cards");
        await Assertions.Expect(page.Locator("#slug-answer.is-taken")).ToBeVisibleAsync();
        await page.FillAsync("#slug", name);
        await Assertions.Expect(page.Locator("#slug-answer.is-free")).ToBeVisibleAsync();
        await page.CheckAsync("#preset-sunset", new() { Force = true });
        await page.FillAsync(language == "en" ? "#slogan-en" : "#slogan-zh", language == "en" ? "Paid, and it's yours" : "付款秒发");
        await Assertions.Expect(page.Locator("[data-preview-slogan]")).ToHaveTextAsync(language == "en" ? "Paid, and it's yours" : "付款秒发");
        Assert.Equal("rgb(232, 89, 12)", await ColourAsync(page, ".ls-preview__button"));
        await page.FillAsync("#primary", "#0a7d33");
        Assert.Equal("rgb(10, 125, 51)", await ColourAsync(page, ".ls-preview__button"));
        await page.SetInputFilesAsync("#logo", new FilePayload { Name = "logo.png", MimeType = "image/png", Buffer = await LogoAsync(page) });
        await page.WaitForFunctionAsync("document.querySelector('.ls-preview__logo').style.backgroundImage.includes('data:image/png')");
        await Walk.LookAsync(page, language, "s3-wizard");
        await page.ClickAsync("form[data-open] button[type=submit]");
        await page.WaitForURLAsync("**/my-shops/Shop*");
        var tenant = new Uri(page.Url).Segments[^1];
        await Assertions.Expect(page.Locator("main img[src$='qr.svg']")).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('main img').naturalWidth > 0"));
        await Walk.LookAsync(page, language, "s4-live");

        await page.GotoAsync("/" + name);
        await Assertions.Expect(page.Locator(".ls-front h1")).ToBeVisibleAsync();
        Assert.Equal("rgb(10, 125, 51)", await ColourAsync(page, ".ls-front__text"));
        await Walk.LookAsync(page, language, "s5-shop");
        await page.GotoAsync("/my-shops");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(mine);
        await Walk.LookAsync(page, language, "s6-mine");
        await page.GetByRole(AriaRole.Button, new() { Name = enter }).ClickAsync();
        await page.WaitForURLAsync($"**/{name}/Admin");
        await Walk.LookAsync(page, language, "s7-desk");
        await page.GotoAsync($"/{name}/Admin/ShopDesk/Look");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(look);
        await page.CheckAsync("#preset-ink", new() { Force = true });
        await page.FillAsync("#primary", "#ffe100");
        await page.SelectOptionAsync("#mode", "dark");
        await Walk.LookAsync(page, language, "s8-look");
        await page.ClickAsync("form[enctype] button[type=submit]");
        await Assertions.Expect(page.Locator(".message-success, .alert-success")).ToBeVisibleAsync();
        foreach (var screen in new[] { "Opening", "Share", "Plan" })
        {
            await page.GotoAsync($"/{name}/Admin/ShopDesk/{screen}");
            await Walk.LookAsync(page, language, "s9-" + screen);
            if (screen == "Share")
                await Walk.LoadsDownPngAsync(page);
        }

        await page.GotoAsync($"/{name}/Admin/ShopDomains/Index");
        await Assertions.Expect(page.Locator("#domain")).ToHaveCountAsync(0);
        await Walk.LookAsync(page, language, "s9-domains-free");
        var platform = await browser.SignInAsync(language, errors, tenant: "");
        await platform.GotoAsync($"/Admin/Shops/Plan/{tenant}");
        await platform.SelectOptionAsync("#plan", "brand");
        await platform.FillAsync("#reason", "A guest of the fair");
        await platform.ClickAsync("form[action*='/Shops/Plan'] button[type=submit]");
        await Assertions.Expect(platform.Locator(".message-success, .alert-success")).ToBeVisibleAsync();
        await Walk.LookAsync(platform, language, "s9-plan-given");
        await page.ReloadAsync();
        await Walk.LookAsync(page, language, "s9-domains-none");
        await page.FillAsync("#domain", $"小铺.{name}.example");
        await page.ClickAsync("form[action$='/ShopDomains/Add'] button");
        await page.ClickAsync("[data-copy=text-1]");
        Assert.Matches("^linkshop=[0-9a-f]{32}$", await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        await page.ClickAsync("main details summary");
        await Walk.LookAsync(page, language, "s9-domains-waiting");
        await page.FillAsync("#domain", "localhost");
        await page.ClickAsync("form[action$='/ShopDomains/Add'] button");
        await Assertions.Expect(page.Locator(".alert-danger")).ToBeVisibleAsync();
        await Walk.LookAsync(page, language, "s9-domains-refused");
        errors.RemoveAll(error => error.Contains("422", StringComparison.Ordinal)); // Chromium reports the refusal above
        await page.GotoAsync($"/{name}/Admin/ShopDomains/Index");
        await page.ClickAsync("form[action$='/ShopDomains/Check'] button");
        await Assertions.Expect(page.Locator(".message-warning, .alert-warning")).ToBeVisibleAsync();
        await Walk.LookAsync(page, language, "s9-domains-checked");

        await page.GotoAsync("/plans?shop=" + name);
        await Walk.LookAsync(page, language, "s9-plans");
        await page.Locator("button[value=plan-pro-month]").ClickAsync();
        await Assertions.Expect(page.Locator($"input[value='{name}']")).ToBeVisibleAsync();
        await Walk.LookAsync(page, language, "s9-checkout");
        await page.GotoAsync("/" + name);
        Assert.Equal(("rgb(255, 225, 0)", "rgb(0, 0, 0)"), (await ColourAsync(page, ".ls-front__text"), await ColourAsync(page, ".ls-front__text", "color")));
        Assert.Equal("rgb(15, 18, 27)", await ColourAsync(page, "body"));
        await Walk.LookAsync(page, language, "s10-changed");
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Without_a_script_a_shop_is_opened_all_the_same()
    {
        var page = await browser.NewPhoneAsync("en", [], script: false);
        var name = "noscript" + Guid.NewGuid().ToString("N")[..6];
        await page.GotoAsync("/Register?returnUrl=/open-a-shop");
        await page.FillAsync("#UserName", name);
        await page.FillAsync("#Email", name + "@example.com");
        await page.FillAsync("#Password", "Long enough 1");
        await page.FillAsync("#PasswordConfirmation", "Long enough 1");
        await page.ClickAsync("form[action*=Register] button[type=submit]");
        await page.FillAsync("#title", "Plain shop");
        await page.CheckAsync("#preset-berry", new() { Force = true });
        await Walk.LookAsync(page, "en", "s11-noscript");
        await page.ClickAsync("form[data-open] button[type=submit]");
        await page.WaitForURLAsync("**/my-shops/Shop*");
        var tenant = new Uri(page.Url).Segments[^1];
        await page.GotoAsync("/" + name);
        await Assertions.Expect(page.Locator("html.ls-preset-berry")).ToHaveCountAsync(1);
    }

    private static Task<string> ColourAsync(IPage page, string selector, string property = "background-color") =>
        page.EvaluateAsync<string>("([selector, property]) => getComputedStyle(document.querySelector(selector)).getPropertyValue(property)", new[] { selector, property });

    /// <summary>A picture that the browser itself draws.</summary>
    private static async Task<byte[]> LogoAsync(IPage page) => Convert.FromBase64String(await page.EvaluateAsync<string>("""
        () => {
          const canvas = document.createElement('canvas');
          canvas.width = canvas.height = 128;
          const pen = canvas.getContext('2d');
          pen.fillStyle = '#0a7d33'; pen.fillRect(0, 0, 128, 128);
          pen.fillStyle = '#ffe100'; pen.beginPath(); pen.arc(64, 64, 40, 0, 7); pen.fill();
          return canvas.toDataURL('image/png').split(',')[1];
        }
        """));
}
