using System.Data.Common;
using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Referrals;

namespace LinkShop.Commerce.Payments;

/// <summary>Stores each event once and brings the order to the state that follows from all of its events.</summary>
internal sealed class PaymentIntake(ICommerceDatabase database, PaymentSettlement settlement, IKeyStock stock, ReferralRewards referrals, IOutbox outbox, TimeProvider clock) : IPaymentIntake
{
    // PostgreSQL's; on SQLite there is one writer, so it can't happen
    private const string UniqueViolation = "23505";

    public Task<PaymentOutcome> ApplyAsync(TenantScope scope, PaymentEvent paymentEvent, CancellationToken cancellationToken = default) =>
        PaymentEventStore.IsOurs(paymentEvent)
            ? Task.FromResult(new PaymentOutcome(PaymentOutcomeKind.Refused, null, new CommerceError(CommerceErrors.Invalid, "Ids of events that begin like this are given here.", "eventId")))
            : ApplyAsync(scope, paymentEvent, null, null, cancellationToken);

    /// <summary>The same with the member of staff behind it.</summary>
    public async Task<PaymentOutcome> ApplyAsync(TenantScope scope, PaymentEvent e, string? actor, string? note, CancellationToken cancellationToken)
    {
        if (PaymentEventRules.Malformed(e) is { } error)
            return new PaymentOutcome(PaymentOutcomeKind.Refused, null, error);
        return await WriteAsync(scope, (c, deliver) => ApplyAsync(c, e, actor, note, deliver), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A write that applies events besides other work (<see cref="TakeAsync"/>); it begins anew when the goods turn out to be missing.</summary>
    public async Task<T> WriteAsync<T>(TenantScope scope, Func<ICommerceConnection, bool, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await StoreAsync(scope, work, cancellationToken).ConfigureAwait(false);
        }
        catch (DbException failure) when (failure.SqlState == UniqueViolation)
        {
            // the event's or the payment's id came at the same moment for another order, whose lock is another one; now it's there to be seen
            return await StoreAsync(scope, work, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Applies an event that a settlement file tells of, within <see cref="WriteAsync"/>. What is refused leaves nothing of the whole write.</summary>
    /// <param name="connection">The write.</param>
    /// <param name="e">The event; its id begins with <see cref="PaymentEventStore.TakenOver"/>.</param>
    /// <param name="since">When the file was compared: if the provider has told of it from then on, it is known already. Of payments that doesn't matter, as one is paid once.</param>
    /// <param name="actor">Who takes it over.</param>
    /// <param name="note">Why.</param>
    /// <param name="deliver">Whether the goods can be had, as the write says.</param>
    /// <exception cref="RefusedException">The event can't be applied.</exception>
    public async Task TakeAsync(ICommerceConnection connection, PaymentEvent e, DateTimeOffset since, string actor, string? note, bool deliver)
    {
        if (connection.Dialect == CommerceDialect.Postgres)
            connection.Defer(OrderRow.Lock, new { orderId = e.OrderId });
        if (e.Kind != PaymentEventKind.Paid && await PaymentEventStore.WasToldAsync(connection, e, since).ConfigureAwait(false))
            throw new RefusedException(CommerceErrors.Conflict, "The provider has told of one like it since the file was compared.", "paymentId");
        if ((PaymentEventRules.Malformed(e) ?? (await ApplyAsync(connection, e, actor, note, deliver).ConfigureAwait(false)).Error) is { } error)
            throw new RefusedException([error]);
    }

    private async Task<T> StoreAsync<T>(TenantScope scope, Func<ICommerceConnection, bool, Task<T>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync(scope, c => work(c, true), cancellationToken).ConfigureAwait(false);
        }
        catch (StockMissingException)
        {
            // the money is real even if the stock isn't: record it, to be given back
            return await database.WriteAsync(scope, c => work(c, false), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<PaymentOutcome> ApplyAsync(ICommerceConnection connection, PaymentEvent e, string? actor, string? note, bool deliver)
    {
        var now = clock.GetUtcNow();
        var load = await PaymentLoad.ReadAsync(connection, stock, e).ConfigureAwait(false);
        OrderState? state = load.Rows.Count == 0 ? null : load.Rows[0].State;
        if (load.Seen is { } seen)
        {
            return !seen.IsSame(e)
                ? new PaymentOutcome(PaymentOutcomeKind.Refused, state, new CommerceError(CommerceErrors.EventConflict, "This event id came before with another content.", "eventId"))
                : new PaymentOutcome(PaymentOutcomeKind.Duplicate, state, seen.Refused is null ? null : new CommerceError(seen.Refused, "This event was refused before."));
        }

        if (PaymentEventRules.Refusal(load, e) is { } refusal)
        {
            PaymentEventStore.Add(connection, e, now, refusal.Code, actor, note);
            outbox.Add(connection, OrderEvents.PaymentRefused, new OrderEvent(e.OrderId, e.Provider, e.PaymentId));
            return new PaymentOutcome(PaymentOutcomeKind.Refused, state, refusal);
        }

        var takenOver = PaymentEventStore.IsTakenOver(e);
        if (actor is null && load.Payments.FirstOrDefault(p => p.Provider == e.Provider && p.PaymentId == e.PaymentId) is { } payment && MayBeKnown(payment, e)
            && await PaymentEventStore.RecogniseAsync(connection, e).ConfigureAwait(false))
            return new PaymentOutcome(PaymentOutcomeKind.Duplicate, state, null);

        if (actor is not null && !takenOver && e.Kind == PaymentEventKind.Refunded && NotByHand(load.Payments, e) is { } wait)
            return new PaymentOutcome(PaymentOutcomeKind.Refused, state, wait);

        PaymentEventStore.Add(connection, e, now, null, actor, note);
        if (e is { Payer: { Length: > 0 } payer, Kind: PaymentEventKind.Paid } && load.Rows[0].Promoter is not null)
            await referrals.PaidByAsync(connection, e.OrderId, payer, now).ConfigureAwait(false);
        if (e.Kind == PaymentEventKind.Failed)
            return new PaymentOutcome(PaymentOutcomeKind.Applied, state, null);
        // a file's line often has no more than the day: a dispute that it says is lost may have begun later that day
        var known = Merge(load.Payments, takenOver ? e with { OccurredAt = now } : e, now);
        var settled = await settlement.SettleAsync(connection, load.Rows, known, deliver, now, load.Held).ConfigureAwait(false);
        return new PaymentOutcome(PaymentOutcomeKind.Applied, settled, null);
    }

    /// <summary>A payment out of the buyer's own account with us. As no money came from outside, what is refused leaves nothing, not even the event.</summary>
    /// <param name="connection">The write.</param>
    /// <param name="e">The payment of the whole order; the same for every repetition.</param>
    /// <param name="payer">Id of the signed-in user.</param>
    /// <returns>The order's state afterwards.</returns>
    /// <exception cref="RefusedException">It isn't this user's order, doesn't wait for a payment, or the account has less.</exception>
    /// <exception cref="StockMissingException">The goods aren't there.</exception>
    public async Task<OrderState> PayAsync(ICommerceConnection connection, PaymentEvent e, string payer)
    {
        var now = clock.GetUtcNow();
        var load = await PaymentLoad.ReadAsync(connection, stock, e).ConfigureAwait(false);
        if (load.Rows.Count == 0 || load.Rows[0].UserId != payer)
            throw new RefusedException(CommerceErrors.NotFound, "There is no such order of this user.");
        var state = load.Rows[0].State;
        if (load.Seen is { Refused: null } seen && seen.IsSame(e))
            return state;
        if (state != OrderState.AwaitingPayment)
            throw new RefusedException(CommerceErrors.IllegalTransition, $"The order is {state}.");
        if (PaymentEventRules.Refusal(load, e) is { } refusal)
            throw new RefusedException([refusal]);
        PaymentEventStore.Add(connection, e, now, null);
        return await settlement.SettleAsync(connection, load.Rows, Merge(load.Payments, e, now), deliver: true, now, load.Held).ConfigureAwait(false);
    }

    // one of that amount that was taken over or recorded by staff; but what we asked for and hadn't heard of until now is neither
    private static bool MayBeKnown(PaymentFacts payment, PaymentEvent e) =>
        payment.Refunded + payment.Lost > 0 && (e.Kind == PaymentEventKind.DisputeLost || (e.Kind == PaymentEventKind.Refunded && !payment.IsAnswer(e)));

    // not stored: the same can be recorded once it is known that the provider didn't do it; its own file says that it did
    private static CommerceError? NotByHand(IReadOnlyList<PaymentFacts> payments, PaymentEvent e)
    {
        var same = payments.Where(p => IsSameMoney(p, e)).ToList();
        return same.Exists(p => p.RefundUnderWay) ? new(CommerceErrors.RefundUnderWay, "The provider was asked to give this back and hasn't answered yet.")
            : same.Exists(p => p.OpenDispute) ? new(CommerceErrors.PaymentDisputed, "The payment is disputed: it may go back that way.")
            // two of staff record it at the same moment, each another way
            : !same.Exists(p => p.Provider == e.Provider && p.RefundDue >= e.Amount.Minor) ? new(CommerceErrors.IllegalTransition, "Nothing of this payment is to be given back.") : null;
    }

    // what staff confirmed by hand is the money of any other payment that is known
    private static bool IsSameMoney(PaymentFacts payment, PaymentEvent e) =>
        payment.Provider == e.Provider ? payment.PaymentId == e.PaymentId : e.Provider == PaymentFacts.Manual;

    private static List<PaymentFacts> Merge(IReadOnlyList<PaymentFacts> payments, PaymentEvent e, DateTimeOffset now)
    {
        var all = payments.ToList();
        var facts = all.Find(p => p.Provider == e.Provider && p.PaymentId == e.PaymentId);
        if (facts is null)
            all.Add(facts = new PaymentFacts { Provider = e.Provider, PaymentId = e.PaymentId, FirstAt = now });
        facts.Add(e);
        return all;
    }
}
