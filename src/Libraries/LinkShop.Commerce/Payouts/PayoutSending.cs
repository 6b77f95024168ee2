using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Protection;
using Microsoft.Extensions.Logging;

namespace LinkShop.Commerce.Payouts;

/// <summary>Gives payouts to their providers and keeps what came of it.</summary>
internal sealed partial class PayoutSending(
    ICommerceDatabase database, ISecretProtector protector, PayoutProviders providers, PayoutDecisions decisions, PayoutClearance clearance, PayoutHolds holds, IOutbox outbox, TimeProvider clock, ILogger<PayoutSending> logger)
{
    private const int MaxText = 500;
    private const string DestinationOf = "select destination from payout where tenant = @tenant and id = @id";

    public async Task<CommerceResult<Payout>> SendAsync(TenantScope scope, string payoutId, CancellationToken cancellationToken)
    {
        var known = await database.ReadAsync(scope, c => PayoutRow.FindAsync(c, payoutId), cancellationToken).ConfigureAwait(false);
        if (known is null)
            return PayoutDecisions.NotFound;
        if (known.State is PayoutState.Paid or PayoutState.Failed)
            return known.ToPayout();
        if (await providers.FindUsableAsync(scope, known.Provider, cancellationToken).ConfigureAwait(false) is not { } provider)
            return new CommerceError(CommerceErrors.ProviderNotUsable, "The provider can't be used now.");

        // stored before the provider hears of it: whoever comes after a crash knows that it may have paid
        var begun = await decisions.ChangeAsync(scope, payoutId, Payout.Worker, BeginAsync, cancellationToken).ConfigureAwait(false);
        if (!begun.Succeeded || begun.Value.State != PayoutState.Sending)
            return begun;
        var stored = await database.ReadAsync(scope, c => c.QuerySingleOrDefaultAsync<byte[]>(DestinationOf, new { id = payoutId }), cancellationToken).ConfigureAwait(false);
        var cipher = await protector.ForAsync(scope, cancellationToken).ConfigureAwait(false);
        var destination = JsonSerializer.Deserialize(cipher.Decrypt(stored!), PayoutJson.Default.PayoutDestination)!;
        var (result, problem) = await AskAsync(provider, scope, new PayoutOrder(payoutId, begun.Value.Net, destination), cancellationToken).ConfigureAwait(false);
        // nobody else has the answer, so it is kept even if the caller has gone
        return await decisions.ChangeAsync(scope, payoutId, Payout.Worker, (c, row) => RecordAsync(c, row, result, problem, null), CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Keeps what a person tells: of what is paid by hand, and of what was given to a provider that can't be asked any more.</summary>
    public async Task<CommerceResult<Payout>> ConfirmAsync(TenantScope scope, string payoutId, PayoutSendResult result, string actor, CancellationToken cancellationToken)
    {
        if (await database.ReadAsync(scope, c => PayoutRow.FindAsync(c, payoutId), cancellationToken).ConfigureAwait(false) is not { } known)
            return PayoutDecisions.NotFound;
        if (!await providers.IsToldByPeopleAsync(scope, known.Provider, cancellationToken).ConfigureAwait(false))
            return new CommerceError(CommerceErrors.Invalid, "What comes of it is the provider's to tell.");
        return await decisions.ChangeAsync(scope, payoutId, actor, async (c, row) =>
        {
            if (PayoutDecisions.IsOf(row, actor))
                return PayoutDecisions.FourEyes("Neither the owner nor who asked for it can tell what came of it.");
            // told twice
            if (row.State == PayoutState.Paid && result.Outcome == PayoutOutcome.Paid && row.ProviderReference == result.Text)
                return row.ToPayout();
            PayoutTransitions.Require(row.State, result.Outcome == PayoutOutcome.Paid ? PayoutState.Paid : PayoutState.Failed);
            return await RecordAsync(c, row, result, null, actor).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<CommerceResult<Payout>> BeginAsync(ICommerceConnection connection, PayoutRow row)
    {
        // another process has been faster
        if (row.State is PayoutState.Paid or PayoutState.Failed)
            return row.ToPayout();
        // what was given to the provider before is asked about whatever its owner owes
        if (row.State == PayoutState.Approved && await clearance.ProblemAsync(connection, row).ConfigureAwait(false) is { } problem)
            return problem;
        var now = clock.Moment();
        var sending = row with { State = PayoutState.Sending, SentAt = row.SentAt ?? now, Attempts = row.Attempts + 1 };
        return PayoutRow.Update(connection, row, sending, now).ToPayout();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever goes wrong, nobody knows whether it was paid: it is asked again.")]
    private async Task<(PayoutSendResult Result, string? Problem)> AskAsync(IPayoutProvider provider, TenantScope scope, PayoutOrder order, CancellationToken cancellationToken)
    {
        try
        {
            return (await provider.SendAsync(scope, order, cancellationToken).ConfigureAwait(false), null);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // its type only: a gateway's message may have the account in it
            LogUnknown(order.PayoutId, scope.Tenant, error.GetType().Name);
            return (PayoutSendResult.Pending, error.GetType().Name);
        }
    }

    private async Task<CommerceResult<Payout>> RecordAsync(ICommerceConnection connection, PayoutRow row, PayoutSendResult result, string? problem, string? actor)
    {
        var now = clock.Moment();
        if (row.State != PayoutState.Sending)
        {
            if (Contradicts(row, result))
            {
                // money may have left that the books have given back: nothing here can put that right
                LogContradiction(row.Id, connection.Tenant!, row.State, result.Outcome);
                row = PayoutRow.Update(connection, row, row with { LastError = $"The provider says {result.Outcome}." }, now);
            }

            return row.ToPayout();
        }

        var to = row with { LastError = problem, ConfirmedBy = actor };
        switch (result.Outcome)
        {
            case PayoutOutcome.Paid:
                to = to with { State = PayoutState.Paid, PaidAt = now, ProviderReference = Short(result.Text) };
                await holds.PostAsync(connection, row).ConfigureAwait(false);
                outbox.Add(connection, PayoutEvents.Paid, new PayoutEvent(row.Id, row.Owner));
                break;
            case PayoutOutcome.Failed:
                to = to with { State = PayoutState.Failed, Note = Short(result.Text) };
                await holds.VoidAsync(connection, row, "payout_failed").ConfigureAwait(false);
                outbox.Add(connection, PayoutEvents.Failed, new PayoutEvent(row.Id, row.Owner));
                break;
            default:
                break;
        }

        return PayoutRow.Update(connection, row, to, now).ToPayout();
    }

    private static bool Contradicts(PayoutRow row, PayoutSendResult result) =>
        (row.State == PayoutState.Failed && result.Outcome == PayoutOutcome.Paid) || (row.State == PayoutState.Paid && result.Outcome == PayoutOutcome.Failed);

    private static string? Short(string? text) => text?.Length > MaxText ? text[..MaxText] : text;

    [LoggerMessage(Level = LogLevel.Warning, Message = "What came of payout {PayoutId} of {Tenant} isn't known ({Error}); it is to be sent again.")]
    private partial void LogUnknown(string payoutId, string tenant, string error);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Payout {PayoutId} of {Tenant} is {State}, but its provider says {Outcome}.")]
    private partial void LogContradiction(string payoutId, string tenant, PayoutState state, PayoutOutcome outcome);
}
