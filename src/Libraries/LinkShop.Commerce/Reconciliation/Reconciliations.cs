using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Reconciliation;

/// <inheritdoc />
internal sealed class Reconciliations(ICommerceDatabase database, ReconciliationImporter importer, TimeProvider clock) : IReconciliations
{
    private const int MaxNote = 1000;
    private const int ExportPage = 2000;

    private const string Resolve = """
        update reconciliation_item set state = 'Resolved', action = @action, note = @note, resolved_by = @actor, resolved_at = @now
        where tenant = @tenant and reconciliation_id = @reconciliationId and item = @itemId
        """;

    private const string CountResolved = "update reconciliation set open_items = open_items - 1 where tenant = @tenant and id = @reconciliationId";

    public async Task<CommerceResult<ReconciliationSummary>> ImportAsync(TenantScope scope, ReconciliationRequest request, Stream content, CancellationToken cancellationToken = default)
    {
        var imported = await importer.ImportAsync(scope, request, content, cancellationToken).ConfigureAwait(false);
        return imported.Succeeded
            ? (await GetAsync(scope, imported.Value, CancellationToken.None).ConfigureAwait(false))!
            : CommerceResult<ReconciliationSummary>.Failure(imported.Errors);
    }

    public Task<IReadOnlyList<ReconciliationSummary>> ListAsync(TenantScope scope, string? provider = null, string? after = null, int take = 50, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, c => ReconciliationReads.ListAsync(c, provider, after, take), cancellationToken);

    public Task<ReconciliationSummary?> GetAsync(TenantScope scope, string id, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, c => ReconciliationReads.FindAsync(c, id), cancellationToken);

    public async Task<ReconciliationItemPage> ItemsAsync(TenantScope scope, string reconciliationId, ReconciliationItemFilter? filter = null, CancellationToken cancellationToken = default)
    {
        var wanted = filter ?? new ReconciliationItemFilter();
        var take = Math.Clamp(wanted.Take, 1, 500);
        var items = await database.ReadAsync(scope, c => ReconciliationReads.ItemsAsync(c, reconciliationId, wanted, wanted.After ?? 0, take + 1), cancellationToken).ConfigureAwait(false);
        return items.Count > take ? new ReconciliationItemPage([.. items.Take(take)], items[take - 1].Id) : new ReconciliationItemPage(items, null);
    }

    public async Task<CommerceResult<ReconciliationItem>> ResolveAsync(
        TenantScope scope, string reconciliationId, int itemId, string action, string? note, string actor, CancellationToken cancellationToken = default)
    {
        var kept = string.IsNullOrWhiteSpace(note) ? null : note.Trim();
        if ((ReconciliationTexts.Problem(actor, "actor", 128) ?? (kept is null ? null : ReconciliationTexts.Problem(kept, "note", MaxNote))) is { } error)
            return error;
        var now = clock.GetUtcNow();
        return await database.WriteAsync<CommerceResult<ReconciliationItem>>(scope, async connection =>
        {
            if (await FindForResolvingAsync(connection, reconciliationId, itemId).ConfigureAwait(false) is not { } item)
                return new CommerceError(CommerceErrors.NotFound, "There is no such item.", "itemId");
            if (!ReconciliationActions.For(item.Outcome).Contains(action, StringComparer.Ordinal))
                return new CommerceError(CommerceErrors.Invalid, $"An item that is {ReconciliationActions.CodeOf(item.Outcome)} can't be {action}.", "action");
            if (item.State == ReconciliationItemState.Resolved)
            {
                return item.Action == action && item.Note == kept
                    ? item
                    : new CommerceError(CommerceErrors.Conflict, $"The item was resolved with {item.Action} by {item.ResolvedBy}.", "action");
            }

            connection.Defer(CountResolved, new { reconciliationId });
            await connection.ExecuteAsync(Resolve, new { action, note = kept, actor, now, reconciliationId, itemId }).ConfigureAwait(false);
            return (await ReconciliationReads.FindItemAsync(connection, reconciliationId, itemId).ConfigureAwait(false))!;
        }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<CommerceResult<long>> ExportItemsAsync(
        TenantScope scope, string reconciliationId, TextWriter output, ReconciliationItemFilter? filter = null, CancellationToken cancellationToken = default)
    {
        if (await GetAsync(scope, reconciliationId, cancellationToken).ConfigureAwait(false) is null)
            return new CommerceError(CommerceErrors.NotFound, "There is no such reconciliation.", "reconciliationId");
        var wanted = filter ?? new ReconciliationItemFilter();
        await output.WriteLineAsync(ReconciliationCsv.Header).ConfigureAwait(false);
        var written = 0L;
        for (var after = 0; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // page by page, so that no long read holds the database up
            var page = await database.ReadAsync(scope, c => ReconciliationReads.ItemsAsync(c, reconciliationId, wanted, after, ExportPage), cancellationToken).ConfigureAwait(false);
            foreach (var item in page)
                await output.WriteLineAsync(ReconciliationCsv.Line(item)).ConfigureAwait(false);
            written += page.Count;
            if (page.Count < ExportPage)
                return written;
            after = page[^1].Id;
        }
    }

    /// <summary>Locks the reconciliation before its item, as the import of a later file does.</summary>
    private static Task<ReconciliationItem?> FindForResolvingAsync(ICommerceConnection connection, string reconciliationId, int itemId)
    {
        if (connection.Dialect == CommerceDialect.Postgres)
            connection.Defer(ReconciliationStore.LockOne, new { reconciliationId });
        return ReconciliationReads.FindItemAsync(connection, reconciliationId, itemId);
    }
}
