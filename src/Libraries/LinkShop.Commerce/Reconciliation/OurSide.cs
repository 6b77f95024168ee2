using LinkShop.Commerce.Data;
using LinkShop.Commerce.Payments;

namespace LinkShop.Commerce.Reconciliation;

/// <summary>The statements that read what we have.</summary>
internal static class OurSide
{
    private const int Batch = 500;

    private const string Event = "e.event_id, e.order_id, e.payment_id, e.kind, e.amount, e.currency, e.occurred_at";
    private const string Comparable = $"e.refused is null and e.kind in ('Paid', 'Refunded', 'DisputeLost') and e.event_id not like '{PaymentEventStore.FromBank}%'";
    private const string IsCarried = "exists (select 1 from reconciliation_carried c where c.tenant = @tenant and c.provider = e.provider and c.event_id = e.event_id)";

    private const string Imported = "select id, file_hash, period_from, period_until from reconciliation where tenant = @tenant and provider = @provider";

    private const string InPeriod = $"""
        select {Event} from payment_events e
        where e.tenant = @tenant and e.provider = @provider and e.occurred_at >= @from and e.occurred_at < @until and {Comparable}
        """;

    private const string Carried = "select event_id from reconciliation_carried where tenant = @tenant and provider = @provider";

    // by the payments' and the orders' keys: payment_events can't be found by the payment alone
    private const string OfPayments = $"""
        select {Event}, {IsCarried} as carried,
          exists (select 1 from reconciliation_item i where i.tenant = @tenant and i.provider = e.provider and i.event_id = e.event_id and i.outcome = 'MissingThere') as missed
        from payments p join payment_events e on e.order_id = p.order_id and e.tenant = @tenant and e.provider = p.provider and e.payment_id = p.payment_id
        where p.tenant = @tenant and p.provider = @provider and {Comparable} and p.payment_id
        """;

    /// <summary>The files of a provider that were compared so far.</summary>
    public static Task<IReadOnlyList<ImportedFile>> ImportedAsync(ICommerceConnection connection, string provider) =>
        connection.QueryAsync<ImportedFile>(Imported, new { provider });

    /// <summary>The period's events that no file of another period settled.</summary>
    public static async Task<List<OurEvent>> InPeriodAsync(ICommerceConnection connection, string provider, ReconciliationPeriod period)
    {
        var carried = (await connection.QueryAsync<string>(Carried, new { provider }).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);
        var events = new List<OurEvent>();
        await foreach (var e in connection.StreamAsync<OurEvent>(InPeriod, new { provider, period.From, period.Until }).ConfigureAwait(false))
        {
            if (!carried.Contains(e.EventId))
                events.Add(e);
        }

        return events;
    }

    /// <summary>Offers a comparison's open lines the events of other times.</summary>
    public static async Task AddOutsideAsync(ICommerceConnection connection, Comparison comparison, string provider, ReconciliationPeriod period, IReadOnlyList<ImportedFile> imported)
    {
        foreach (var ids in comparison.OpenPayments.Chunk(Batch))
        {
            foreach (var row in await connection.QueryAsync<Row>($"{OfPayments} {connection.In("ids")}", new { provider, ids }).ConfigureAwait(false))
            {
                // those of the period were offered already
                if (period.Contains(row.OccurredAt) && !row.Carried)
                    continue;
                // in the period of an earlier file that didn't report it missing: that file had it
                var settled = row.Carried || (!row.Missed && imported.Any(f => f.Period.Contains(row.OccurredAt)));
                comparison.Add(new OutsideEvent(row.Event, row.Missed, settled));
            }
        }
    }

    private sealed record Row(string EventId, string OrderId, string PaymentId, PaymentEventKind Kind, long Amount, string Currency, DateTimeOffset OccurredAt, bool Carried, bool Missed)
    {
        public OurEvent Event => new(EventId, OrderId, PaymentId, Kind, Amount, Currency, OccurredAt);
    }
}

/// <summary>A file that was compared before.</summary>
internal sealed record ImportedFile(string Id, string FileHash, DateTimeOffset PeriodFrom, DateTimeOffset PeriodUntil)
{
    public ReconciliationPeriod Period => new(PeriodFrom, PeriodUntil);
}
