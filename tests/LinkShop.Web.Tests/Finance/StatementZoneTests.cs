using System.Globalization;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;

namespace LinkShop.Web.Tests.Finance;

/// <summary>A wallet's statement is in the days of the site, which are others than UTC's around midnight.</summary>
[Collection("mall")]
public sealed class StatementZoneTests(MallFixture mall)
{
    private static readonly CultureInfo Chinese = CultureInfo.GetCultureInfo("zh-CN");

    [Fact]
    public async Task A_movement_near_midnight_stands_in_the_month_and_on_the_day_of_the_sites_time_zone()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        // the recipe has set the site to Asia/Shanghai, UTC+8
        var owner = MallFixture.Unique("midnight-");
        // the last half hour of February there, and the first of March; in UTC both are of February
        Move(owner, (new DateTimeOffset(2026, 2, 28, 15, 30, 0, TimeSpan.Zero), 100), (new DateTimeOffset(2026, 2, 28, 16, 30, 0, TimeSpan.Zero), 200));
        var (before, after) = (Shown(new DateTime(2026, 2, 28, 23, 30, 0)), Shown(new DateTime(2026, 3, 1, 0, 30, 0)));

        var february = await admin.ReadAsync($"/Admin/Finance/Wallet?owner={owner}&currency=CNY&month=2026-02");
        Assert.Contains(before, february, StringComparison.Ordinal);
        Assert.DoesNotContain(after, february, StringComparison.Ordinal);
        var march = await admin.ReadAsync($"/Admin/Finance/Wallet?owner={owner}&currency=CNY&month=2026-03");
        Assert.Contains(after, march, StringComparison.Ordinal);
        Assert.DoesNotContain(before, march, StringComparison.Ordinal);
        Assert.DoesNotContain(Shown(new DateTime(2026, 2, 28, 16, 30, 0)), march + february, StringComparison.Ordinal);

        // the file has the same month, in the site's time and the reader's language
        var file = await admin.ReadAsync($"/Admin/Finance/Statement?owner={owner}&currency=CNY&month=2026-03");
        Assert.Contains("2026-03-01 00:30:00", file, StringComparison.Ordinal);
        Assert.Contains(",CNY,release,收益结算,", file, StringComparison.Ordinal);
        Assert.DoesNotContain("2026-02-28", file, StringComparison.Ordinal);
    }

    private static string Shown(DateTime local) => "<td>" + local.ToString("g", Chinese) + "</td>";

    /// <summary>Earnings out of accounts of the test's own, so that all balances still sum to zero.</summary>
    private void Move(string owner, params (DateTimeOffset At, long Minor)[] earnings)
    {
        var (id, sum) = (mall.Stored("select coalesce(max(id), 0) + 1000 from ledger_account"), 0L);
        foreach (var (purpose, floored, number) in new[] { ("ProviderClearing", 0, id), ("MerchantAvailable", 1, id + 1) })
        {
            mall.Text($"insert into ledger_account (id, tenant, owner, purpose, currency, slot, floored, balance, last_at) values ({number}, 'GameCards', '{owner}', '{purpose}', 'CNY', 0, {floored}, {(floored == 1 ? 1 : -1) * earnings.Sum(e => e.Minor)}, {earnings[^1].At.ToUnixTimeMilliseconds()})");
        }

        foreach (var (at, minor) in earnings)
        {
            sum += minor;
            mall.Text($"insert into ledger_transfer (tenant, id, kind, debit, credit, amount, debit_after, credit_after, reason, at) values ('GameCards', '{owner}:{sum}', 'Single', {id}, {id + 1}, {minor}, {-sum}, {sum}, 'release', {at.ToUnixTimeMilliseconds()})");
        }
    }
}
