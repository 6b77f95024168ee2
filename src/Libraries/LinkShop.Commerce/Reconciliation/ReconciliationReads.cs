using System.Text.Json;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Reconciliation;

/// <summary>The statements that read reconciliations and their items.</summary>
internal static class ReconciliationReads
{
    private const string Summary = """
        select id, provider, file_name, file_hash, period_from, period_until, created_by, created_at, lines, fees, matched, missing_here, missing_there, amount_differs,
          duplicate_in_file, carried, open_items, sums
        from reconciliation where tenant = @tenant
        """;

    private const string Item = """
        select item as id, reconciliation_id, provider, line, type, payment_id, order_id, reference, their_amount, their_currency, our_amount, our_currency, at, settled_before, outcome, state,
          action, note, resolved_by, resolved_at, posted
        from reconciliation_item where tenant = @tenant and reconciliation_id = @reconciliationId
        """;

    private const string Costs = """
        select currency, cast(sum(amount) as bigint) as amount from (
          select a.currency, t.amount from ledger_account a join ledger_transfer t on t.credit = a.id and t.tenant = @tenant and t.credit_after is not null and t.at >= @from and t.at < @until
          where a.tenant = @tenant and a.owner = @provider and a.purpose = 'ProviderClearing' and t.reason = 'payment_cost'
          union all
          select a.currency, -t.amount from ledger_account a join ledger_transfer t on t.debit = a.id and t.tenant = @tenant and t.debit_after is not null and t.at >= @from and t.at < @until
          where a.tenant = @tenant and a.owner = @provider and a.purpose = 'ProviderClearing' and t.reason = 'payment_cost_reversed') c
        group by currency order by currency
        """;

    public static async Task<IReadOnlyList<Money>> PaymentCostsAsync(ICommerceConnection connection, string provider, ReconciliationPeriod period) =>
        [.. (await connection.QueryAsync<CostRow>(Costs, new { provider, period.From, period.Until }).ConfigureAwait(false)).Select(r => new Money(r.Amount, r.Currency))];

    public static async Task<ReconciliationSummary?> FindAsync(ICommerceConnection connection, string id) =>
        (await connection.QuerySingleOrDefaultAsync<SummaryRow>(Summary + " and id = @id", new { id }).ConfigureAwait(false))?.ToSummary();

    public static async Task<IReadOnlyList<ReconciliationSummary>> ListAsync(ICommerceConnection connection, string? provider, string? after, int take)
    {
        var sql = $"{Summary}{(provider is null ? "" : " and provider = @provider")}{(after is null ? "" : " and id < @after")} order by id desc limit @take";
        var rows = await connection.QueryAsync<SummaryRow>(sql, new { provider, after, take = Math.Clamp(take, 1, 200) }).ConfigureAwait(false);
        return [.. rows.Select(r => r.ToSummary())];
    }

    public static async Task<ReconciliationItem?> FindItemAsync(ICommerceConnection connection, string reconciliationId, int item) =>
        (await connection.QuerySingleOrDefaultAsync<ItemRow>(Item + " and item = @item" + connection.ForUpdate(), new { reconciliationId, item }).ConfigureAwait(false))?.ToItem();

    /// <summary>A page of items, one more than asked for when there are more.</summary>
    public static async Task<IReadOnlyList<ReconciliationItem>> ItemsAsync(ICommerceConnection connection, string reconciliationId, ReconciliationItemFilter filter, int after, int take)
    {
        var sql = $"{Item}{(filter.Outcome is null ? "" : " and outcome = @outcome")}{(filter.State is null ? "" : " and state = @state")} and item > @after order by item limit @take";
        var rows = await connection.QueryAsync<ItemRow>(sql, new { reconciliationId, filter.Outcome, filter.State, after, take }).ConfigureAwait(false);
        return [.. rows.Select(r => r.ToItem())];
    }

    private sealed record CostRow(string Currency, long Amount);

    private sealed record SummaryRow(
        string Id, string Provider, string FileName, string FileHash, DateTimeOffset PeriodFrom, DateTimeOffset PeriodUntil, string CreatedBy, DateTimeOffset CreatedAt, int Lines, int Fees,
        int Matched, int MissingHere, int MissingThere, int AmountDiffers, int DuplicateInFile, int Carried, int OpenItems, string Sums)
    {
        public ReconciliationSummary ToSummary() => new()
        {
            Id = Id,
            Provider = Provider,
            FileName = FileName,
            FileHash = FileHash,
            Period = new ReconciliationPeriod(PeriodFrom, PeriodUntil),
            CreatedBy = CreatedBy,
            CreatedAt = CreatedAt,
            Lines = Lines,
            Fees = Fees,
            Matched = Matched,
            MissingHere = MissingHere,
            MissingThere = MissingThere,
            AmountDiffers = AmountDiffers,
            DuplicateInFile = DuplicateInFile,
            Carried = Carried,
            OpenItems = OpenItems,
            Sums = [.. JsonSerializer.Deserialize(Sums, ReconciliationJson.Default.SumDocumentArray)!.Select(s => s.ToSum())],
        };
    }

    private sealed record ItemRow(
        int Id, string ReconciliationId, string Provider, int? Line, SettlementType Type, string PaymentId, string? OrderId, string? Reference, long? TheirAmount, string? TheirCurrency, long? OurAmount,
        string? OurCurrency, DateTimeOffset At, bool SettledBefore, ReconciliationOutcome Outcome, ReconciliationItemState State, string? Action, string? Note, string? ResolvedBy,
        DateTimeOffset? ResolvedAt, long? Posted)
    {
        public ReconciliationItem ToItem() => new()
        {
            Id = Id,
            ReconciliationId = ReconciliationId,
            Provider = Provider,
            Line = Line,
            Type = Type,
            PaymentId = PaymentId,
            OrderId = OrderId,
            Reference = Reference,
            Theirs = TheirAmount is { } theirs ? new Money(theirs, TheirCurrency!) : null,
            Ours = OurAmount is { } ours ? new Money(ours, OurCurrency!) : null,
            At = At,
            SettledBefore = SettledBefore,
            Outcome = Outcome,
            State = State,
            Action = Action,
            Note = Note,
            ResolvedBy = ResolvedBy,
            ResolvedAt = ResolvedAt,
            Posted = Posted is { } posted ? new Money(posted, OurCurrency ?? TheirCurrency!) : null,
        };
    }
}
