using LinkShop.Commerce.Data;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Shops;

namespace LinkShop.Commerce.Payouts;

/// <summary>What people decide about payouts that were not sent yet.</summary>
internal sealed class PayoutDecisions(ICommerceDatabase database, PayoutClearance clearance, PayoutHolds holds, IOutbox outbox, TimeProvider clock)
{
    private const int MaxNote = 500;

    public static readonly CommerceError NotFound = new(CommerceErrors.NotFound, "There is no such payout.");

    public Task<CommerceResult<Payout>> ApproveAsync(TenantScope scope, string payoutId, string actor, CancellationToken cancellationToken) =>
        ChangeAsync(scope, payoutId, actor, async (c, row) =>
        {
            PayoutTransitions.Require(row.State, PayoutState.Approved);
            if (IsOf(row, actor) || StaffAccounts.SamePerson(actor, row.ApprovedBy))
                return FourEyes("Neither the owner, nor who asked for it, nor who approved it before can approve it.");
            if (await clearance.ProblemAsync(c, row).ConfigureAwait(false) is { } problem)
                return problem;
            var now = clock.Moment();
            var approved = row.ApprovedBy is null ? row with { ApprovedBy = actor } : row with { SecondApprovedBy = actor };
            if (approved.ApprovalsNeeded == 1 || approved.SecondApprovedBy is not null)
                approved = approved with { State = PayoutState.Approved, DecidedBy = actor, DecidedAt = now };
            return PayoutRow.Update(c, row, approved, now).ToPayout();
        }, cancellationToken);

    public Task<CommerceResult<Payout>> RejectAsync(TenantScope scope, string payoutId, string actor, string note, CancellationToken cancellationToken) => NoteError(note, "note") is { } error
        ? Task.FromResult<CommerceResult<Payout>>(error)
        : ChangeAsync(scope, payoutId, actor, async (c, row) => await RejectAsync(c, row, note.Trim(), actor).ConfigureAwait(false), cancellationToken);

    /// <summary>Gives the money of a payout back that wasn't sent and whose owner has come to owe: it pays the debt, and what is left can be asked for anew.</summary>
    /// <returns>Whether it was so.</returns>
    public async Task<bool> EndOwingAsync(TenantScope scope, string payoutId, CancellationToken cancellationToken) => await database.WriteAsync(
        scope,
        async c =>
        {
            if (await PayoutRow.LockAsync(c, payoutId).ConfigureAwait(false) is not { State: PayoutState.Requested or PayoutState.Approved } row || !await clearance.OwesAsync(c, row).ConfigureAwait(false))
                return false;
            await RejectAsync(c, row, PayoutErrors.OwnerOwes, Payout.Worker).ConfigureAwait(false);
            return true;
        },
        cancellationToken).ConfigureAwait(false);

    /// <summary>Refuses a payout that is locked, and gives its money back.</summary>
    public async Task<Payout> RejectAsync(ICommerceConnection connection, PayoutRow row, string note, string actor)
    {
        var payout = await EndAsync(connection, row, row with { State = PayoutState.Rejected, Note = note, DecidedBy = actor }, "payout_rejected").ConfigureAwait(false);
        outbox.Add(connection, PayoutEvents.Rejected, new PayoutEvent(row.Id, row.Owner));
        return payout;
    }

    public Task<CommerceResult<Payout>> CancelAsync(TenantScope scope, string payoutId, string actor, CancellationToken cancellationToken) =>
        ChangeAsync(scope, payoutId, actor, async (c, row) =>
            // for the shop of the house there is nobody but who asked for it
            actor == row.Owner || actor == row.RequestedBy
                ? await EndAsync(c, row, row with { State = PayoutState.Cancelled, DecidedBy = actor }, "payout_cancelled").ConfigureAwait(false)
                : new CommerceError(CommerceErrors.AccessDenied, "Only the owner or who asked for it calls a payout off.", "actor"), cancellationToken);

    /// <summary>Runs a change on a payout's row under its lock; nothing is changed when it is refused.</summary>
    public async Task<CommerceResult<Payout>> ChangeAsync(
        TenantScope scope, string payoutId, string actor, Func<ICommerceConnection, PayoutRow, Task<CommerceResult<Payout>>> change, CancellationToken cancellationToken)
    {
        if (!PayeeRules.IsActor(actor))
            return new CommerceError(CommerceErrors.Required, "It takes somebody who does it.", "actor");
        try
        {
            return await database.WriteAsync(
                scope, async c => await PayoutRow.LockAsync(c, payoutId).ConfigureAwait(false) is { } row ? await change(c, row).ConfigureAwait(false) : NotFound, cancellationToken).ConfigureAwait(false);
        }
        catch (IllegalTransitionException illegal)
        {
            return new CommerceError(CommerceErrors.IllegalTransition, illegal.Message);
        }
    }

    /// <summary>Whether somebody is whom a payout is for or who asked for it, under whatever account.</summary>
    public static bool IsOf(PayoutRow row, string actor) => StaffAccounts.SamePerson(actor, row.Owner) || StaffAccounts.SamePerson(actor, row.RequestedBy);

    public static CommerceError FourEyes(string message) => new(PayoutErrors.FourEyes, message, "actor");

    /// <summary>What is wrong with a text that a person has to give.</summary>
    public static CommerceError? NoteError(string? text, string field) => string.IsNullOrWhiteSpace(text) ? new CommerceError(CommerceErrors.Required, "It is missing.", field)
        : text.Trim().Length > MaxNote ? new CommerceError(CommerceErrors.TooLong, "At most 500 characters.", field) : null;

    private async Task<Payout> EndAsync(ICommerceConnection connection, PayoutRow from, PayoutRow to, string reason)
    {
        PayoutTransitions.Require(from.State, to.State);
        var now = clock.Moment();
        var row = PayoutRow.Update(connection, from, to with { DecidedAt = now }, now);
        await holds.VoidAsync(connection, from, reason).ConfigureAwait(false);
        return row.ToPayout();
    }
}
