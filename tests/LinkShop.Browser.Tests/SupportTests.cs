using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace LinkShop.Browser.Tests;

/// <summary>A buyer and the shop write to each other, on phones.</summary>
public sealed class SupportTests(BrowserFixture browser)
{
    private static readonly byte[] s_png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task A_buyer_asks_from_the_orders_page_staff_answer_and_the_buyer_sees_it(string language)
    {
        var errors = new List<string>();
        var buyer = await browser.NewPhoneAsync(language, errors);
        await buyer.GotoAsync($"/cards/goods/xuanye?culture={language}");
        await buyer.ClickAsync(".ls-buybar button");
        await Walk.BuyAsync(buyer);
        var order = Regex.Match(buyer.Url, "/orders/([^/?]+)").Groups[1].Value;
        await Walk.LookAsync(buyer, language, "s0-order");
        await buyer.ClickAsync("#help a.btn");
        await buyer.SelectOptionAsync("#category", "KeyInvalid");
        await buyer.FillAsync("#text", "It says the key was used before.\nhttps://help.example/pictures/1");
        await buyer.SetInputFilesAsync("#pictures", new FilePayload { Name = "shot.png", MimeType = "image/png", Buffer = s_png });
        await Walk.LookAsync(buyer, language, "s1-ask");
        await buyer.ClickAsync("main form button[type=submit]");
        await Assertions.Expect(buyer.Locator(".ls-said--own img")).ToBeVisibleAsync();
        await Walk.LookAsync(buyer, language, "s2-asked");
        var ticket = Regex.Match(buyer.Url, "/support/([^/?]+)").Groups[1].Value;

        var admin = await browser.SignInAsync(language, errors);
        await Assertions.Expect(admin.Locator("#waiting-buyers")).ToBeVisibleAsync();
        await admin.GotoAsync("/cards/Admin/QuickReplies/Index");
        await admin.FillAsync("#title", "New key " + language);
        await admin.FillAsync("#reply", "Sorry about that. We put a new key on your order's page.");
        await admin.ClickAsync("#edit button[type=submit]");
        await Walk.LookAsync(admin, language, "s3-replies");
        await admin.GotoAsync("/cards/Admin/Messages/Index");
        await Walk.LookAsync(admin, language, "s4-list");
        await admin.ClickAsync($"a[href*='{ticket}']");
        await Assertions.Expect(admin.Locator("#order")).ToContainTextAsync("×1");
        // what is typed outlives the other forms of the page
        await admin.FillAsync("#text", "Half an answer");
        await admin.CheckAsync("#close");
        await admin.FillAsync("#assignee", "nobody-here");
        await admin.ClickAsync("form[action*='Assign'] .btn-outline-primary");
        await Assertions.Expect(admin.Locator("#text")).ToHaveValueAsync("Half an answer");
        await admin.ClickAsync("button[data-take]");
        await Assertions.Expect(admin.Locator("button[data-take]")).ToHaveCountAsync(0);
        await Assertions.Expect(admin.Locator("#text")).ToHaveValueAsync("Half an answer");
        await Assertions.Expect(admin.Locator("#close")).ToBeCheckedAsync();
        await admin.UncheckAsync("#close");
        await admin.SelectOptionAsync("#quick", new SelectOptionValue { Label = "New key " + language });
        await Assertions.Expect(admin.Locator("#text")).ToHaveValueAsync(new Regex("new key"));
        await Walk.LookAsync(admin, language, "s5-desk");
        await admin.ClickAsync("#answer button[type=submit]");
        await Assertions.Expect(admin.Locator(".ls-said--own")).ToContainTextAsync("new key");
        await Walk.LookAsync(admin, language, "s6-answered");

        await buyer.GotoAsync($"/cards/orders/{order}");
        await Assertions.Expect(buyer.Locator("[data-unread]")).ToBeVisibleAsync();
        await Walk.LookAsync(buyer, language, "s7-badge");
        await buyer.ClickAsync("#help p a");
        await Assertions.Expect(buyer.Locator(".ls-said--other")).ToContainTextAsync("new key");
        await Walk.LookAsync(buyer, language, "s8-answer");

        await admin.GotoAsync("/cards/Admin/Customers/Index");
        await Walk.LookAsync(admin, language, "s9-customers");
        await admin.ClickAsync("tbody a");
        await Walk.LookAsync(admin, language, "s10-customer");
        await admin.GotoAsync($"/cards/Admin/Orders/Detail/{order}");
        await Assertions.Expect(admin.Locator("#messages a")).ToBeVisibleAsync();
        await Walk.LookAsync(admin, language, "s11-order");
        await admin.GotoAsync("/cards/Admin/Orders/Index");
        var file = await admin.RunAndWaitForDownloadAsync(() => admin.ClickAsync("#export"));
        Assert.Equal("orders.csv", file.SuggestedFilename);
        Assert.Empty(errors);
    }
}
