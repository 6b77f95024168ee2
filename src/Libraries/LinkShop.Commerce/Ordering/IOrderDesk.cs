using LinkShop.Commerce.Payments;

namespace LinkShop.Commerce.Ordering;

/// <summary>What the merchant's staff do with orders. The caller has checked the permission; every change names its actor in the order's history.</summary>
public interface IOrderDesk
{
    /// <summary>Finds orders, newest first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="search">What to look for.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<OrderPage> SearchAsync(TenantScope scope, OrderSearch search, CancellationToken cancellationToken = default);

    /// <summary>Everything about an order except the delivered secrets; null when there is none.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">Id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<OrderDetail?> DetailAsync(TenantScope scope, string orderId, CancellationToken cancellationToken = default);

    /// <summary>How the buyer can be reached; null when there is no such order, or nothing was left.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">Id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>An e-mail address or a phone number.</returns>
    Task<string?> ContactAsync(TenantScope scope, string orderId, CancellationToken cancellationToken = default);

    /// <summary>Tells the buyer about a delivered order once more (event <c>OrderFulfilled</c> again); delivers what a paid order still lacks when stock came back.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">Id.</param>
    /// <param name="actor">User name of the one who does it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The state afterwards, or <c>not_found</c>, or <c>illegal_transition</c> when the order isn't paid, or its money was asked back or is decided to go back.</returns>
    Task<CommerceResult<OrderState>> RedeliverAsync(TenantScope scope, string orderId, string actor, CancellationToken cancellationToken = default);

    /// <summary>Takes the order for paid because staff saw the money arrive (a lost callback). Stored as a payment event of provider <c>manual</c>; doing it twice has one effect.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">Id.</param>
    /// <param name="actor">User name of the one who does it.</param>
    /// <param name="note">Why, for example the bank's reference.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The state afterwards, or <c>not_found</c>, or <c>illegal_transition</c> when the order was paid already.</returns>
    Task<CommerceResult<OrderState>> ConfirmByHandAsync(TenantScope scope, string orderId, string actor, string note, CancellationToken cancellationToken = default);

    /// <summary>Records that staff gave a payment back themselves, because its provider can't do it when we ask. Doing it twice has one effect. When the provider tells of what was given back at its
    /// desk, that is the same refund; what it tells beside a bank transfer is another one.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">Id.</param>
    /// <param name="provider">The payment's provider.</param>
    /// <param name="paymentId">The provider's id of the payment.</param>
    /// <param name="actor">User name of the one who does it.</param>
    /// <param name="note">How, for example the bank's reference.</param>
    /// <param name="by">Where the money left.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The state afterwards, or <c>not_found</c>, <c>illegal_transition</c> when nothing of the payment is to be given back, or <c>refund_under_way</c> when its provider was asked and may still do it.</returns>
    Task<CommerceResult<OrderState>> MarkGivenBackAsync(TenantScope scope, string orderId, string provider, string paymentId, string actor, string note, GivenBackBy by = GivenBackBy.Provider, CancellationToken cancellationToken = default);

    /// <summary>Calls an unpaid order off and gives its stock and coupon back.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">Id.</param>
    /// <param name="actor">User name of the one who does it.</param>
    /// <param name="note">Why.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The state afterwards, or <c>not_found</c>, or <c>illegal_transition</c> when it is paid.</returns>
    Task<CommerceResult<OrderState>> CancelAsync(TenantScope scope, string orderId, string actor, string note, CancellationToken cancellationToken = default);

    /// <summary>Delivers a manual line: the text is encrypted and shown to the buyer, the task is closed, and with the last task the order is fulfilled.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">Id.</param>
    /// <param name="line">Number of the line.</param>
    /// <param name="text">What the buyer gets; 1 to 10,000 characters.</param>
    /// <param name="actor">User name of the one who does it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The state afterwards, or <c>not_found</c>, or <c>illegal_transition</c> when there is no open task for the line.</returns>
    Task<CommerceResult<OrderState>> DeliverByHandAsync(TenantScope scope, string orderId, int line, string text, string actor, CancellationToken cancellationToken = default);

    /// <summary>What the buyer told in confidence for a line (secret fields), for the one who delivers it. Who asked for which is kept in the order's history.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">Id.</param>
    /// <param name="line">Number of the line.</param>
    /// <param name="actor">User name of the one who asks.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The answers in plain by field name, or <c>not_found</c> when the line has none.</returns>
    Task<CommerceResult<IReadOnlyDictionary<string, string>>> RevealFieldsAsync(TenantScope scope, string orderId, int line, string actor, CancellationToken cancellationToken = default);

    /// <summary>Totals and a series over a period, for the dashboard.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="from">Start, inclusive.</param>
    /// <param name="to">End, exclusive.</param>
    /// <param name="offset">Local time's distance from UTC: days begin at local midnight.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<OrderDashboard> DashboardAsync(TenantScope scope, DateTimeOffset from, DateTimeOffset to, TimeSpan offset, CancellationToken cancellationToken = default);

    /// <summary>Manual lines that wait for a person, oldest first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="take">At most how many.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<OpenTask>> OpenTasksAsync(TenantScope scope, int take = 100, CancellationToken cancellationToken = default);

    /// <summary>Payments that are to be given back (paid twice, paid too late), oldest first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="take">At most how many.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<RefundDue>> RefundsDueAsync(TenantScope scope, int take = 100, CancellationToken cancellationToken = default);
}
