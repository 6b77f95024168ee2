using System.Text.RegularExpressions;
using LinkShop.Testing;
using Microsoft.Playwright;

namespace LinkShop.Browser.Tests;

/// <summary>Steps that several walks have in common.</summary>
internal static class Walk
{
    /// <summary>A new browser, signed in as one of the mall's staff; without a mall, of the platform's.</summary>
    public static async Task<IPage> SignInAsync(this BrowserFixture browser, string language, List<string> errors, string user = LinkShopServer.AdminUser, string tenant = "cards")
    {
        var page = await browser.NewPhoneAsync(language, errors);
        await page.GotoAsync($"{(tenant.Length > 0 ? "/" + tenant : "")}/Login?culture={language}");
        await page.FillAsync("#UserName", user);
        await page.FillAsync("#Password", LinkShopServer.AdminPassword);
        await page.ClickAsync("form[action*=Login] button[type=submit]:not([data-reveal])");
        await page.WaitForURLAsync("**/Admin*");
        return page;
    }

    /// <summary>Makes somebody one of the mall's staff; they sign in with the administrator's password.</summary>
    public static async Task<string> HireAsync(IPage admin, string role, string tenant = "cards")
    {
        var name = $"{role}{Guid.NewGuid():N}"[..(role.Length + 8)].ToLowerInvariant();
        await admin.GotoAsync($"/{tenant}/Admin/Users/Create");
        await admin.FillAsync("#UserName", name);
        await admin.FillAsync("#Password", LinkShopServer.AdminPassword);
        await admin.CheckAsync($"input[name=RoleNames][value={role}]");
        await admin.ClickAsync("main form[method=post] button[type=submit]:not([data-reveal])");
        await admin.WaitForURLAsync(new Regex("/Admin/Users$"));
        return name;
    }

    /// <summary>Makes a PNG of the page's poster.</summary>
    public static async Task LoadsDownPngAsync(IPage page)
    {
        var png = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("[data-png]"));
        await using var file = await png.CreateReadStreamAsync();
        var head = new byte[8];
        await file.ReadExactlyAsync(head);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A], head);
    }

    /// <summary>From the checkout's form to the paid order's page.</summary>
    public static async Task BuyAsync(IPage page)
    {
        await page.FillAsync("#contact", $"buyer-{Guid.NewGuid():N}@example.com");
        await page.FillAsync("#password", "sesame-1");
        await page.ClickAsync("#checkout-pay button[type=submit]");
        // committed is enough: of a page that is there faster than it is waited for, the end of loading may have been missed
        await page.WaitForURLAsync("**/pay*", new() { WaitUntil = WaitUntilState.Commit });
        await page.ClickAsync("main form[method=post] button[type=submit]");
        await page.ClickAsync("button[name=act][value=pay]");
        // the page may load itself once more while the goods are delivered, and then the first load never ends
        await page.WaitForURLAsync("**/orders/*", new() { WaitUntil = WaitUntilState.Commit });
        await Assertions.Expect(page.Locator("main")).ToBeVisibleAsync();
    }

    /// <summary>Takes a picture when somebody wants to look, and checks that nothing is wider than the phone.</summary>
    public static async Task LookAsync(IPage page, string language, string name)
    {
        // an address is there before its page is
        await page.WaitForLoadStateAsync(LoadState.DOMContentLoaded);
        await Assertions.Expect(page.Locator("body")).ToBeVisibleAsync();
        if (BrowserFixture.Screenshots is { } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{language}-{name}.png"), FullPage = true });
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, $"{name} is wider than a phone");
    }

    /// <summary>Loads the page again until it shows a text: the server does its work in the background.</summary>
    public static async Task UntilShownAsync(IPage page, string text)
    {
        var shown = page.Locator("main", new() { HasText = text });
        for (var until = DateTime.UtcNow.AddSeconds(20); await shown.CountAsync() == 0 && DateTime.UtcNow < until;)
            await page.ReloadAsync();
        await Assertions.Expect(shown).ToHaveCountAsync(1);
    }
}
