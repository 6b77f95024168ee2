using System.Net;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;
using LinkShop.Web.Tests.Finance;

namespace LinkShop.Web.Tests.Platform;

/// <summary>What the platform tells all shops.</summary>
[Collection("mall")]
public sealed class AnnouncementTests(MallFixture mall)
{
    [Fact]
    public async Task An_announcement_is_in_every_shops_admin_until_it_is_put_away_or_taken_back()
    {
        using var platform = await mall.SignInAsync("");
        using var cards = await mall.SignInAsync(LinkShopServer.Mall);
        using var other = await mall.SignInAsync(MallFixture.OtherMall);
        var text = "Maintenance <i>" + Guid.NewGuid().ToString("n")[..8];
        var published = await PublishAsync(platform, "", text);
        Assert.Equal(HttpStatusCode.OK, published.Status);
        var page = await cards.ReadAsync("/Admin/Orders/Index");
        Assert.Contains(text, page, StringComparison.Ordinal);
        Assert.DoesNotContain(text, await cards.GetStringAsync(MallPages.At("/Admin/Orders/Index")), StringComparison.Ordinal);
        Assert.Contains(text, await other.ReadAsync("/Admin", MallFixture.OtherMall), StringComparison.Ordinal);
        // buyers don't see it, nor does who signs in
        Assert.DoesNotContain("data-announcement", await cards.ReadAsync("/"), StringComparison.Ordinal);

        var id = Regex.Match(page, $"data-announcement=\"([0-9A-Z]+)\">\\s*<div><strong>[^<]*</strong> <span class=\"text-break\">{Regex.Escape(text)}").Groups[1].Value;
        await cards.PostAsync("/Admin/Announcements/Dismiss/" + id, page, ("returnUrl", "/cards/Admin/Orders/Index"));
        Assert.DoesNotContain(text, await cards.ReadAsync("/Admin/Orders/Index"), StringComparison.Ordinal);
        Assert.Contains(text, await other.ReadAsync("/Admin", MallFixture.OtherMall), StringComparison.Ordinal);
        await platform.PostAsync("Admin/Announcements/Withdraw/" + id, published.Html, "", []);
        Assert.DoesNotContain(text, await other.ReadAsync("/Admin", MallFixture.OtherMall), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shop_cannot_speak_to_the_others()
    {
        using var cards = await mall.SignInAsync(LinkShopServer.Mall);
        using var screen = await cards.GetAsync(MallPages.At("/Admin/Announcements/Index"));
        Assert.Equal(HttpStatusCode.Forbidden, screen.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PublishAsync(cards, LinkShopServer.Mall, "from a shop")).Status);
        Assert.Equal(0, mall.Stored("select count(*) from announcement where text_zh = 'from a shop'"));
        // an address from outside isn't followed
        var page = await cards.ReadAsync("/Admin/Orders/Index");
        using var form = new FormUrlEncodedContent([new("returnUrl", "https://evil.example/"), new("__RequestVerificationToken", MallFixture.Hidden(page, "__RequestVerificationToken"))]);
        using var answer = await cards.PostAsync(MallPages.At("/Admin/Announcements/Dismiss/x"), form);
        Assert.Equal("127.0.0.1", answer.RequestMessage!.RequestUri!.Host);
    }

    private static async Task<(HttpStatusCode Status, string Html)> PublishAsync(HttpClient client, string tenant, string text)
    {
        var page = await client.ReadAsync(tenant.Length == 0 ? "Admin/Announcements/Index" : "/Admin/Orders/Index", tenant);
        return await client.PostAsync(tenant.Length == 0 ? "Admin/Announcements/Publish" : "/Admin/Announcements/Publish", page, tenant, ("TextZh", text), ("Level", "Warning"));
    }
}
