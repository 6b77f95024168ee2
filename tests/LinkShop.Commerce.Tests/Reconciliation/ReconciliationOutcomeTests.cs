using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Reconciliation;
using LinkShop.Commerce.Tests.Ordering;
using static LinkShop.Commerce.Tests.Reconciliation.SettlementDesk;

namespace LinkShop.Commerce.Tests.Reconciliation;

public sealed class ReconciliationOutcomeTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Each_outcome_is_told_with_both_sides(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.HappenedAsync("same", 1000);
        await desk.HappenedAsync("less", 1000);
        await desk.HappenedAsync("coin", 1000);
        await desk.HappenedAsync("ours", 700);
        await desk.HappenedAsync("lost", 300, kind: PaymentEventKind.DisputeLost);
        var summary = await desk.ImportAsync(
            File(Line("same", "10.00"), Line("less", "9.99"), Line("coin", "10", currency: "USD"), Line("theirs", "5.00"), Line("same", "10.00"), Line("lost", "3", type: "chargeback")));

        Assert.Equal((2, 1, 1, 2, 1), Counts(summary));
        Assert.Equal((6, 0, 0, 5), (summary.Lines, summary.Fees, summary.Carried, summary.OpenItems));
        Assert.Equal(Days(5, 6), summary.Period);
        Assert.Equal(("test", "march.csv", "ann"), (summary.Provider, summary.FileName, summary.CreatedBy));
        var items = await desk.ItemsAsync(summary);
        Assert.Equal(
            [
                (1, 3, "less", ReconciliationOutcome.AmountDiffers, "9.99 CNY", "10.00 CNY"),
                (2, 4, "coin", ReconciliationOutcome.AmountDiffers, "10.00 USD", "10.00 CNY"),
                (3, 5, "theirs", ReconciliationOutcome.MissingHere, "5.00 CNY", null),
                (4, 6, "same", ReconciliationOutcome.DuplicateInFile, "10.00 CNY", null),
                (5, (int?)null, "ours", ReconciliationOutcome.MissingThere, null, "7.00 CNY"),
            ],
            items.Select(i => (i.Id, i.Line, i.PaymentId, i.Outcome, i.Theirs?.ToString(), i.Ours?.ToString())));
        Assert.Equal("order-ours", items[4].OrderId);
        Assert.All(items, i => Assert.Equal((ReconciliationItemState.Open, (string?)null, false), (i.State, i.Action, i.SettledBefore)));
        Assert.Empty(await desk.BreachesAsync());
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_the_shop_really_stores_is_compared_and_what_it_refused_is_not(CommerceDialect dialect)
    {
        await using var shop = await Shop.OpenAsync(dialect);
        await shop.CardsAsync();
        var desk = new SettlementDesk(shop.Commerce, shop.Scope);
        var order = await shop.OrderAsync();
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Failed) with { OccurredAt = Day(5) });
        Assert.Equal(CommerceErrors.AmountMismatch, (await shop.ApplyAsync(Shop.Event(order, id: "refused", payment: "pay-2", amount: 1) with { OccurredAt = Day(5) })).Error!.Code);
        await shop.ApplyAsync(Shop.Event(order) with { OccurredAt = Day(5) });
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Refunded, amount: 400) with { OccurredAt = Day(6) });
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.Disputed) with { OccurredAt = Day(6) });
        await shop.ApplyAsync(Shop.Event(order, PaymentEventKind.DisputeWon) with { OccurredAt = Day(6) });
        var payment = order.OrderId + "-pay-1";
        var summary = await desk.ImportAsync(File(Line(payment, "10.00"), Line(payment, "4.00", 6, "refund"), Line("", "0.06", 6, "fee"), Line("", "0.00", 6, "FEE"), Line("x", "0.01", 6, "Fee", "USD")));

        Assert.Equal((2, 0, 0, 0, 0), Counts(summary));
        Assert.Equal((5, 3), (summary.Lines, summary.Fees));
        Assert.Equal(
            [
                (SettlementType.Payment, "10.00 CNY", "10.00 CNY"), (SettlementType.Refund, "4.00 CNY", "4.00 CNY"),
                (SettlementType.Fee, "0.06 CNY", "0.00 CNY"), (SettlementType.Fee, "0.01 USD", "0.00 USD"),
            ],
            summary.Sums.Select(s => (s.Type, s.Theirs.ToString(), s.Ours.ToString())));
        Assert.Empty(await desk.ItemsAsync(summary));
        await shop.AssertSoundAsync();
    }

    [Theory]
    [InlineData("2.00 3.00", "200 300", 2, 0, 0, 0, 0)]
    [InlineData("3.00 2.00", "200 300", 2, 0, 0, 0, 0)]
    [InlineData("2.00 2.00", "200 200", 2, 0, 0, 0, 0)]
    [InlineData("2.00 2.50", "200 300", 1, 0, 0, 1, 0)]
    [InlineData("1.00 2.50", "200 300", 0, 0, 0, 2, 0)]
    [InlineData("2.00", "200 300", 1, 0, 1, 0, 0)]
    [InlineData("3.00", "200 300", 1, 0, 1, 0, 0)]
    [InlineData("2.00 5.00", "200", 1, 1, 0, 0, 0)]
    [InlineData("2.00 2.00", "200", 1, 0, 0, 0, 1)]
    [InlineData("2.00 2.00", "300", 0, 0, 0, 1, 1)]
    [InlineData("2.00/a 2.00/b", "200", 1, 1, 0, 0, 0)]
    [InlineData("2.00/a 2.00/a", "200 200", 1, 0, 1, 0, 1)]
    [InlineData("", "200 200", 0, 0, 2, 0, 0)]
    public void Refunds_of_one_payment_go_by_amount_first(string theirs, string ours, int matched, int missingHere, int missingThere, int differs, int duplicates)
    {
        var lines = theirs.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((t, i) => t.Split('/') is var parts
            ? new SettlementLine(i + 2, "p", SettlementType.Refund, Money.Parse(parts[0], "CNY").Value, Day(5), null, parts.ElementAtOrDefault(1)) : null!).ToList();
        var events = ours.Split(' ').Select((t, i) => new OurEvent($"e{i}", "o", "p", PaymentEventKind.Refunded, long.Parse(t, null), "CNY", Day(5))).ToList();
        var result = new Comparison(lines, events).End();
        Assert.Equal(
            (matched, missingHere, missingThere, differs, duplicates),
            (result.Count(ReconciliationOutcome.Matched), result.Count(ReconciliationOutcome.MissingHere), result.Count(ReconciliationOutcome.MissingThere),
                result.Count(ReconciliationOutcome.AmountDiffers), result.Count(ReconciliationOutcome.DuplicateInFile)));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_payment_that_the_provider_told_twice_is_one_payment(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.HappenedAsync("p", 1000, id: "first");
        await desk.HappenedAsync("p", 1000, id: "again");
        Assert.Equal((1, 0, 0, 0, 0), Counts(await desk.ImportAsync(File(Line("p", "10.00")))));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Only_the_given_period_and_provider_of_this_tenant_count(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.HappenedAsync("before", 100, 4);
        await desk.HappenedAsync("within", 100, 5);
        await desk.HappenedAsync("after", 100, 7);
        await desk.HappenedAsync("another's", 100, 5, provider: "other");
        await desk.As(TestCommerce.Other).HappenedAsync("stranger's", 100, 5);
        var summary = await desk.ImportAsync(File(Line("stranger's", "1.00"), Line("another's", "1.00")), Days(5, 7));

        Assert.Equal((0, 2, 1, 0, 0), Counts(summary));
        var other = desk.As(TestCommerce.Other);
        Assert.Null(await other.Reconciliations.GetAsync(other.Scope, summary.Id));
        Assert.Empty(await other.Reconciliations.ListAsync(other.Scope));
        Assert.Empty(await other.ItemsAsync(summary));
        Assert.Equal(CommerceErrors.NotFound, (await other.Reconciliations.ResolveAsync(other.Scope, summary.Id, 1, ReconciliationActions.NotOurs, null, "eve")).Error!.Code);
        Assert.Equal(CommerceErrors.NotFound, (await other.Reconciliations.ExportItemsAsync(other.Scope, summary.Id, TextWriter.Null)).Error!.Code);
        // and may import the same file for itself
        Assert.Equal((1, 1, 0, 0, 0), Counts(await other.ImportAsync(File(Line("stranger's", "1.00"), Line("another's", "1.00")), Days(5, 7))));
    }
}
