using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Reconciliation;

/// <inheritdoc />
internal sealed class Reconciliations(ICommerceDatabase database, ReconciliationImporter importer, ReconciliationResolving resolving) : IReconciliations
{
    private const int ExportPage = 2000;

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

    public Task<IReadOnlyList<Money>> PaymentCostsAsync(TenantScope scope, ReconciliationSummary file, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, c => ReconciliationReads.PaymentCostsAsync(c, file.Provider, file.Period), cancellationToken);

    public async Task<ReconciliationItemPage> ItemsAsync(TenantScope scope, string reconciliationId, ReconciliationItemFilter? filter = null, CancellationToken cancellationToken = default)
    {
        var wanted = filter ?? new ReconciliationItemFilter();
        var take = Math.Clamp(wanted.Take, 1, 500);
        var items = await database.ReadAsync(scope, c => ReconciliationReads.ItemsAsync(c, reconciliationId, wanted, wanted.After ?? 0, take + 1), cancellationToken).ConfigureAwait(false);
        return items.Count > take ? new ReconciliationItemPage([.. items.Take(take)], items[take - 1].Id) : new ReconciliationItemPage(items, null);
    }

    public Task<CommerceResult<ReconciliationItem>> ResolveAsync(
        TenantScope scope, string reconciliationId, int itemId, string action, string? note, string actor, CancellationToken cancellationToken = default) =>
        resolving.ResolveAsync(scope, reconciliationId, itemId, action, note, actor, cancellationToken);

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
}
