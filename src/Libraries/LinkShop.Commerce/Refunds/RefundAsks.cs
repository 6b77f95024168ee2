using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Payments;

namespace LinkShop.Commerce.Refunds;

/// <summary>What providers are asked to give back.</summary>
public interface IRefundAsks
{
    /// <summary>
    /// What to ask a provider for now. The amount and the id stay the same until the provider has told that it gave that much back, whatever else is decided meanwhile:
    /// asking again after a crash can't give back more. What the provider refused is asked for again under the same id; when less is due by then, that is asked for under another.
    /// </summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="provider">The payment's provider.</param>
    /// <param name="paymentId">The provider's id of the payment.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The request; null when nothing is to be given back, while the payment is disputed (the provider may take it: it is asked when that has ended), or when less is due than was asked for and not
    /// answered: then staff look and record it by hand.</returns>
    Task<RefundRequest?> NextAsync(TenantScope scope, string orderId, string provider, string paymentId, CancellationToken cancellationToken = default);

    /// <summary>The provider said no: it gave nothing back. From then on until it is asked again staff may record that they gave it back themselves.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="refused">What it was asked for.</param>
    /// <param name="provider">The payment's provider.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    Task RefusedAsync(TenantScope scope, RefundRequest refused, string provider, CancellationToken cancellationToken = default);

    /// <summary>Whether the provider was asked to give a payment back, and it isn't back yet.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="provider">The payment's provider.</param>
    /// <param name="paymentId">The provider's id of the payment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<bool> IsAskedAsync(TenantScope scope, string orderId, string provider, string paymentId, CancellationToken cancellationToken = default);

    /// <summary>Has the provider asked once more, because its answer didn't come or was no. It gives back once, however often it is asked.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="provider">The payment's provider.</param>
    /// <param name="paymentId">The provider's id of the payment.</param>
    /// <param name="actor">User name of who wants it.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The order's state, or <c>not_found</c>, <c>payment_disputed</c>, or <c>illegal_transition</c> when nothing of the payment is to be given back.</returns>
    Task<CommerceResult<OrderState>> AgainAsync(TenantScope scope, string orderId, string provider, string paymentId, string actor, CancellationToken cancellationToken = default);

    /// <summary>
    /// Staff have found out at the provider that it gave nothing back and won't, though it never told: as if it had said no. Without this a provider that is silent, or switched off since, would
    /// keep the buyer's money waiting for ever.
    /// </summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="provider">The payment's provider.</param>
    /// <param name="paymentId">The provider's id of the payment.</param>
    /// <param name="actor">User name of who found out.</param>
    /// <param name="note">How; kept in the order's history.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The order's state, or <c>not_found</c>, or <c>illegal_transition</c> when no answer is waited for.</returns>
    Task<CommerceResult<OrderState>> NotGivenAsync(TenantScope scope, string orderId, string provider, string paymentId, string actor, string note, CancellationToken cancellationToken = default);
}

/// <inheritdoc />
internal sealed class RefundAsks(ICommerceDatabase database, IOutbox outbox, TimeProvider clock) : IRefundAsks
{
    private static readonly CommerceError NotFound = new(CommerceErrors.NotFound, "There is no such payment of this order.");

    public Task<RefundRequest?> NextAsync(TenantScope scope, string orderId, string provider, string paymentId, CancellationToken cancellationToken = default) =>
        database.WriteAsync(scope, async c =>
        {
            var rows = await OrderRow.LockAndReadAsync(c, orderId).ConfigureAwait(false);
            if (rows.Count == 0)
                return null;
            var payments = await c.QueryAsync<PaymentFacts>(PaymentFacts.Select, new { orderId }).ConfigureAwait(false);
            if (payments.FirstOrDefault(p => p.Provider == provider && p.PaymentId == paymentId) is not { RefundDue: > 0, OpenDispute: false } payment)
                return null;
            // of a question that was refused nothing can come any more: when less is due by now, it is another question
            var isNew = payment.RefundAsked == 0 || (payment.RefundRefused && payment.RefundAsked > payment.RefundDue);
            if (isNew)
            {
                payment.RefundAsked = payment.RefundDue;
                payment.RefundAsks++;
            }

            if (isNew || payment.RefundRefused)
            {
                payment.RefundRefused = false;
                payment.Store(c, orderId);
            }

            // somebody gave a part back at the provider meanwhile: whether the question still counts, a person has to find out
            if (payment.RefundAsked > payment.RefundDue)
                return null;
            var reason = rows[0].RefundApproved > 0 && payment.Key == rows[0].CapturedPayment ? "refund" : payments.Any(p => p.Key == rows[0].CapturedPayment) ? "paid_twice" : "paid_too_late";
            return new RefundRequest(RefundIds.Of(orderId, payment), orderId, paymentId, new Money(payment.RefundAsked, rows[0].Currency), reason);
        }, cancellationToken);

