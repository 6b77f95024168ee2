using System.Text;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Reconciliation;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Splits.MoneyShop;

namespace LinkShop.Commerce.Tests.Reconciliation;

/// <summary>Differences with a provider that nobody will explain any more.</summary>
public sealed class WriteOffTests
{
    public static TheoryData<CommerceDialect> Both => [CommerceDialect.Sqlite, CommerceDialect.Postgres];

    [Theory]
    [InlineData(CommerceDialect.Sqlite, "payment", 1000, null, -1000)]
    [InlineData(CommerceDialect.Sqlite, "refund", 1000, null, 1000)]
    [InlineData(CommerceDialect.Sqlite, "payment", 1000, "10.70", 70)]
    [InlineData(CommerceDialect.Sqlite, "payment", 1000, "9.30", -70)]
    [InlineData(CommerceDialect.Sqlite, "chargeback", 1000, "10.70", -70)]
    [InlineData(CommerceDialect.Postgres, "payment", 1000, null, -1000)]
    [InlineData(CommerceDialect.Postgres, "refund", 1000, "9.30", 70)]
    public async Task A_difference_that_is_written_off_moves_between_the_provider_and_the_platforms_revenue_once(CommerceDialect dialect, string type, long ours, string? theirs, long holdsMore)
    {
        await using var desk = await SettlementDesk.OpenAsync(dialect);
        var kind = type switch { "payment" => PaymentEventKind.Paid, "refund" => PaymentEventKind.Refunded, _ => PaymentEventKind.DisputeLost };
        await desk.HappenedAsync("p", ours, kind: kind);
        await desk.HappenedAsync("other", 5);
        var other = SettlementDesk.Line("other", "0.05");
        var summary = await desk.ImportAsync(theirs is null ? SettlementDesk.File(other) : SettlementDesk.File(other, SettlementDesk.Line("p", theirs, type: type)));
        var item = Assert.Single(await desk.ItemsAsync(summary));
        Assert.Equal(new Money(holdsMore, "CNY"), item.Excess);
        var done = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => desk.Reconciliations.ResolveAsync(desk.Scope, summary.Id, item.Id, ReconciliationActions.WrittenOff, null, "ann"))));
        Assert.All(done, d => Assert.Equal(new Money(holdsMore, "CNY"), d.Value.Posted));
        Assert.Equal((-holdsMore, holdsMore), await BalancesAsync(desk));
        var csv = new StringWriter();
        await desk.Reconciliations.ExportItemsAsync(desk.Scope, summary.Id, csv);
        Assert.Contains($",written_off,{new Money(holdsMore, "CNY").ToDecimalString()},CNY,", csv.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await desk.Commerce.CountAsync("ledger_transfer", $"reason = 'written_off' and reference = 'reconciliation:{summary.Id}:{item.Id}'"));
        Assert.Empty(await desk.BreachesAsync());
        await desk.Commerce.Database.WriteSystemAsync(c => c.ExecuteAsync("update reconciliation_item set posted = posted + 1 where posted is not null"));
        Assert.Equal(["reconciliation_posting_differs"], await desk.BreachesAsync());
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Several_differences_of_one_file_are_written_off_each_for_itself(CommerceDialect dialect)
    {
        await using var desk = await SettlementDesk.OpenAsync(dialect);
        await desk.HappenedAsync("p", 1000);
        await desk.HappenedAsync("q", 300);
        await desk.HappenedAsync("other", 5);
        var file = await desk.ImportAsync(SettlementDesk.File(SettlementDesk.Line("other", "0.05")));
        foreach (var item in await desk.ItemsAsync(file))
        {
            var done = await desk.Reconciliations.ResolveAsync(desk.Scope, file.Id, item.Id, ReconciliationActions.WrittenOff, null, "ann");
            Assert.Equal(item.Excess, done.Succeeded ? done.Value.Posted : null);
        }

        Assert.Equal((1300, -1300), await BalancesAsync(desk));
        Assert.Empty(await desk.BreachesAsync());
    }

    [Theory, MemberData(nameof(Both))]
    public async Task What_was_written_off_is_taken_back_when_a_later_file_has_it_after_all(CommerceDialect dialect)
    {
        await using var desk = await SettlementDesk.OpenAsync(dialect);
        await desk.HappenedAsync("p", 1000, day: 5);
        await desk.HappenedAsync("other", 5, day: 5);
        var first = await desk.ImportAsync(SettlementDesk.File(SettlementDesk.Line("other", "0.05")), SettlementDesk.Days(5, 6));
        Assert.True((await desk.Reconciliations.ResolveAsync(desk.Scope, first.Id, 1, ReconciliationActions.WrittenOff, null, "ann")).Succeeded);
        Assert.Equal((1000, -1000), await BalancesAsync(desk));
        var second = await desk.ImportAsync(SettlementDesk.File(SettlementDesk.Line("p", "10.00", day: 7)), SettlementDesk.Days(7, 8));
        Assert.Equal((1, 1), (second.Matched, second.Carried));
        Assert.Equal((0, 0), await BalancesAsync(desk));
        var item = Assert.Single(await desk.ItemsAsync(first));
        Assert.Equal((ReconciliationActions.SettledLater, second.Id, null), (item.Action, item.Note, item.Posted));
        Assert.Equal(0, (await desk.Reconciliations.GetAsync(desk.Scope, first.Id))!.OpenItems);
        Assert.Empty(await desk.BreachesAsync());
    }

    [Theory, MemberData(nameof(Both))]
    public async Task Two_currencies_or_our_own_accounts_cant_be_written_off(CommerceDialect dialect)
    {
        await using var desk = await SettlementDesk.OpenAsync(dialect);
        await desk.HappenedAsync("p", 1000);
        await desk.HappenedAsync("q", 1000, provider: "balance");
        var abroad = await desk.ImportAsync(SettlementDesk.File(SettlementDesk.Line("p", "10.00", currency: "USD")));
        var own = (await desk.TryImportAsync(SettlementDesk.File(SettlementDesk.Line("x", "1.00")), provider: "balance")).Value;
        foreach (var (file, id) in new[] { (abroad, 1), (own, 2) })
            Assert.Equal((CommerceErrors.Invalid, "action"), (await desk.Reconciliations.ResolveAsync(desk.Scope, file.Id, id, ReconciliationActions.WrittenOff, null, "ann")).Error is { } e ? (e.Code, e.Field) : default);
        Assert.Equal(0, await desk.Commerce.CountAsync("ledger_transfer"));
        Assert.Equal(3, await desk.Commerce.CountAsync("reconciliation_item", "state = 'Open'"));
    }

    private static async Task<(long Provider, long Revenue)> BalancesAsync(SettlementDesk desk)
    {
        var reads = desk.Commerce.Get<ILedgerReads>();
        return ((await reads.BalanceAsync(desk.Scope, Provider, "CNY")).Balance.Minor, (await reads.BalanceAsync(desk.Scope, Revenue, "CNY")).Balance.Minor);
    }
}
