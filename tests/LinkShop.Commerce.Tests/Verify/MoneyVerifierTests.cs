using LinkShop.Commerce.Data;
using static LinkShop.Commerce.Tests.Splits.MoneyShop;

namespace LinkShop.Commerce.Tests.Verify;

/// <summary>Every check of orders against books and refunds says so when it is broken, and says nothing before.</summary>
public sealed class MoneyVerifierTests
{
    private static readonly (string Code, string Corruption)[] s_corruptions =
    [
        ("payment_books_differ", "update orders set captured = captured - 1 where refund_approved = 0"),
        ("split_missing", "delete from order_split where order_id = (select order_id from order_split limit 1)"),
        ("release_not_due", "update orders set fulfilment = 'None', fulfilled_at = null where refund_approved = 0"),
        ("refund_sum_differs", "update orders set refund_approved = refund_approved + 1 where refund_approved > 0"),
        ("refund_lines_differ", "update refund_line set amount = amount + 1"),
        ("debt_above_zero", "insert into ledger_account (tenant, owner, purpose, currency, slot, floored, balance) values ('Mall', 'mer', 'Debt', 'CNY', 63, false, 5)"),
    ];

    public static TheoryData<CommerceDialect, string, string> Corruptions =>
        new(from dialect in new[] { CommerceDialect.Sqlite, CommerceDialect.Postgres } from c in s_corruptions select (dialect, c.Code, c.Corruption));

    [Theory]
    [MemberData(nameof(Corruptions))]
    public async Task Orders_that_differ_from_their_books_are_found(CommerceDialect dialect, string code, string corruption)
    {
        await using var shop = await OpenAsync(dialect);
        await shop.PaidOrderAsync();
        var refunded = await shop.PaidOrderAsync();
        Assert.True((await GrantAsync(shop, refunded, 400)).Succeeded);
        await SoundAsync(shop);
        await shop.CorruptAsync(corruption);
        Assert.Contains((await shop.VerifyAsync()).Breaches, b => b.Code == code && b.Tenant == TestCommerce.Mall.Tenant && b.Id.Length > 0);
    }
}
