using FsCheck;
using FsCheck.Fluent;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Reconciliation;
using static LinkShop.Commerce.Tests.Reconciliation.SettlementDesk;

namespace LinkShop.Commerce.Tests.Reconciliation;

public sealed class ReconciliationPropertyTests
{
    private static readonly PaymentEventKind[] s_kinds = [PaymentEventKind.Paid, PaymentEventKind.Refunded, PaymentEventKind.DisputeLost];
    private static readonly SettlementType[] s_types = [SettlementType.Payment, SettlementType.Refund, SettlementType.Chargeback, SettlementType.Fee];

    // few payments, amounts and references, so that everything collides
    private static readonly Gen<SettlementLine> s_line =
        from payment in Gen.Choose(0, 3) from type in Gen.Elements(s_types) from amount in Gen.Choose(1, 3) from currency in Gen.Elements("CNY", "CNY", "CNY", "JPY") from reference in Gen.Choose(0, 4)
        select new SettlementLine(0, $"p{payment}", type, new Money(amount * 100, currency), Day(5), null, reference < 3 ? null : $"r{reference}");

    private static readonly Gen<OurEvent> s_event =
        from payment in Gen.Choose(0, 3) from kind in Gen.Elements(s_kinds) from amount in Gen.Choose(1, 3) from day in Gen.Choose(4, 6)
        select new OurEvent("", "o", $"p{payment}", kind, amount * 100, "CNY", Day(day));

    private static readonly Gen<(SettlementLine[] Lines, OurEvent[] Events)> s_sides =
        from lines in s_line.ListOf() from events in s_event.ListOf()
        select (lines.Select((l, i) => l with { Line = i + 2 }).ToArray(), events.Select((e, i) => e with { EventId = $"e{i}" }).ToArray());

    /// <summary>Judged by counting alone, and for what matches by a model that looks at multisets only.</summary>
    [Fact]
    public void Every_line_and_every_event_is_counted_exactly_once() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000).WithEndSize(25), Prop.ForAll(s_sides.ToArbitrary(), sides =>
        {
            var result = new Comparison(sides.Lines, sides.Events).End();
            var paired = result.Count(ReconciliationOutcome.Matched) + result.Count(ReconciliationOutcome.AmountDiffers);
            var differing = result.Differences.Where(d => d.Line is not null).Select(d => d.Line!.Line).ToList();
            var missing = result.Differences.Where(d => d.Outcome == ReconciliationOutcome.MissingThere).Select(d => d.Event!.EventId);
            return result.Lines == sides.Lines.Length
                && result.Fees == sides.Lines.Count(l => l.Type == SettlementType.Fee)
                && result.Fees + paired + result.Count(ReconciliationOutcome.MissingHere) + result.Count(ReconciliationOutcome.DuplicateInFile) == sides.Lines.Length
                && differing.Distinct().Count() == differing.Count
                && differing.Count + result.Count(ReconciliationOutcome.Matched) + result.Fees == sides.Lines.Length
                && result.Settled.Select(e => e.EventId).Concat(missing).Order().SequenceEqual(Facts(sides.Events).Select(e => e.EventId).Order())
                && result.Settled.Count == paired
                && result.Count(ReconciliationOutcome.Matched) == Matching(sides.Lines, sides.Events)
                && result.Sums.Sum(s => s.Theirs.Minor) == sides.Lines.Sum(l => l.Amount.Minor)
                && result.Sums.Sum(s => s.Ours.Minor) == Facts(sides.Events).Sum(e => e.Amount);
        }));

    /// <summary>The same through files and the database, with events outside of the period that may or may not be the file's.</summary>
    [Theory]
    [InlineData(CommerceDialect.Sqlite, 60)]
    [InlineData(CommerceDialect.Postgres, 20)]
    public async Task So_it_is_in_the_database_however_many_files_come(CommerceDialect dialect, int runs)
    {
        await using var desk = await OpenAsync(dialect);
        var run = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(runs).WithEndSize(15), Prop.ForAll(s_sides.ToArbitrary(), s => RunAsync(desk, $"run{run++}", s.Lines, s.Events).GetAwaiter().GetResult()));
        Assert.Empty(await desk.BreachesAsync());
    }

    private static async Task<bool> RunAsync(SettlementDesk desk, string provider, SettlementLine[] lines, OurEvent[] events)
    {
        foreach (var e in events)
            await desk.HappenedAsync(provider + e.PaymentId, e.Amount, e.OccurredAt.Day, e.Kind, id: e.EventId, provider: provider);
        var carried = new List<string>();
        for (var day = 4; day <= 6; day++)
        {
            // a file has at least one line
            SettlementLine[] own = [.. lines.Where((_, i) => i % 3 == day - 4), new SettlementLine(0, "", SettlementType.Fee, new Money(day, "CNY"), Day(day), null, null)];
            var text = $"{Header},reference\n" + string.Concat(own.Select(l => $"{Line(provider + l.PaymentId, l.Amount.ToDecimalString(), day, l.Type.ToString(), l.Amount.Currency)},{l.Reference}\n"));
            var before = carried.ToHashSet();
            var summary = (await desk.TryImportAsync(text, Days(day, day + 1), provider)).Value;
            carried = [.. await desk.Commerce.Database.ReadAsync(desk.Scope, c => c.QueryAsync<string>("select event_id from reconciliation_carried where tenant = @tenant and provider = @provider", new { provider }))];
            var expected = Facts(events.Where(e => e.OccurredAt.Day == day && !before.Contains(e.EventId))).Count();
            if (summary.Lines != own.Length || summary.Fees + summary.Matched + summary.MissingHere + summary.AmountDiffers + summary.DuplicateInFile != own.Length
                || summary.Matched + summary.AmountDiffers - summary.Carried + summary.MissingThere != expected)
                return false;
        }

        return carried.Distinct().Count() == carried.Count;
    }

    // of a payment and of a chargeback there is one, however often the provider told it
    private static IEnumerable<OurEvent> Facts(IEnumerable<OurEvent> events) =>
        events.GroupBy(e => (e.PaymentId, e.Kind)).SelectMany(g => g.Key.Kind == PaymentEventKind.Refunded ? g.AsEnumerable() : [g.OrderBy(e => (e.OccurredAt, e.EventId)).First()]);

    private static int Matching(SettlementLine[] lines, OurEvent[] events) => Facts(events).GroupBy(e => (e.PaymentId, e.Type)).Sum(ours =>
    {
        var theirs = lines.Where(l => (l.PaymentId, l.Type) == ours.Key).ToList();
        var first = theirs.Where(l => l.Reference is null || theirs.First(o => o.Reference == l.Reference) == l).Select(l => l.Amount).ToList();
        return ours.Count(e => first.Remove(e.Money));
    });
}
