using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Reconciliation;

/// <summary>Writes differences and carried events by the thousand: on PostgreSQL one statement for a batch, on SQLite there is no round trip to save.</summary>
internal static class ItemInsert
{
    public const int Batch = 2000;

    private const string Columns = """
        tenant, reconciliation_id, item, provider, line, type, payment_id, order_id, reference, event_id,
          their_amount, their_currency, our_amount, our_currency, at, settled_before, outcome, state
        """;

    private const string Sqlite = $"""
        insert into reconciliation_item ({Columns}) values (@tenant, @reconciliationId, @item, @provider, @line, @type, @paymentId, @orderId, @reference, @eventId,
          @theirAmount, @theirCurrency, @ourAmount, @ourCurrency, @at, @settledBefore, @outcome, 'Open')
        """;

    // numbers in lists have no null: one without its currency (or a line without its number) is none
    private const string Postgres = $"""
        insert into reconciliation_item ({Columns})
        select @tenant, @reconciliationId, @first + d.n - 1, @provider, nullif(d.line, 0), d.type, d.payment_id, d.order_id, d.reference, d.event_id,
          case when d.their_currency is null then null else d.their_amount end, d.their_currency, case when d.our_currency is null then null else d.our_amount end, d.our_currency,
          d.at, d.settled_before = 1, d.outcome, 'Open'
        from unnest(@lines, @types, @paymentIds, @orderIds, @references, @eventIds, @theirAmounts, @theirCurrencies, @ourAmounts, @ourCurrencies, @times, @before, @outcomes)
          with ordinality as d (line, type, payment_id, order_id, reference, event_id, their_amount, their_currency, our_amount, our_currency, at, settled_before, outcome, n)
        """;

    private const string CarrySqlite = """
        insert into reconciliation_carried (tenant, provider, event_id, reconciliation_id) values (@tenant, @provider, @eventId, @reconciliationId)
        """;

    private const string CarryPostgres = """
        insert into reconciliation_carried (tenant, provider, event_id, reconciliation_id) select @tenant, @provider, e.id, @reconciliationId from unnest(@ids) as e (id)
        """;

    public static async Task RunAsync(ICommerceConnection connection, string reconciliationId, string provider, IReadOnlyList<Difference> differences)
    {
        var first = 1L;
        foreach (var batch in differences.Chunk(Batch))
        {
            if (connection.Dialect == CommerceDialect.Postgres)
                await connection.ExecuteAsync(Postgres, Lists(reconciliationId, provider, first, batch)).ConfigureAwait(false);
            else
                await connection.ExecuteBatchAsync([.. batch.Select((d, i) => (Sqlite, (object?)Row(reconciliationId, provider, first + i, d)))]).ConfigureAwait(false);
            first += batch.Length;
        }
    }

    public static async Task CarryAsync(ICommerceConnection connection, string reconciliationId, string provider, IReadOnlyList<OurEvent> events)
    {
        foreach (var batch in events.Chunk(Batch))
        {
            if (connection.Dialect == CommerceDialect.Postgres)
                await connection.ExecuteAsync(CarryPostgres, new { provider, reconciliationId, ids = batch.Select(e => e.EventId) }).ConfigureAwait(false);
            else
                await connection.ExecuteBatchAsync([.. batch.Select(e => (CarrySqlite, (object?)new { provider, reconciliationId, e.EventId }))]).ConfigureAwait(false);
        }
    }

    private static object Row(string reconciliationId, string provider, long item, Difference d) => new
    {
        reconciliationId,
        item,
        provider,
        line = (long?)d.Line?.Line,
        type = Type(d),
        paymentId = PaymentId(d),
        orderId = OrderId(d),
        reference = d.Line?.Reference,
        eventId = d.Event?.EventId,
        theirAmount = d.Line?.Amount.Minor,
        theirCurrency = d.Line?.Amount.Currency,
        ourAmount = d.Event?.Amount,
        ourCurrency = d.Event?.Currency,
        at = At(d),
        settledBefore = d.SettledBefore,
        outcome = d.Outcome,
    };

    private static object Lists(string reconciliationId, string provider, long first, Difference[] batch) => new
    {
        reconciliationId,
        provider,
        first,
        lines = batch.Select(d => (long)(d.Line?.Line ?? 0)),
        types = batch.Select(d => Type(d).ToString()),
        paymentIds = batch.Select(PaymentId),
        orderIds = batch.Select(d => OrderId(d)!),
        references = batch.Select(d => d.Line?.Reference!),
        eventIds = batch.Select(d => d.Event?.EventId!),
        theirAmounts = batch.Select(d => d.Line?.Amount.Minor ?? 0),
        theirCurrencies = batch.Select(d => d.Line?.Amount.Currency!),
        ourAmounts = batch.Select(d => d.Event?.Amount ?? 0),
        ourCurrencies = batch.Select(d => d.Event?.Currency!),
        times = batch.Select(d => At(d).ToUnixTimeMilliseconds()),
        before = batch.Select(d => d.SettledBefore ? 1L : 0L),
        outcomes = batch.Select(d => d.Outcome.ToString()),
    };

    private static SettlementType Type(Difference d) => d.Line?.Type ?? d.Event!.Type;

    private static string PaymentId(Difference d) => d.Line?.PaymentId ?? d.Event!.PaymentId;

    // ours is certain, theirs is what they were told or made of it
    private static string? OrderId(Difference d) => d.Event?.OrderId ?? d.Line?.OrderId;

    private static DateTimeOffset At(Difference d) => d.Line?.At ?? d.Event!.OccurredAt;
}
