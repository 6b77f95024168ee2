using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Reconciliation;
using static LinkShop.Commerce.Tests.Reconciliation.SettlementDesk;

namespace LinkShop.Commerce.Tests.Reconciliation;

public sealed class ReconciliationImportTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task The_same_file_again_is_refused_with_what_came_of_it(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        var file = File(Line("p", "1.00"));
        var first = await desk.ImportAsync(file);
        var again = await desk.TryImportAsync(file, Days(1, 30));
        Assert.Equal((CommerceErrors.AlreadyImported, first.Id), (again.Error!.Code, again.Error.Field));
        Assert.True((await desk.TryImportAsync(file, provider: "another")).Succeeded);
        // another file, even if only its bytes differ
        Assert.True((await desk.TryImportAsync(file + "\n")).Succeeded);
        Assert.Equal(3, await desk.Commerce.CountAsync("reconciliation"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Of_many_imports_of_one_file_at_once_one_wins(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        var second = desk.InSecondProcess();
        await using var closing = second.Commerce;
        await desk.HappenedAsync("gone", 100);
        var file = File(Line("p", "1.00"));
        var results = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => (i % 2 == 0 ? desk : second).TryImportAsync(file))));
        var won = Assert.Single(results, r => r.Succeeded).Value;
        Assert.All(results.Where(r => !r.Succeeded), r => Assert.Equal((CommerceErrors.AlreadyImported, won.Id), (r.Error!.Code, r.Error.Field)));
        Assert.Equal((1, 2), (await desk.Commerce.CountAsync("reconciliation"), await desk.Commerce.CountAsync("reconciliation_item")));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Of_different_files_at_once_only_one_can_settle_an_event(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.HappenedAsync("late", 100, 1);
        var files = Enumerable.Range(5, 4).Select(day => File(Line("late", "1.00", day))).ToArray();
        var results = await Task.WhenAll(files.Select(file => Task.Run(() => desk.TryImportAsync(file))));
        Assert.All(results, r => Assert.True(r.Succeeded, r.Error?.Message));
        Assert.Equal((1, 3), (results.Sum(r => r.Value.Matched), results.Sum(r => r.Value.MissingHere)));
        Assert.Empty(await desk.BreachesAsync());
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_a_later_file_has_is_resolved_in_the_earlier_one(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.HappenedAsync("late", 100, 5);
        await desk.HappenedAsync("late", 40, 5, PaymentEventKind.Refunded);
        await desk.HappenedAsync("wrong", 300, 5);
        await desk.HappenedAsync("never", 400, 5);
        await desk.HappenedAsync("lost", 500, 5);
        var first = await desk.ImportAsync(File(Line("x", "1.00")), Days(5, 6));
        Assert.Equal((0, 1, 5, 0, 0), Counts(first));
        var lost = (await desk.ItemsAsync(first)).Single(i => i.PaymentId == "lost");
        Assert.True((await desk.Reconciliations.ResolveAsync(desk.Scope, first.Id, lost.Id, ReconciliationActions.AskedProvider, null, "ben")).Succeeded);

        var later = await desk.ImportAsync(
            File(Line("late", "1.00", 7), Line("late", "0.40", 7, "refund"), Line("wrong", "3.01", 7), Line("lost", "5.00", 7)), Days(7, 8), "cy");
        Assert.Equal(((3, 0, 0, 1, 0), 4), (Counts(later), later.Carried));

        var items = (await desk.ItemsAsync(first)).Where(i => i.Outcome == ReconciliationOutcome.MissingThere).ToDictionary(i => (i.PaymentId, i.Type));
        foreach (var settled in new[] { ("late", SettlementType.Payment), ("late", SettlementType.Refund), ("wrong", SettlementType.Payment) })
            Assert.Equal((ReconciliationItemState.Resolved, "settled_later", "cy", later.Id), (items[settled].State, items[settled].Action, items[settled].ResolvedBy, items[settled].Note));
        Assert.Equal(ReconciliationItemState.Open, items[("never", SettlementType.Payment)].State);
        // what a person decided stays decided; only a write-off is taken back, in the books too
        Assert.Equal(("asked_provider", "ben"), (items[("lost", SettlementType.Payment)].Action, items[("lost", SettlementType.Payment)].ResolvedBy));
        Assert.Equal(2, (await desk.Reconciliations.GetAsync(desk.Scope, first.Id))!.OpenItems);
        Assert.Empty(await desk.BreachesAsync());
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_payment_at_the_turn_of_a_period_is_settled_once(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        // ours happened in the second period, the provider put it into the file of the first
        await desk.HappenedAsync("turn", 100, 6);
        Assert.Equal((1, 0, 0, 0, 0), Counts(await desk.ImportAsync(File(Line("turn", "1.00", 5)), Days(5, 6))));
        Assert.Equal((0, 0, 0, 0, 0), Counts(await desk.ImportAsync(File(Line("", "0.01", 6, "fee")), Days(6, 7))));

        // and once more would be money that moves twice
        var twice = await desk.ImportAsync(File(Line("turn", "1.00", 7)), Days(7, 8));
        Assert.Equal((0, 1, 0, 0, 0), Counts(twice));
        Assert.True(Assert.Single(await desk.ItemsAsync(twice)).SettledBefore);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_the_file_of_its_own_period_settled_is_not_settled_by_another(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.HappenedAsync("p", 100, 5);
        await desk.HappenedAsync("old", 100, 1);
        Assert.Equal((1, 0, 0, 0, 0), Counts(await desk.ImportAsync(File(Line("p", "1.00", 5)))));
        // no file covered the day of the old one, so this may well be its file
        var later = await desk.ImportAsync(File(Line("p", "1.00", 7), Line("old", "1.00", 7)));
        Assert.Equal((1, 1, 0, 0, 0), Counts(later));
        var item = Assert.Single(await desk.ItemsAsync(later));
        Assert.Equal(("p", true), (item.PaymentId, item.SettledBefore));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_refund_that_is_late_does_not_take_the_place_of_another(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.HappenedAsync("p", 500, 1, PaymentEventKind.Refunded);
        await desk.HappenedAsync("p", 300, 5, PaymentEventKind.Refunded);
        Assert.Equal((1, 0, 1, 0, 0), Counts(await desk.ImportAsync(File(Line("p", "5.00", 5, "refund")))));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_was_settled_at_another_amount_is_not_settled_again_by_a_later_file(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.HappenedAsync("p", 100, 5);
        Assert.Equal((0, 0, 0, 1, 0), Counts(await desk.ImportAsync(File(Line("p", "0.99", 5)), Days(5, 6))));
        var later = await desk.ImportAsync(File(Line("p", "0.99", 7)), Days(7, 8));
        Assert.Equal(((0, 1, 0, 0, 0), 0), (Counts(later), later.Carried));
        Assert.True(Assert.Single(await desk.ItemsAsync(later)).SettledBefore);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_happened_where_two_periods_meet_belongs_to_the_later_one(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.HappenedAsync("first", 100, 5);
        await desk.HappenedAsync("second", 200, 6);
        Assert.Equal((1, 0, 0, 0, 0), Counts(await desk.ImportAsync(File(Line("first", "1.00", 5)), new ReconciliationPeriod(Day(5), Day(6)))));
        Assert.Equal((1, 0, 0, 0, 0), Counts(await desk.ImportAsync(File(Line("second", "2.00", 6)), new ReconciliationPeriod(Day(6), Day(7)))));
        Assert.Equal(0, await desk.Commerce.CountAsync("reconciliation_item"));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task A_file_resolves_nothing_of_another_provider_whose_events_have_the_same_ids(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.HappenedAsync("p", 100, 5, id: "evt-1");
        await desk.HappenedAsync("q", 100, 5, id: "evt-1", provider: "another");
        var first = await desk.ImportAsync(File(Line("x", "1.00")), Days(5, 6));
        var missing = (await desk.ItemsAsync(first)).Single(i => i.Outcome == ReconciliationOutcome.MissingThere);
        Assert.True((await desk.Reconciliations.ResolveAsync(desk.Scope, first.Id, missing.Id, ReconciliationActions.WrittenOff, null, "ann")).Succeeded);
        Assert.Equal((1, 0, 0, 0, 0), Counts((await desk.TryImportAsync(File(Line("q", "1.00")), Days(5, 6), "another")).Value));
        Assert.Equal((ReconciliationActions.WrittenOff, new Money(-100, "CNY")), (await desk.ItemsAsync(first)).Single(i => i.Id == missing.Id) is var still ? (still.Action, still.Posted) : default);
        Assert.Equal(1, await desk.Commerce.CountAsync("ledger_transfer"));
        Assert.Empty(await desk.BreachesAsync());
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_an_earlier_file_had_is_told_as_settled_in_the_file_of_its_own_day_too(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.HappenedAsync("turn", 100, 6);
        Assert.Equal((1, 0, 0, 0, 0), Counts(await desk.ImportAsync(File(Line("turn", "1.00", 5)), Days(5, 6))));
        var own = await desk.ImportAsync(File(Line("turn", "1.00", 6)), Days(6, 7));
        Assert.Equal((0, 1, 0, 0, 0), Counts(own));
        Assert.True(Assert.Single(await desk.ItemsAsync(own)).SettledBefore);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task What_several_files_lack_is_written_off_once_and_not_at_all_when_another_had_it(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.HappenedAsync("lost", 100, 5);
        await desk.HappenedAsync("there", 300, 5);
        var first = await desk.ImportAsync(File(Line("x", "1.00"), Line("there", "3.00", 5)), Days(5, 6));
        var second = await desk.ImportAsync(File(Line("y", "1.00")), Days(5, 6));
        var third = await desk.ImportAsync(File(Line("z", "1.00")), Days(5, 6));
        var lost = await Task.WhenAll(new[] { first, second, third }.Select(f => Task.Run(() => WriteOffAsync(f, "lost"))));
        Assert.Single(lost, r => r.Succeeded);
        Assert.All(lost.Where(r => !r.Succeeded), r => Assert.Equal(CommerceErrors.AlreadyWrittenOff, r.Error!.Code));
        var had = await WriteOffAsync(second, "there");
        Assert.Equal((CommerceErrors.HadByAnotherFile, first.Id), (had.Error?.Code, had.Error?.Field));
        Assert.Equal(1, await desk.Commerce.CountAsync("ledger_transfer"));
        Assert.Equal(2, (await desk.ItemsAsync(second)).Count(i => i.State == ReconciliationItemState.Open && i.Outcome == ReconciliationOutcome.MissingThere) + (lost[1].Succeeded ? 1 : 0));
        Assert.Empty(await desk.BreachesAsync());
        // as if it had been written off by a second file too
        await desk.Commerce.Database.WriteSystemAsync(c => c.ExecuteAsync("""
            update reconciliation_item set state = 'Resolved', action = 'written_off', resolved_by = 'x', resolved_at = 1, posted = 100
            where payment_id = 'lost' and posted is null and reconciliation_id = (select min(reconciliation_id) from reconciliation_item where payment_id = 'lost' and posted is null)
            """));
        Assert.Contains(await desk.BreachesAsync(), b => b == "written_off_twice");

        async Task<CommerceResult<ReconciliationItem>> WriteOffAsync(ReconciliationSummary file, string payment)
        {
            var item = (await desk.ItemsAsync(file)).Single(i => i.PaymentId == payment && i.Outcome == ReconciliationOutcome.MissingThere);
            return await desk.Reconciliations.ResolveAsync(desk.Scope, file.Id, item.Id, ReconciliationActions.WrittenOff, null, "ann");
        }
    }
}
