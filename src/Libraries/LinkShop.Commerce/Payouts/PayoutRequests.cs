using System.Text.Json;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Protection;
using LinkShop.Commerce.Settlement;

namespace LinkShop.Commerce.Payouts;

/// <summary>Takes requests for payouts.</summary>
internal sealed class PayoutRequests(
    ICommerceDatabase database, ISecretProtector protector, PayoutProviders providers, IPayoutPolicy policy, PayoutHolds holds, ILedger ledger, Debts debts, IOutbox outbox, TimeProvider clock)
{
    private const string Insert = """
        insert into payout (tenant, id, owner, purpose, currency, amount, fee, provider, destination, destination_mask, state, approvals_needed, requested_by, requested_at, updated_at)
        values (@tenant, @id, @owner, @purpose, @currency, @amount, @fee, @provider, @destination, @destinationMask, @state, @approvalsNeeded, @requestedBy, @requestedAt, @requestedAt)
        on conflict (tenant, id) do nothing
        """;

    private const string OfOneDay = """
        select cast(coalesce(sum(amount), 0) as bigint) from payout
        where tenant = @tenant and owner = @owner and currency = @currency and requested_at > @since and state not in ('Rejected', 'Cancelled', 'Failed')
        """;

    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    public async Task<CommerceResult<Payout>> RequestAsync(TenantScope scope, PayoutRequest request, CancellationToken cancellationToken)
    {
        var rules = await policy.RulesAsync(scope, cancellationToken).ConfigureAwait(false);
        var invalid = PayoutRequestRules.Invalid(request, rules);
        if (invalid.Count > 0)
            return CommerceResult<Payout>.Failure(invalid);

        // a provider may look far for its answer, so it is asked outside of the transaction
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        var payee = await database.ReadAsync(scope, c => PayeeRow.FindAsync(c, request.Owner), cancellationToken).ConfigureAwait(false);
        var destination = payee?.ReadDestination(cipher);
        var usable = destination is null || await providers.FindUsableAsync(scope, destination.Provider, cancellationToken).ConfigureAwait(false) is not null;
        var limits = rules.For(request.Amount.Currency)!;
        var row = RowOf(request, limits, payee, destination);
        var stored = destination is null ? [] : cipher.Encrypt(JsonSerializer.Serialize(destination, PayoutJson.Default.PayoutDestination));
        try
        {
            return await database.WriteAsync(scope, c => WriteAsync(c, row, stored, payee, limits, usable), cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedException refused)
        {
            return CommerceResult<Payout>.Failure(refused.Errors);
        }
    }

    private async Task<CommerceResult<Payout>> WriteAsync(ICommerceConnection connection, PayoutRow row, byte[] destination, PayeeRow? payee, PayoutLimits limits, bool usable)
    {
        if (await PayoutRow.FindAsync(connection, row.Id).ConfigureAwait(false) is { } earlier)
            return Same(earlier, row);
        // locked: a shop may be given to somebody else at this moment, and what is asked for then isn't for the account of before
        var now = await PayeeRow.LockAsync(connection, row.Owner).ConfigureAwait(false);
        if (now?.Version != payee?.Version)
            return new CommerceError(CommerceErrors.Conflict, "The payee was changed in this moment.", "destination");
        var available = await ledger.AvailableAsync(connection, new LedgerAccount(row.Owner, row.Purpose), row.Currency).ConfigureAwait(false);
        available -= await debts.OwedAsync(connection, row.Owner, row.Currency).ConfigureAwait(false);
        var missing = PayoutRequestRules.Missing(row, now, limits, usable, available);
        if (await PayoutClearance.StoppedAsync(connection, row).ConfigureAwait(false) is { } stopped)
            missing.Add(stopped);
        if (missing.Count > 0)
        {
            // what is missing may be what the same request, sent twice in the same moment, has just held
            return await PayoutRow.FindAsync(connection, row.Id).ConfigureAwait(false) is { } meanwhile ? Same(meanwhile, row) : CommerceResult<Payout>.Failure(missing);
        }

        row = row with { ApprovalsNeeded = await TogetherAsync(connection, row).ConfigureAwait(false) > limits.FourEyesAboveMinor ? 2 : 1 };
        var inserted = await connection.ExecuteAsync(Insert, new
        {
            row.Id, row.Owner, row.Purpose, row.Currency, row.Amount, row.Fee, row.Provider, destination, row.DestinationMask, row.State, row.ApprovalsNeeded, row.RequestedBy, row.RequestedAt,
        }).ConfigureAwait(false);
        // the same request came twice in the same moment, and the other was first
        if (inserted == 0)
            return Same((await PayoutRow.FindAsync(connection, row.Id).ConfigureAwait(false))!, row);
        var held = await holds.BeginAsync(connection, row).ConfigureAwait(false);
        if (!held.Succeeded)
            throw new RefusedException(held.Error!.Code, held.Error.Message, "amount");
        outbox.Add(connection, PayoutEvents.Requested, new PayoutEvent(row.Id, row.Owner));
        return row.ToPayout();
    }

    // a high amount in pieces is a high amount; the payee's lock lets each see the one before
    private async Task<long> TogetherAsync(ICommerceConnection connection, PayoutRow row) => row.Amount + await connection.QuerySingleOrDefaultAsync<long>(
        OfOneDay, new { row.Owner, row.Currency, since = row.RequestedAt - s_day }).ConfigureAwait(false);

    private PayoutRow RowOf(PayoutRequest request, PayoutLimits limits, PayeeRow? payee, PayoutDestination? destination) => new()
    {
        Id = request.Id,
        Owner = request.Owner,
        Purpose = request.Purpose,
        Currency = request.Amount.Currency,
        Amount = request.Amount.Minor,
        Fee = PayoutRequestRules.FeeOf(request.Amount, limits),
        Provider = destination?.Provider ?? "",
        DestinationMask = payee?.DestinationMask ?? "",
        State = PayoutState.Requested,
        RequestedBy = request.Actor,
        RequestedAt = clock.Moment(),
    };

    private static CommerceResult<Payout> Same(PayoutRow earlier, PayoutRow row) =>
        (earlier.Owner, earlier.Purpose, earlier.Amount, earlier.Currency) == (row.Owner, row.Purpose, row.Amount, row.Currency)
            ? earlier.ToPayout()
            : new CommerceError(CommerceErrors.IdempotencyMismatch, "This id is another payout's.", "id");
}
