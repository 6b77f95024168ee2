using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payouts;
using static LinkShop.Commerce.Tests.Payouts.Desk;

namespace LinkShop.Commerce.Tests.Payouts;

public sealed class PayoutChecksTests
{
    private static readonly string s_unlocked = "drop trigger ledger_transfer_no_update; drop trigger ledger_transfer_no_delete";

    /// <summary>The check, what breaks it, and how many payouts are broken.</summary>
    public static TheoryData<string, string, int> Breaches => new()
    {
        { "payout_hold_missing", "delete from ledger_hold where id not like '%:fee'", 3 },
        { "payout_hold_missing", "delete from ledger_hold where id like '%:fee'", 3 },
        { "payout_hold_missing", "update ledger_hold set amount = amount + 1", 3 },
        { "payout_hold_missing", "update payout set fee = fee + 1 where state = 'Sending'", 1 },
        { "payout_hold_missing", "update payout set provider = 'manual' where state = 'Sending'", 1 },
        { "payout_hold_missing", "update payout set owner = 'user-ben' where state = 'Sending'", 1 },
        { "payout_hold_left", "update payout set state = 'Cancelled', sent_at = null, decided_by = 'a', decided_at = 1 where state in ('Requested', 'Sending')", 2 },
        { "payout_hold_of_none", "delete from payout where state = 'Sending'", 2 },
        { "payout_paid_without_transfer", "update ledger_transfer set kind = 'Void', debit_after = null, credit_after = null where kind = 'Post'", 1 },
        { "payout_paid_without_transfer", "update ledger_transfer set kind = 'Void', debit_after = null, credit_after = null where id like '%:fee:paid'", 1 },
        { "payout_paid_without_transfer", "update ledger_transfer set amount = amount - 1 where kind = 'Post'", 1 },
        { "payout_paid_without_transfer", "update payout set amount = amount + 1 where state = 'Paid'", 1 },
        { "payout_not_returned", "update payout set state = 'Rejected', sent_at = null, paid_at = null where state in ('Paid', 'Sending')", 2 },
        { "payout_not_returned", "update ledger_transfer set hold_id = 'x' || id where id like '%:fee:returned'", 3 },
        { "payout_twice", "insert into ledger_transfer (tenant, id, kind, debit, credit, amount, debit_after, credit_after, reason, reference, at) select tenant, 'again', 'Single', debit, credit, amount, 0, 0, reason, reference, at from ledger_transfer where id like '%:paid' and id not like '%:fee%'", 1 },
        { "payout_sent_differs", "update sandbox_payout set amount = amount + 1", 1 },
        { "payout_sent_differs", "update sandbox_payout set currency = 'USD'", 1 },
        { "payout_sent_differs", "insert into sandbox_payout (tenant, id, currency, amount, at) select tenant, id, currency, amount - fee, 1 from payout where state = 'Failed'", 1 },
        { "payout_sent_differs", "insert into sandbox_payout (tenant, id, currency, amount, at) select tenant, 'unknown', currency, 1, 1 from payout where state = 'Failed'", 1 },
        { "payout_paid_unsent", "delete from sandbox_payout", 1 },
    };

    [Theory]
    [MemberData(nameof(Breaches))]
    public async Task Each_broken_invariant_is_found(string code, string corruption, int broken)
    {
        await using var desk = await FilledAsync(CommerceDialect.Sqlite);
        foreach (var trigger in s_unlocked.Split(';'))
            await desk.CorruptAsync(trigger);
        await desk.CorruptAsync(corruption);
        var found = (await desk.VerifyAsync()).Breaches.Where(b => b.Code == code).ToList();
        Assert.Equal(broken, found.Count);
        Assert.All(found, b => Assert.Equal(TestCommerce.Mall.Tenant, b.Tenant));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_payout_sent_twice_is_refused_by_the_database_and_found_without_it(CommerceDialect dialect)
    {
        await using var desk = await FilledAsync(dialect);
        const string Twice = "insert into sandbox_payout (tenant, id, currency, amount, at) select tenant, id, currency, amount, at from sandbox_payout";
        await Assert.ThrowsAnyAsync<Exception>(() => desk.CorruptAsync(Twice));
        await desk.CorruptAsync("drop index sandbox_payout_once");
        await desk.CorruptAsync(Twice);
        Assert.Equal("payout_twice", Assert.Single((await desk.VerifyAsync()).Breaches).Code);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Sound_payouts_pass_and_are_counted(CommerceDialect dialect)
    {
        await using var desk = await FilledAsync(dialect);
        var report = await desk.VerifyAsync();
        Assert.True(report.Ok, report.ToJson());
        Assert.Equal((1L, 7L, 3L, 1L), (report.Counts["payees"], report.Counts["payouts"], report.Counts["payouts_open"], report.Counts["payouts_paid"]));
        await desk.CorruptAsync("delete from ledger_hold where id like '%:fee'");
        Assert.Equal(3, (await desk.VerifyAsync()).Breaches.Count(b => b.Code == "payout_hold_missing"));
    }

    [Fact]
    public void Every_check_has_a_test() => Assert.Equal(PayoutChecks.All.Select(c => c.Code).Order(), Breaches.Select(row => row.Data.Item1).Distinct().Order());

    /// <summary>One payout in each state.</summary>
    private static async Task<Desk> FilledAsync(CommerceDialect dialect)
    {
        var desk = await OpenAsync(dialect);
        await desk.VerifiedAsync(Profile(account: "later"));
        await desk.Payouts.SendAsync(desk.Scope, (await desk.ApprovedAsync(50_00)).Id);
        await desk.VerifiedAsync(Profile(account: "fail"));
        await desk.Payouts.SendAsync(desk.Scope, (await desk.ApprovedAsync(51_00)).Id);
        await desk.VerifiedAsync();
        await desk.Payouts.SendAsync(desk.Scope, (await desk.ApprovedAsync(52_00)).Id);
        await desk.Payouts.RejectAsync(desk.Scope, (await desk.RequestedAsync(53_00)).Id, Clerk, "no");
        await desk.Payouts.CancelAsync(desk.Scope, (await desk.RequestedAsync(54_00)).Id, Ann);
        await desk.RequestedAsync(55_00);
        await desk.ApprovedAsync(56_00);
        return desk;
    }
}
