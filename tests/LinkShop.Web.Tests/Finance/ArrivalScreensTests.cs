using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;

namespace LinkShop.Web.Tests.Finance;

/// <summary>What providers paid out to the bank, by its screen.</summary>
[Collection("mall")]
public sealed partial class ArrivalScreensTests(MallFixture mall)
{
    [Fact]
    public async Task An_arrival_is_recorded_once_shown_with_what_is_still_held_and_taken_back()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var order = await mall.OrderAsync();
        using (await mall.CallbackAsync(order)) { }
        var page = await admin.ReadAsync("/Admin/Arrivals/Index");
        var before = Held(page);
        var reference = MallFixture.Unique("bank-");
        (string, string)[] form = [("Provider", "sandbox"), ("Amount", "0.30"), ("Currency", "CNY"), ("Day", DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), ("Reference", reference)];
        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync("/Admin/Arrivals/Record", page, form)).Status);
        var after = (await admin.PostAsync("/Admin/Arrivals/Record", page, form)).Html;
        Assert.Equal(1, mall.Stored($"select count(*) from provider_arrival where reference = '{reference}'"));
        Assert.Contains(reference, after, StringComparison.Ordinal);
        Assert.Equal(before - 0.30m, Held(after));
        Assert.Contains("您的银行账户（含人工收付）", after, StringComparison.Ordinal);

        // the same reference with another amount is another matter
        form[1] = ("Amount", "0.31");
        var refused = await admin.PostAsync("/Admin/Arrivals/Record", page, form);
        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Contains("该渠道已有一笔流水号相同的到账", refused.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"0.31\"", refused.Html, StringComparison.Ordinal);
        form[1] = ("Amount", "0.301");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.PostAsync("/Admin/Arrivals/Record", page, form)).Status);
        Assert.Equal(1, mall.Stored($"select count(*) from provider_arrival where reference = '{reference}'"));

        // much more than the books have is asked about first
        Assert.DoesNotContain("MoreThanHeld", refused.Html, StringComparison.Ordinal);
        (form[1], form[4]) = (("Amount", "98765432.10"), ("Reference", reference + "-b"));
        var asked = await admin.PostAsync("/Admin/Arrivals/Record", page, form);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
        Assert.Contains("账面上该渠道的余额不足此数", asked.Html, StringComparison.Ordinal);
        Assert.Contains("name=\"MoreThanHeld\"", asked.Html, StringComparison.Ordinal);
        Assert.Equal(0, mall.Stored($"select count(*) from provider_arrival where reference = '{reference}-b'"));
        Assert.Equal(HttpStatusCode.OK, (await admin.PostAsync("/Admin/Arrivals/Record", asked.Html, [.. form, ("MoreThanHeld", "true")])).Status);
        await admin.PostAsync($"/Admin/Arrivals/TakeBack/{mall.Text($"select id from provider_arrival where reference = '{reference}-b'")}", after);

        var id = mall.Text($"select id from provider_arrival where reference = '{reference}'");
        using var other = await mall.SignInAsync(MallFixture.OtherMall);
        await other.PostAsync($"/Admin/Arrivals/TakeBack/{id}", await other.ReadAsync("/Admin/Arrivals/Index", MallFixture.OtherMall), MallFixture.OtherMall);
        Assert.Equal(1, mall.Stored($"select count(*) from provider_arrival where id = '{id}' and taken_back_at is null"));
        var taken = (await admin.PostAsync($"/Admin/Arrivals/TakeBack/{id}", after)).Html;
        Assert.Contains("已由 " + LinkShopServer.AdminUser + " 撤回", taken, StringComparison.Ordinal);
        Assert.Equal(before, Held(taken));
    }

    private static decimal Held(string page) => decimal.Parse(InSandbox().Match(page).Groups[1].Value.Replace("¥", "", StringComparison.Ordinal), NumberStyles.Number, CultureInfo.InvariantCulture);

    [GeneratedRegex("data-holds=\"sandbox\">([^<]+)<")]
    private static partial Regex InSandbox();
}
