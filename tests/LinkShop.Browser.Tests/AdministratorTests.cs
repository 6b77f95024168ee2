using LinkShop.Testing;
using Microsoft.Playwright;

namespace LinkShop.Browser.Tests;

/// <summary>What a shop's administrator sees first.</summary>
public sealed class AdministratorTests(BrowserFixture browser)
{
    public static TheoryData<string, string> Screens()
    {
        var data = new TheoryData<string, string>();
        foreach (var path in new[] { "", "/Contents/ContentItems", "/KeyPools/Index", "/Orders/Index", "/Coupons/Index", "/Payments/Index", "/Outbox/Index", "/Features", "/Users" })
        {
            data.Add("zh-CN", path);
            data.Add("en", path);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Every_screen_opens_on_a_phone_without_a_script_error(string language, string path)
    {
        var errors = new List<string>();
        var page = await browser.NewPhoneAsync(language, errors);
        await page.GotoAsync($"/cards/Login?culture={language}");
        await page.FillAsync("#UserName", LinkShopServer.AdminUser);
        await page.FillAsync("#Password", LinkShopServer.AdminPassword);
        await page.ClickAsync("main button[type=submit], form[action*=Login] button[type=submit]");
        await page.WaitForURLAsync("**/Admin*");
        var response = await page.GotoAsync($"/cards/Admin{path}");
        Assert.Equal(200, response!.Status);
        if (BrowserFixture.Screenshots is { } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"admin-{language}{path.Replace('/', '-')}.png"), FullPage = true });
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, "wider than a phone");
        Assert.Empty(errors);
    }
}
