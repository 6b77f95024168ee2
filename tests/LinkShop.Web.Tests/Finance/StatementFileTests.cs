using System.Net;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;

namespace LinkShop.Web.Tests.Finance;

/// <summary>The file with a month of a wallet.</summary>
[Collection("mall")]
public sealed class StatementFileTests(MallFixture mall)
{
    [Theory]
    [InlineData("month=2026-03", HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("month=abc", HttpStatusCode.NotFound)]
    [InlineData("month=2026-13", HttpStatusCode.NotFound)]
    public async Task It_is_of_the_month_that_was_asked_for_or_there_is_none_and_nobody_keeps_it(string month, HttpStatusCode status)
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        using var answer = await admin.GetAsync(new Uri($"/cards/Admin/Finance/Statement?owner=somebody&currency=CNY&{month}", UriKind.Relative));
        Assert.Equal(status, answer.StatusCode);
        Assert.True(status != HttpStatusCode.OK || answer.Headers.CacheControl?.NoStore == true);
    }

    [Fact]
    public async Task Who_earned_in_two_currencies_is_led_to_the_statement_of_each()
    {
        foreach (var currency in new[] { "CNY", "USD" })
            mall.Text($"insert into ledger_account (tenant, owner, purpose, currency, slot, floored) values ('GameCards', 'two-coins', 'MerchantAvailable', '{currency}', 0, 1)");
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var first = await admin.ReadAsync("/Admin/Finance/Wallet?owner=two-coins");
        Assert.Matches("<option value=\"CNY\" selected[^>]*>CNY</option>\\s*<option value=\"USD\">", first);
        var second = await admin.ReadAsync("/Admin/Finance/Wallet?owner=two-coins&currency=USD");
        Assert.Matches("<option value=\"USD\" selected", second);
        Assert.Matches("currency=USD&(amp;)?month=", second);
    }
}
