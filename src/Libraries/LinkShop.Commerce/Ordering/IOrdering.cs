namespace LinkShop.Commerce.Ordering;

/// <summary>What a buyer does with orders.</summary>
public interface IOrdering
{
    /// <summary>Prices a request from the stored offers, without reserving. Contact, password and buyer fields aren't looked at.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<CommerceResult<OrderQuote>> QuoteAsync(TenantScope scope, OrderRequest request, CancellationToken cancellationToken = default);

    /// <summary>Makes an order and reserves its stock in one transaction. A free order is delivered at once.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="cancellationToken">Cancels before the transaction began; an order once made stays.</param>
    /// <returns>The receipt, or field-named errors (all that can be told at once); then nothing was reserved.</returns>
    Task<CommerceResult<OrderReceipt>> CreateAsync(TenantScope scope, OrderRequest request, CancellationToken cancellationToken = default);

    /// <summary>An order with what was delivered in plain, if the access is right. The view is written to the delivery log.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">Id.</param>
    /// <param name="access">The right to see it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The order, or <c>not_found</c> (also for a wrong token or password) or <c>too_many_attempts</c>.</returns>
    Task<CommerceResult<OrderView>> GetAsync(TenantScope scope, string orderId, OrderAccess access, CancellationToken cancellationToken = default);

    /// <summary>What was delivered as a text file: one key per line, and at the end one line with <c>#</c> for each that was replaced, old and new masked. Written to the delivery log as a download.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">Id.</param>
    /// <param name="access">The right to see it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The file's content, or the errors of <see cref="GetAsync"/>; <c>not_found</c> too when nothing was delivered yet.</returns>
    Task<CommerceResult<string>> DownloadAsync(TenantScope scope, string orderId, OrderAccess access, CancellationToken cancellationToken = default);

    /// <summary>The orders made with a contact and a lookup password, newest first, at most 50.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="contact">E-mail address or phone number as typed.</param>
    /// <param name="password">Lookup password as typed.</param>
    /// <param name="clientAddress">Network address of the one who asks; failures are counted by it and by contact.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>At least one order, or <c>not_found</c>, or <c>too_many_attempts</c>.</returns>
    Task<CommerceResult<IReadOnlyList<OrderSummary>>> LookupAsync(TenantScope scope, string? contact, string? password, string? clientAddress, CancellationToken cancellationToken = default);

    /// <summary>Calls an unpaid order off and gives its stock and coupon back. Cancelling a cancelled order succeeds again.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="orderId">Id.</param>
    /// <param name="access">The right to do it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The state afterwards, or <c>not_found</c>, or <c>illegal_transition</c> when it is paid.</returns>
    Task<CommerceResult<OrderState>> CancelAsync(TenantScope scope, string orderId, OrderAccess access, CancellationToken cancellationToken = default);

    /// <summary>The orders of a signed-in buyer, newest first.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="userId">Id of the user.</param>
    /// <param name="beforeOrderId">Only orders older than this one (the last of the page before), or null.</param>
    /// <param name="take">At most how many, up to 100.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<OrderSummary>> ListForUserAsync(TenantScope scope, string userId, string? beforeOrderId = null, int take = 20, CancellationToken cancellationToken = default);

    /// <summary>The latest order for a variant that still waits for its payment and keeps its goods, of those that somebody may open: who comes back to the form is told of it, so that nobody pays two by mistake.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="skuId">The variant.</param>
    /// <param name="held">Ids and access tokens that the browser has; those with a wrong token don't count.</param>
    /// <param name="userId">Id of the signed-in user, or null.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The order, or null.</returns>
    Task<OrderSummary?> FindUnpaidAsync(TenantScope scope, string skuId, IReadOnlyList<(string OrderId, string Token)> held, string? userId, CancellationToken cancellationToken = default);
}
