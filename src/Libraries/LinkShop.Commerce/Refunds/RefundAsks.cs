using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;

namespace LinkShop.Commerce.Refunds;

/// <summary>What providers are asked to give back.</summary>
public interface IRefundAsks
{
    /// <summary>
    /// What to ask a provider for now. The amount and the id stay the same until the provider has told that it gave that much back, whatever else is decided meanwhile:
    /// asking again after a crash can't give back more.
    /// </summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">The order.</param>
    /// <param name="provider">The payment's provider.</param>
    /// <param name="paymentId">The provider's id of the payment.</param>
    /// <param name="cancellationToken">Gives up before the transaction began.</param>
    /// <returns>The request; null when nothing is to be given back, or when less is due than was asked for and not answered: then staff look and record it by hand.</returns>
    Task<RefundRequest?> NextAsync(TenantScope scope, string orderId, string provider, string paymentId, CancellationToken cancellationToken = default);
}

/// <inheritdoc />
internal sealed class RefundAsks(ICommerceDatabase database) : IRefundAsks
{
    public Task<RefundRequest?> NextAsync(TenantScope scope, string orderId, string provider, string paymentId, CancellationToken cancellationToken = default) =>
        database.WriteAsync(scope, async c =>
        {
            var rows = await OrderRow.LockAndReadAsync(c, orderId).ConfigureAwait(false);
            if (rows.Count == 0)
                return null;
            var payments = await c.QueryAsync<PaymentFacts>(PaymentFacts.Select, new { orderId }).ConfigureAwait(false);
            if (payments.FirstOrDefault(p => p.Provider == provider && p.PaymentId == paymentId) is not { RefundDue: > 0 } payment)
                return null;
            if (payment.RefundAsked == 0)
            {
                payment.RefundAsked = payment.RefundDue;
                payment.RefundAsks++;
                payment.Store(c, orderId);
            }

            // somebody gave a part back at the provider meanwhile: whether the question still counts, a person has to find out
            if (payment.RefundAsked > payment.RefundDue)
                return null;
            var reason = rows[0].RefundApproved > 0 && payment.Key == rows[0].CapturedPayment ? "refund" : payments.Any(p => p.Key == rows[0].CapturedPayment) ? "paid_twice" : "paid_too_late";
            return new RefundRequest(RefundIds.Of(orderId, payment), orderId, paymentId, new Money(payment.RefundAsked, rows[0].Currency), reason);
        }, cancellationToken);
}
