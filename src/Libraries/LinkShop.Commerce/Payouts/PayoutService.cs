using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Payouts;

/// <inheritdoc />
internal sealed class PayoutService(ICommerceDatabase database, PayoutRequests requests, PayoutDecisions decisions, PayoutSending sending) : IPayouts
{
    private const string Select = $"select {PayoutRow.Columns} from payout where tenant = @tenant";
    private const string OfOwner = " and owner = @owner";
    private const string OfPurpose = " and purpose = @purpose";
    private const string InState = " and state = @state";
    private const string Older = " and (requested_at, id) < (select a.requested_at, a.id from payout a where a.tenant = @tenant and a.id = @after)";
    private const string Newest = " order by requested_at desc, id desc limit @take";

    public Task<CommerceResult<Payout>> RequestAsync(TenantScope scope, PayoutRequest request, CancellationToken cancellationToken = default) => requests.RequestAsync(scope, request, cancellationToken);

    public Task<CommerceResult<Payout>> ApproveAsync(TenantScope scope, string payoutId, string actor, CancellationToken cancellationToken = default) =>
        decisions.ApproveAsync(scope, payoutId, actor, cancellationToken);

    public Task<CommerceResult<Payout>> RejectAsync(TenantScope scope, string payoutId, string actor, string note, CancellationToken cancellationToken = default) =>
        decisions.RejectAsync(scope, payoutId, actor, note, cancellationToken);

    public Task<CommerceResult<Payout>> CancelAsync(TenantScope scope, string payoutId, string actor, CancellationToken cancellationToken = default) =>
        decisions.CancelAsync(scope, payoutId, actor, cancellationToken);

    public Task<CommerceResult<Payout>> SendAsync(TenantScope scope, string payoutId, CancellationToken cancellationToken = default) => sending.SendAsync(scope, payoutId, cancellationToken);

    public Task<CommerceResult<Payout>> ConfirmPaidAsync(TenantScope scope, string payoutId, string reference, string actor, CancellationToken cancellationToken = default) =>
        PayoutDecisions.NoteError(reference, "reference") is { } error
            ? Task.FromResult<CommerceResult<Payout>>(error)
            : sending.ConfirmAsync(scope, payoutId, PayoutSendResult.Paid(reference.Trim()), actor, cancellationToken);

    public Task<CommerceResult<Payout>> ConfirmFailedAsync(TenantScope scope, string payoutId, string note, string actor, CancellationToken cancellationToken = default) =>
        PayoutDecisions.NoteError(note, "note") is { } error
            ? Task.FromResult<CommerceResult<Payout>>(error)
            : sending.ConfirmAsync(scope, payoutId, PayoutSendResult.Failed(note.Trim()), actor, cancellationToken);

    public async Task<Payout?> GetAsync(TenantScope scope, string payoutId, CancellationToken cancellationToken = default) =>
        (await database.ReadAsync(scope, c => PayoutRow.FindAsync(c, payoutId), cancellationToken).ConfigureAwait(false))?.ToPayout();

    public async Task<PayoutPage> ListAsync(TenantScope scope, PayoutFilter filter, CancellationToken cancellationToken = default)
    {
        var take = Math.Clamp(filter.Take, 1, 200);
        // few combinations of constant parts: each text is prepared once
        var sql = Select + (filter.Owner is null ? "" : OfOwner) + (filter.Purpose is null ? "" : OfPurpose) + (filter.State is null ? "" : InState) + (filter.After is null ? "" : Older) + Newest;
        var rows = await database.ReadAsync(
            scope, c => c.QueryAsync<PayoutRow>(sql, new { owner = filter.Owner, purpose = filter.Purpose, state = filter.State, after = filter.After, take = take + 1 }), cancellationToken).ConfigureAwait(false);
        return new PayoutPage([.. rows.Take(take).Select(r => r.ToPayout())], rows.Count > take ? rows[take - 1].Id : null);
    }
}