    public Task RefusedAsync(TenantScope scope, RefundRequest refused, string provider, CancellationToken cancellationToken = default) =>
        database.WriteAsync(scope, async c =>
        {
            _ = await OrderRow.LockAndReadAsync(c, refused.OrderId).ConfigureAwait(false);
            var payments = await c.QueryAsync<PaymentFacts>(PaymentFacts.Select, new { orderId = refused.OrderId }).ConfigureAwait(false);
            // an answer to an earlier question says nothing about this one
            if (payments.FirstOrDefault(p => p.Provider == provider && p.PaymentId == refused.PaymentId) is not { RefundAsked: > 0 } payment || RefundIds.Of(refused.OrderId, payment) != refused.RefundId)
                return;
            payment.RefundRefused = true;
            payment.Store(c, refused.OrderId);
        }, cancellationToken);
    public Task<bool> IsAskedAsync(TenantScope scope, string orderId, string provider, string paymentId, CancellationToken cancellationToken = default) =>
        database.ReadAsync(scope, async c => await FindAsync(c, orderId, provider, paymentId).ConfigureAwait(false) is { RefundAsked: > 0, RefundDue: > 0 }, cancellationToken);

    public Task<CommerceResult<OrderState>> AgainAsync(TenantScope scope, string orderId, string provider, string paymentId, string actor, CancellationToken cancellationToken = default) =>
        ChangeAsync(scope, orderId, provider, paymentId, (c, payment) =>
        {
            if (payment.OpenDispute)
                return new(CommerceErrors.PaymentDisputed, "The payment is disputed: it may go back that way.");
            if (payment.RefundDue == 0)
                return new(CommerceErrors.IllegalTransition, "Nothing of this payment is to be given back.");
            outbox.Add(c, OrderEvents.RefundWanted, new OrderEvent(orderId, provider, paymentId));
            OrderHistory.Add(c, orderId, "refund_asked_again", actor, null, clock.GetUtcNow());
            return null;
        }, cancellationToken);

    public Task<CommerceResult<OrderState>> NotGivenAsync(TenantScope scope, string orderId, string provider, string paymentId, string actor, string note, CancellationToken cancellationToken = default) =>
        ChangeAsync(scope, orderId, provider, paymentId, (c, payment) =>
        {
            if (!payment.RefundUnderWay)
                return new(CommerceErrors.IllegalTransition, "No answer of the provider is waited for.");
            payment.RefundRefused = true;
            payment.Store(c, orderId);
            OrderHistory.Add(c, orderId, "refund_not_given", actor, note, clock.GetUtcNow());
            return null;
        }, cancellationToken);

    private Task<CommerceResult<OrderState>> ChangeAsync(
        TenantScope scope, string orderId, string provider, string paymentId, Func<ICommerceConnection, PaymentFacts, CommerceError?> change, CancellationToken cancellationToken) =>
        database.WriteAsync<CommerceResult<OrderState>>(scope, async c =>
        {
            var rows = await OrderRow.LockAndReadAsync(c, orderId).ConfigureAwait(false);
            if (rows.Count == 0 || await FindAsync(c, orderId, provider, paymentId).ConfigureAwait(false) is not { } payment)
                return NotFound;
            return change(c, payment) is { } error ? error : rows[0].State;
        }, cancellationToken);

    private static async Task<PaymentFacts?> FindAsync(ICommerceConnection connection, string orderId, string provider, string paymentId) =>
        (await connection.QueryAsync<PaymentFacts>(PaymentFacts.Select, new { orderId }).ConfigureAwait(false)).FirstOrDefault(p => p.Provider == provider && p.PaymentId == paymentId);
}
