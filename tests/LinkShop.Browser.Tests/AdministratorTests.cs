using Microsoft.Playwright;

namespace LinkShop.Browser.Tests;

/// <summary>What a shop's administrator sees first.</summary>
public sealed class AdministratorTests(BrowserFixture browser)
{
    /// <summary>Cookies of the signed in administrator: signing in for each screen took longer than the screens.</summary>
    private static readonly Dictionary<(string Language, string Tenant), string> SignedIn = [];

    public static TheoryData<string, string> Screens()
    {
        var data = new TheoryData<string, string>();
        string[] mall = ["", "/Products", "/Contents/ContentItems", "/Contents/ContentItems/goods-xuanye/Edit", "/KeyPools/Index", "/KeyPools/Create", "/Orders/Index", "/Refunds/Index", "/Coupons/Index", "/Coupons/Create", "/CheckoutSettings", "/Payments/Index", "/Finance/Index", "/Finance/Wallet", "/Fees/Index", "/Credits/Index", "/Payouts/Index", "/Payouts/Create", "/Payees/Index", "/Payees/Edit", "/Reconciliation/Index", "/Arrivals/Index", "/Merchants/Index", "/Merchants/Edit", "/Resale/Offers", "/Resale/Offers/Edit", "/Resale/Offers/Edit?sku=XY-100", "/Messages/Index", "/QuickReplies/Index", "/Customers/Index", "/Outbox/Index", "/Features", "/Roles", "/Users"];
        string[] platform = ["", "/Tenants", "/Tenants/Create", "/Recipes", "/Shops/Index", "/Shops/Create", "/Announcements/Index"];
        foreach (var path in mall.Select(path => "/cards/Admin" + path).Concat(platform.Select(path => "/Admin" + path)))
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
        var tenant = path.StartsWith("/cards", StringComparison.Ordinal) ? "cards" : "";
        var known = SignedIn.GetValueOrDefault((language, tenant));
        var page = known is null ? await browser.SignInAsync(language, errors, tenant: tenant) : await browser.NewPhoneAsync(language, errors, signedIn: known);
        SignedIn[(language, tenant)] = known ?? await page.Context.StorageStateAsync();
        var response = await page.GotoAsync(path);
        Assert.Equal(200, response!.Status);
        if (BrowserFixture.Screenshots is { } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{language}{path.Replace('/', '-')}.png"), FullPage = true });
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, "wider than a phone");
        Assert.Empty(errors);
    }
}
