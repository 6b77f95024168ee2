using System.Text.Json;
using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Reconciliation;

/// <summary>Stores a compared file with everything that follows from it in one transaction.</summary>
internal sealed class ReconciliationStore(ICommerceDatabase database, WriteOffs writeOffs, TimeProvider clock)
{
    // files of one provider one after the other: each must know what those before it had
    public const string Lock = "select pg_advisory_xact_lock(hashtextextended('reconciliation ' || @tenant || ' ' || @provider, 0))";

    private const string Insert = """
        insert into reconciliation (tenant, id, provider, file_name, file_hash, period_from, period_until, created_by, created_at,
          lines, fees, matched, missing_here, missing_there, amount_differs, duplicate_in_file, carried, open_items, sums)
        values (@tenant, @id, @provider, @fileName, @fileHash, @periodFrom, @periodUntil, @createdBy, @createdAt,
          @lines, @fees, @matched, @missingHere, @missingThere, @amountDiffers, @duplicateInFile, @carried, @openItems, @sums)
        """;

    private const string OpenMissing = """
        select i.reconciliation_id, i.item, i.event_id from reconciliation_item i where i.tenant = @tenant and i.provider = @provider and i.outcome = 'MissingThere'
          and (i.state = 'Open' or i.posted is not null)
        """;

    // under the reconciliation's lock: a person may write it off, or deal with it otherwise, at the same moment
    private const string WrittenOff = """
        select item, posted, our_currency from reconciliation_item where tenant = @tenant and reconciliation_id = @reconciliationId and outcome = 'MissingThere' and posted is not null
        """;

    private const string TakeBack = """
        update reconciliation_item set action = 'settled_later', note = @id, resolved_by = @actor, resolved_at = @now, posted = null
        where tenant = @tenant and reconciliation_id = @reconciliationId and item = @item
        """;

    // before its items, as a person's resolving does
    public const string LockOne = "select id from reconciliation where tenant = @tenant and id = @reconciliationId for update";

    private const string Settle = """
        update reconciliation_item set state = 'Resolved', action = 'settled_later', note = @id, resolved_by = @actor, resolved_at = @now
        where tenant = @tenant and reconciliation_id = @reconciliationId and item = @item and state = 'Open'
        """;

    private const string CountSettled = """
        update reconciliation set open_items = open_items - @count where tenant = @tenant and id = @reconciliationId
        """;

    /// <summary>Stores it.</summary>
    /// <returns>Its id; null when another file came in between, and the comparison must be made anew.</returns>
    /// <exception cref="RefusedException">The same file is there already.</exception>
    public async Task<string?> AddAsync(TenantScope scope, ReconciliationRequest request, SettlementFile file, ComparedFile compared, ReconciliationPeriod period, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = CommerceId.New(now);
        var row = Row(id, request, file, compared.Result, period, compared.At);
        return await database.WriteAsync(scope, async connection =>
        {
            if (connection.Dialect == CommerceDialect.Postgres)
                connection.Defer(Lock, new { request.Provider });
            var imported = await OurSide.ImportedAsync(connection, request.Provider).ConfigureAwait(false);
            RefuseSecond(imported, file.Hash);
            if (imported.Count != compared.Known)
                return null;
            await connection.ExecuteAsync(Insert, row).ConfigureAwait(false);
            await ItemInsert.RunAsync(connection, id, request.Provider, compared.Result.Differences).ConfigureAwait(false);
            await ItemInsert.CarryAsync(connection, id, request.Provider, compared.Result.Carried).ConfigureAwait(false);
            await SettleEarlierAsync(connection, id, request, compared.Result, now).ConfigureAwait(false);
            return id;
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="RefusedException">The same file is there already.</exception>
    public static void RefuseSecond(IReadOnlyList<ImportedFile> imported, string hash)
    {
        if (imported.FirstOrDefault(f => f.FileHash == hash) is { } same)
            throw new RefusedException(CommerceErrors.AlreadyImported, $"This file was imported before; see reconciliation {same.Id}.", same.Id);
    }

    private async Task SettleEarlierAsync(ICommerceConnection connection, string id, ReconciliationRequest request, ComparisonResult result, DateTimeOffset now)
    {
        var open = (await connection.QueryAsync<(string ReconciliationId, long Item, string EventId)>(OpenMissing, new { request.Provider }).ConfigureAwait(false))
            .Where(i => i.ReconciliationId != id).ToLookup(i => i.EventId, StringComparer.Ordinal);
        if (open.Count == 0)
            return;
        // in key order, as everywhere rows are locked
        var settled = result.Settled.SelectMany(e => open[e.EventId]).OrderBy(i => i.ReconciliationId, StringComparer.Ordinal).ThenBy(i => i.Item);
        foreach (var items in settled.GroupBy(i => i.ReconciliationId))
        {
            if (connection.Dialect == CommerceDialect.Postgres)
                connection.Defer(LockOne, new { reconciliationId = items.Key });
            await TakeBackAsync(connection, items.Key, items.Select(i => i.Item).ToHashSet(), id, request, now).ConfigureAwait(false);
            var updates = items.Select(i => (Settle, (object?)new { reconciliationId = i.ReconciliationId, item = i.Item, id, actor = request.Actor, now })).ToList();
            // one that a person resolved in between stays as it is, and was counted then
            var count = 0;
            foreach (var chunk in updates.Chunk(ItemInsert.Batch))
                count += (await connection.ExecuteBatchAsync(chunk).ConfigureAwait(false)).Sum();
            await connection.ExecuteAsync(CountSettled, new { count, reconciliationId = items.Key }).ConfigureAwait(false);
        }
    }

    /// <summary>What was written off has come after all.</summary>
    private async Task TakeBackAsync(ICommerceConnection connection, string reconciliationId, HashSet<long> items, string id, ReconciliationRequest request, DateTimeOffset now)
    {
        foreach (var written in (await connection.QueryAsync<WrittenRow>(WrittenOff, new { reconciliationId }).ConfigureAwait(false)).Where(w => items.Contains(w.Item)))
        {
            await writeOffs.TakeBackAsync(connection, WriteOffs.IdOf(reconciliationId, written.Item), request.Provider, new Money(written.Posted, written.OurCurrency)).ConfigureAwait(false);
            await connection.ExecuteAsync(TakeBack, new { id, actor = request.Actor, now, reconciliationId, item = written.Item }).ConfigureAwait(false);
        }
    }

    private sealed record WrittenRow(long Item, long Posted, string OurCurrency);

    private static object Row(string id, ReconciliationRequest request, SettlementFile file, ComparisonResult result, ReconciliationPeriod period, DateTimeOffset now) => new
    {
        id,
        request.Provider,
        request.FileName,
        fileHash = file.Hash,
        periodFrom = period.From,
        periodUntil = period.Until,
        createdBy = request.Actor,
        createdAt = now,
        lines = (long)result.Lines,
        fees = (long)result.Fees,
        matched = (long)result.Count(ReconciliationOutcome.Matched),
        missingHere = (long)result.Count(ReconciliationOutcome.MissingHere),
        missingThere = (long)result.Count(ReconciliationOutcome.MissingThere),
        amountDiffers = (long)result.Count(ReconciliationOutcome.AmountDiffers),
        duplicateInFile = (long)result.Count(ReconciliationOutcome.DuplicateInFile),
        carried = (long)result.Carried.Count,
        openItems = (long)result.Differences.Count,
        sums = JsonSerializer.Serialize([.. result.Sums.Select(SumDocument.Of)], ReconciliationJson.Default.SumDocumentArray),
    };
}
