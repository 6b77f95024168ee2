using System.Globalization;
using LinkShop.Commerce;
using LinkShop.Commerce.Ordering;
using LinkShop.Testing;
using LinkShop.Web.Tests.Checkout;

namespace LinkShop.Web.Tests.Finance;

/// <summary>What somebody owes after refunds can be traced to the orders it came from.</summary>
[Collection("mall")]
public sealed class DebtScreensTests(MallFixture mall)
{
    [Fact]
    public async Task A_wallet_says_for_which_order_its_debt_came_and_how_it_was_paid_off()
    {
        using var admin = await mall.SignInAsync(LinkShopServer.Mall);
        var owner = MallFixture.Unique("owes-");
        var order = CommerceId.New(TimeProvider.System);
        Owe(owner, order);
        var page = await admin.ReadAsync($"/Admin/Finance/Wallet?owner={owner}");
        var chinese = CultureInfo.GetCultureInfo("zh-CN");
        Assert.Matches($"(?s)欠款明细.*抵扣欠款.*{new Money(200, "CNY").Format(chinese)}.*order={order}[^>]*>[^<]*{OrderNumber.Of(order)}<.*{new Money(500, "CNY").Format(chinese)}", page);
        Assert.DoesNotContain("欠款明细", await admin.ReadAsync($"/Admin/Finance/Wallet?owner={MallFixture.Unique("owes-nothing-")}"), StringComparison.Ordinal);
    }

    /// <summary>5.00 of an order taken back that weren't there, and 2.00 of it paid off, against an account of the test's own.</summary>
    private void Owe(string owner, string order)
    {
        var (id, now) = (mall.Stored("select coalesce(max(id), 0) + 1000 from ledger_account"), DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        foreach (var (purpose, number, balance) in new[] { ("ProviderClearing", id, 300), ("Debt", id + 1, -300) })
        {
            mall.Text($"insert into ledger_account (id, tenant, owner, purpose, currency, slot, floored, balance, last_at) values ({number}, 'GameCards', '{owner}', '{purpose}', 'CNY', 0, 0, {balance}, {now})");
        }

        mall.Text($"insert into ledger_transfer (tenant, id, kind, debit, credit, amount, debit_after, credit_after, reason, reference, at) values ('GameCards', '{owner}:1', 'Single', {id + 1}, {id}, 500, -500, 500, 'taken_back', '{order}:1', {now - 2000})");
        mall.Text($"insert into ledger_transfer (tenant, id, kind, debit, credit, amount, debit_after, credit_after, reason, at) values ('GameCards', '{owner}:2', 'Single', {id}, {id + 1}, 200, 300, -300, 'debt_paid', {now - 1000})");
    }
}
