using LinkShop.Commerce.Data;
using LinkShop.Commerce.Reconciliation;
using static LinkShop.Commerce.Tests.Reconciliation.SettlementDesk;

namespace LinkShop.Commerce.Tests.Reconciliation;

public sealed class ReconciliationDeskTests
{
    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_item_is_resolved_once_and_only_with_an_action_of_its_outcome(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        var summary = await desk.ImportAsync(File(Line("p", "1.00"), Line("q", "1.00")));
        Assert.Equal((CommerceErrors.Invalid, "action"), await RefusedAsync(ReconciliationActions.WrittenOff));
        Assert.Equal((CommerceErrors.Invalid, "action"), await RefusedAsync(ReconciliationActions.SettledLater));
        Assert.Equal((CommerceErrors.NotFound, "itemId"), await RefusedAsync(ReconciliationActions.NotOurs, item: 3));
        Assert.Equal((CommerceErrors.Required, "actor"), await RefusedAsync(ReconciliationActions.NotOurs, actor: " "));
        Assert.Equal((CommerceErrors.TooLong, "note"), await RefusedAsync(ReconciliationActions.NotOurs, note: new string('x', 1001)));
        Assert.Equal(2, (await desk.Reconciliations.GetAsync(desk.Scope, summary.Id))!.OpenItems);

        var now = desk.Commerce.Clock.GetUtcNow();
        var done = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => ResolveAsync(ReconciliationActions.NotOurs, 1, "ann", " the sister shop's "))));
        Assert.All(done, d => Assert.True(d.Succeeded, d.Error?.Message));
        var item = Assert.Single(done.Select(d => d.Value).Distinct());
        Assert.Equal((ReconciliationItemState.Resolved, "not_ours", "the sister shop's", "ann"), (item.State, item.Action, item.Note, item.ResolvedBy));
        Assert.InRange(item.ResolvedAt!.Value, now.AddMilliseconds(-1), desk.Commerce.Clock.GetUtcNow());
        Assert.Equal(CommerceErrors.Conflict, (await RefusedAsync(ReconciliationActions.AskedProvider)).Code);
        Assert.Equal(CommerceErrors.Conflict, (await RefusedAsync(ReconciliationActions.NotOurs, note: "another reason")).Code);
        Assert.Equal(1, (await desk.Reconciliations.GetAsync(desk.Scope, summary.Id))!.OpenItems);
        Assert.Empty(await desk.BreachesAsync());

        Task<CommerceResult<ReconciliationItem>> ResolveAsync(string action, int id, string actor, string? note) =>
            desk.Reconciliations.ResolveAsync(desk.Scope, summary.Id, id, action, note, actor);

        async Task<(string Code, string? Field)> RefusedAsync(string action, int item = 1, string actor = "ann", string? note = null) =>
            (await ResolveAsync(action, item, actor, note)).Error is { } error ? (error.Code, error.Field) : default;
    }

    [Fact]
    public void Each_outcome_has_its_actions()
    {
        Assert.Equal(["booked_by_hand", "asked_provider", "not_ours", "taken_over"], ReconciliationActions.For(ReconciliationOutcome.MissingHere));
        Assert.Equal(["expected_later", "asked_provider", "written_off"], ReconciliationActions.For(ReconciliationOutcome.MissingThere));
        Assert.Equal(["asked_provider", "corrected", "written_off"], ReconciliationActions.For(ReconciliationOutcome.AmountDiffers));
        Assert.Equal(["asked_provider", "ignored"], ReconciliationActions.For(ReconciliationOutcome.DuplicateInFile));
        Assert.Empty(ReconciliationActions.For(ReconciliationOutcome.Matched));
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task Lists_come_in_pages_and_by_filter(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.HappenedAsync("gone", 100);
        var old = await desk.ImportAsync(File([.. Enumerable.Range(0, 5).Select(i => Line($"p{i}", "1.00"))]));
        desk.Commerce.Clock.Advance(TimeSpan.FromSeconds(1));
        var other = (await desk.TryImportAsync(File(Line("p", "1.00")), provider: "another")).Value;
        await desk.Reconciliations.ResolveAsync(desk.Scope, old.Id, 2, ReconciliationActions.NotOurs, null, "ann");

        var first = await PageAsync(new ReconciliationItemFilter { Take = 4 });
        Assert.Equal("1 2 3 4 next 4", Shown(first));
        var last = await PageAsync(new ReconciliationItemFilter { Take = 4, After = first.Next });
        Assert.Equal("5 6 next ", Shown(last));
        Assert.Null((await PageAsync(new ReconciliationItemFilter { Take = 6 })).Next);
        Assert.Equal([6], (await PageAsync(new ReconciliationItemFilter { Outcome = ReconciliationOutcome.MissingThere })).Items.Select(i => i.Id));
        Assert.Equal([2], (await PageAsync(new ReconciliationItemFilter { State = ReconciliationItemState.Resolved })).Items.Select(i => i.Id));
        Assert.Equal([1, 3, 4, 5], (await PageAsync(new ReconciliationItemFilter { State = ReconciliationItemState.Open, Outcome = ReconciliationOutcome.MissingHere })).Items.Select(i => i.Id));

        Assert.Equal([other.Id, old.Id], (await desk.Reconciliations.ListAsync(desk.Scope)).Select(s => s.Id));
        Assert.Equal([old.Id], (await desk.Reconciliations.ListAsync(desk.Scope, after: other.Id)).Select(s => s.Id));
        Assert.Equal([old.Id], (await desk.Reconciliations.ListAsync(desk.Scope, "test", take: 1)).Select(s => s.Id));

        static string Shown(ReconciliationItemPage page) => $"{string.Join(' ', page.Items.Select(i => i.Id))} next {page.Next}";

        Task<ReconciliationItemPage> PageAsync(ReconciliationItemFilter filter) => desk.Reconciliations.ItemsAsync(desk.Scope, old.Id, filter);
    }

    [Theory]
    [InlineData(CommerceDialect.Sqlite)]
    [InlineData(CommerceDialect.Postgres)]
    public async Task An_export_has_every_item_and_runs_nothing_in_a_spreadsheet(CommerceDialect dialect)
    {
        await using var desk = await OpenAsync(dialect);
        await desk.HappenedAsync("gone", 700);
        var summary = await desk.ImportAsync($""""
            {Header},order_id,reference
            "=HYPERLINK(""http://x"")",payment,1.00,CNY,2026-03-05T12:00:00Z,@sum,+1
            "-a, ""b""",refund,1250,JPY,2026-03-05T12:00:00+08:00,,
            """");
        await desk.Reconciliations.ResolveAsync(desk.Scope, summary.Id, 1, ReconciliationActions.NotOurs, "=1+1", "@ann");
        var writer = new StringWriter { NewLine = "\n" };
        Assert.Equal(3, (await desk.Reconciliations.ExportItemsAsync(desk.Scope, summary.Id, writer)).Value);

        var lines = writer.ToString().Split('\n');
        Assert.Equal("id,outcome,state,type,payment_id,order_id,reference,line,time,their_amount,their_currency,our_amount,our_currency,settled_before,action,posted_amount,posted_currency,note,resolved_by,resolved_at", lines[0]);
        Assert.StartsWith("1,missing_here,resolved,payment,\"'=HYPERLINK(\"\"http://x\"\")\",'@sum,'+1,2,2026-03-05T12:00:00.000Z,1.00,CNY,,,no,not_ours,,,'=1+1,'@ann,2026-", lines[1]);
        Assert.Equal("2,missing_here,open,refund,\"'-a, \"\"b\"\"\",,,3,2026-03-05T04:00:00.000Z,1250,JPY,,,no,,,,,,", lines[2]);
        Assert.Equal("3,missing_there,open,payment,gone,order-gone,,,2026-03-05T12:00:00.000Z,,,7.00,CNY,no,,,,,,", lines[3]);
        Assert.Equal("", Assert.Single(lines[4..]));

        Assert.Equal(1, (await desk.Reconciliations.ExportItemsAsync(desk.Scope, summary.Id, TextWriter.Null, new ReconciliationItemFilter { Outcome = ReconciliationOutcome.MissingThere })).Value);
    }

    [Theory]
    [InlineData("reconciliation_counts_differ", "delete from reconciliation_item where item = 1")]
    [InlineData("reconciliation_counts_differ", "delete from reconciliation_item")]
    [InlineData("reconciliation_counts_differ", "update reconciliation set open_items = 1")]
    [InlineData("reconciliation_counts_differ", "update reconciliation set missing_there = missing_there + 1")]
    [InlineData("reconciliation_counts_differ", "update reconciliation_item set outcome = 'DuplicateInFile' where outcome = 'MissingHere'")]
    [InlineData("reconciliation_carried_differs", "delete from reconciliation_carried")]
    public async Task Verification_finds_what_is_broken(string code, string corruption)
    {
        await using var desk = await OpenAsync(CommerceDialect.Sqlite);
        await desk.HappenedAsync("gone", 700);
        await desk.HappenedAsync("old", 700, 1);
        await desk.ImportAsync(File(Line("p", "1.00"), Line("old", "7.00")));
        Assert.Empty(await desk.BreachesAsync());
        await desk.Commerce.Database.WriteSystemAsync(c => c.ExecuteAsync(corruption));
        Assert.Equal([code], await desk.BreachesAsync());
    }

    [Theory]
    [InlineData("update reconciliation set matched = matched + 1")]
    [InlineData("update reconciliation set open_items = -1")]
    [InlineData("update reconciliation_item set state = 'Resolved'")]
    [InlineData("update reconciliation_item set line = null where outcome = 'MissingHere'")]
    [InlineData("update reconciliation_item set our_amount = null where outcome = 'MissingThere'")]
    [InlineData("update reconciliation_item set outcome = 'Matched'")]
    [InlineData("delete from reconciliation")]
    public async Task The_database_itself_refuses_what_can_never_be(string corruption)
    {
        await using var desk = await OpenAsync(CommerceDialect.Sqlite);
        await desk.HappenedAsync("gone", 700);
        await desk.ImportAsync(File(Line("p", "1.00")));
        await Assert.ThrowsAnyAsync<Exception>(() => desk.Commerce.Database.WriteSystemAsync(c => c.ExecuteAsync(corruption)));
        Assert.Empty(await desk.BreachesAsync());
    }
}
