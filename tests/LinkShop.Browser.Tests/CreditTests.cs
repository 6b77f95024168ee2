using System.Net.Http.Json;
using System.Text.Json;
using LinkShop.Testing;
using Microsoft.Playwright;

namespace LinkShop.Browser.Tests;

/// <summary>On a phone: staff give a buyer a balance, the buyer pays with it, staff take back what is left.</summary>
public sealed class CreditTests(BrowserFixture browser)
{
    [Theory]
    [InlineData("zh-CN", "使用余额支付", "余额与积分")]
    [InlineData("en", "Pay with balance", "Balances")]
    public async Task A_buyer_pays_with_what_staff_gave(string language, string pay, string menu)
    {
        var errors = new List<string>();
        var (buyer, name) = await RegisterAsync(language, errors);
        var admin = await browser.SignInAsync(language, errors);
        await admin.GotoAsync("/cards/Admin/Finance/Index");
        Assert.Contains(menu, await admin.ContentAsync(), StringComparison.Ordinal);
        await admin.GotoAsync("/cards/Admin/Credits/Index");
        await admin.FillAsync("main #user", name);
        await admin.PressAsync("main #user", "Enter");
        await admin.FillAsync("#Amount", "900.00");
        await admin.FillAsync("#Reason", "sorry for the delay");
        await admin.ClickAsync("form[action$='/Grant'] button");
        await Assertions.Expect(admin.Locator("main")).ToContainTextAsync("¥900.00");

        await buyer.GotoAsync($"/cards/checkout?sku={await SkuAsync()}&quantity=1");
        await buyer.FillAsync("#password", "sesame");
        await buyer.FillAsync("#contact", name + "@example.com");
        await Walk.LookAsync(buyer, language, "b1-checkout");
        await buyer.ClickAsync("#checkout-pay button[type=submit]");
        await buyer.WaitForURLAsync("**/pay*", new() { WaitUntil = WaitUntilState.Commit });
        await Walk.LookAsync(buyer, language, "b2-pay");
        await buyer.GetByRole(AriaRole.Button, new() { Name = pay }).ClickAsync();
        await Assertions.Expect(buyer.Locator("#key-1-0")).ToBeVisibleAsync();
        await buyer.GotoAsync("/cards/account/orders");
        await Walk.LookAsync(buyer, language, "b3-orders");

        await admin.GotoAsync($"/cards/Admin/Credits/Index?user={name}");
        await admin.ClickAsync("main details summary");
        await admin.FillAsync("main details input[name=why]", "given by mistake");
        await Walk.LookAsync(admin, language, "b4-credits");
        await admin.ClickAsync("main details form button");
        await Assertions.Expect(admin.Locator("main tbody tr")).ToHaveCountAsync(3);
        await Walk.LookAsync(admin, language, "b5-taken-back");
        Assert.Empty(errors);
    }

    private async Task<(IPage Page, string Name)> RegisterAsync(string language, List<string> errors)
    {
        var page = await browser.NewPhoneAsync(language, errors);
        var name = "buyer" + Guid.NewGuid().ToString("N")[..8];
        await page.GotoAsync($"/cards/Register?culture={language}&returnUrl=%2Fcards%2Fsearch");
        await page.FillAsync("#UserName", name);
        await page.FillAsync("#Email", name + "@example.com");
        await page.FillAsync("#Password", "Long enough 1");
        await page.FillAsync("#PasswordConfirmation", "Long enough 1");
        await page.ClickAsync("form[action*=Register] button[type=submit]");
        await page.WaitForURLAsync("**/cards/search*");
        return (page, name);
    }

    private async Task<string> SkuAsync()
    {
        var list = await browser.Server.Client.GetFromJsonAsync<JsonElement>("/cards/api/v1/products?pageSize=100");
        foreach (var item in list.GetProperty("items").EnumerateArray())
        {
            var product = await browser.Server.Client.GetFromJsonAsync<JsonElement>($"/cards/api/v1/products/{item.GetProperty("id").GetString()}");
            var card = product.GetProperty("skus").EnumerateArray().FirstOrDefault(s => s.GetProperty("delivery").ToString().Equals("cardKey", StringComparison.OrdinalIgnoreCase) && s.GetProperty("available").ValueKind == JsonValueKind.Number && s.GetProperty("available").GetInt32() > 5);
            if (card.ValueKind == JsonValueKind.Object && product.GetProperty("buyerFields").GetArrayLength() == 0)
                return card.GetProperty("id").GetString()!;
        }

        throw new InvalidOperationException("No card key is on sale.");
    }
}
