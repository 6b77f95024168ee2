using System.Diagnostics;
using System.Text;
using LinkShop.Commerce.Data;
using static LinkShop.Commerce.Tests.Reconciliation.SettlementDesk;

namespace LinkShop.Commerce.Tests.Reconciliation;

[Collection("alone")]
public sealed class ReconciliationSizeTests
{
    /// <summary>A smoke test: the bound is what a person waits for, several times what it takes.</summary>
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_hundred_thousand_lines_take_seconds(CommerceDialect dialect)
    {
        const int Count = 100_000;
        await using var desk = await OpenAsync(dialect);
        // a tenth of the file isn't ours, and a tenth of ours isn't in it
        await desk.Commerce.Database.WriteAsync(desk.Scope, c => c.ExecuteAsync(
            $"""
            with recursive n (i) as (select {Count / 10} union all select i + 1 from n where i < {Count + (Count / 10) - 1})
            insert into payment_events (tenant, provider, event_id, order_id, payment_id, kind, amount, currency, occurred_at, received_at)
            select @tenant, 'test', 'event-' || i, 'order-' || i, 'payment-' || i, 'Paid', 1000, 'CNY', @at, @at from n
            """,
            new { at = Day(5) }));
        var text = new StringBuilder(Header).Append('\n');
        for (var i = 0; i < Count; i++)
            text.Append(Line($"payment-{i}", "10.00")).Append('\n');
        var bytes = Encoding.UTF8.GetBytes(text.ToString());

        var watch = Stopwatch.StartNew();
        var before = GC.GetTotalAllocatedBytes();
        var summary = (await desk.TryImportAsync(bytes)).Value;
        TestContext.Current.SendDiagnosticMessage("{0}: {1} ms, {2} MB allocated", dialect, watch.ElapsedMilliseconds, (GC.GetTotalAllocatedBytes() - before) / 1024 / 1024);
        Assert.Equal((Count - (Count / 10), Count / 10, Count / 10, 0, 0), Counts(summary));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"It took {watch.Elapsed}.");
        Assert.Empty(await desk.BreachesAsync());
    }
}
