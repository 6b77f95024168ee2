namespace LinkShop.Commerce.Reconciliation;

/// <summary>Compares payment providers' settlement files with the payment events we stored, and keeps what differs until somebody has dealt with it.</summary>
public interface IReconciliations
{
    /// <summary>Reads a settlement file, compares it and stores the differences in one transaction; of a refused file nothing is stored.</summary>
    /// <remarks>
    /// CSV in UTF-8 with a header line; columns by name in any order and case: <c>payment_id</c>, <c>type</c> (payment, refund, fee, chargeback), <c>amount</c> (major units, point,
    /// positive; a fee may be zero), <c>currency</c>, <c>time</c> (ISO 8601, or a date; see <see cref="ReconciliationRequest.Zone"/>), and perhaps <c>order_id</c> and <c>reference</c>; a fee needs no
    /// <c>payment_id</c>. Other columns are passed over. At least one line, at most
    /// 1,000,000 and 50 MB.
    /// </remarks>
    /// <param name="scope">The tenant.</param>
    /// <param name="request">What comes with the file.</param>
    /// <param name="content">The file; read to its end, not closed.</param>
    /// <param name="cancellationToken">Cancels before anything is stored.</param>
    /// <returns>
    /// The counts; or <c>already_imported</c> with the existing reconciliation's id as the error's field; or errors of the file, see <see cref="SettlementFileError.Of"/>; or <c>conflict</c> when
    /// other files of the provider kept coming in meanwhile: try again.
    /// </returns>
    Task<CommerceResult<ReconciliationSummary>> ImportAsync(TenantScope scope, ReconciliationRequest request, Stream content, CancellationToken cancellationToken = default);

    /// <summary>The reconciliations, newest first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="provider">One provider, or null for all.</param>
    /// <param name="after">Id of the last one of the page before, or null for the first page.</param>
    /// <param name="take">At most so many, up to 200.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<ReconciliationSummary>> ListAsync(TenantScope scope, string? provider = null, string? after = null, int take = 50, CancellationToken cancellationToken = default);

    /// <summary>One reconciliation, or null when the tenant has none with this id.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<ReconciliationSummary?> GetAsync(TenantScope scope, string id, CancellationToken cancellationToken = default);

    /// <summary>What was booked as payment cost of the file's provider in its period, less what went back with refunds: to hold beside the fees in the file.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="file">The compared file.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>One amount for each currency; none when nothing was booked.</returns>
    Task<IReadOnlyList<Money>> PaymentCostsAsync(TenantScope scope, ReconciliationSummary file, CancellationToken cancellationToken = default);

    /// <summary>Items of a reconciliation; an empty page when the tenant has no such reconciliation.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="reconciliationId">The reconciliation.</param>
    /// <param name="filter">Which of them, null for the first of all.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<ReconciliationItemPage> ItemsAsync(TenantScope scope, string reconciliationId, ReconciliationItemFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Records how an item was dealt with. The same again has no further effect. <see cref="ReconciliationActions.TakenOver"/> and <see cref="ReconciliationActions.WrittenOff"/> move the money in the same
    /// transaction; see <see cref="ReconciliationItem.Posted"/>.
    /// </summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="reconciliationId">The reconciliation.</param>
    /// <param name="itemId">The item.</param>
    /// <param name="action">One of <see cref="ReconciliationActions.For(ReconciliationItem)"/>.</param>
    /// <param name="note">More about it, at most 1,000 characters, or null.</param>
    /// <param name="actor">Who, 1 to 128 characters.</param>
    /// <param name="cancellationToken">Cancels before the transaction began.</param>
    /// <returns>The item; or <c>not_found</c>, <c>invalid</c>, <c>required</c>, <c>too_long</c>; or <c>conflict</c> when it was resolved with another action or note;
    /// or what a payment event is refused with (<c>unknown_order</c>, <c>amount_mismatch</c>, <c>currency_mismatch</c>, <c>event_conflict</c>, <c>supply_order</c>), and then nothing is stored.</returns>
    Task<CommerceResult<ReconciliationItem>> ResolveAsync(TenantScope scope, string reconciliationId, int itemId, string action, string? note, string actor, CancellationToken cancellationToken = default);

    /// <summary>Writes the items as CSV for a spreadsheet; texts that it would run as a formula get an apostrophe in front.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="reconciliationId">The reconciliation.</param>
    /// <param name="output">Where to; not closed.</param>
    /// <param name="filter">Outcome and state, or null for all; its paging doesn't count.</param>
    /// <param name="cancellationToken">Cancels between two pages.</param>
    /// <returns>How many items were written, or <c>not_found</c> with nothing written.</returns>
    Task<CommerceResult<long>> ExportItemsAsync(TenantScope scope, string reconciliationId, TextWriter output, ReconciliationItemFilter? filter = null, CancellationToken cancellationToken = default);
}
