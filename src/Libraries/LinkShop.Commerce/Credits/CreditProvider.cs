using LinkShop.Commerce.Payments;

namespace LinkShop.Commerce.Credits;

/// <summary>
/// Gives back what was paid with a balance or points: at once, within our own books. It isn't among the providers that buyers are offered, as paying by it needs the signed-in buyer
/// (<see cref="ICreditPayments"/>), and nobody can send it callbacks.
/// </summary>
/// <param name="kind">What it gives back.</param>
/// <param name="clock">The time.</param>
public sealed class CreditProvider(CreditKind kind, TimeProvider clock) : IPaymentProvider
{
    private static readonly CommerceError NotUsable = new(CommerceErrors.ProviderNotUsable, "This is paid on the page of the order, by its signed-in buyer.");

    /// <inheritdoc />
    public string Name => CreditAccounts.ProviderOf(kind);

    /// <inheritdoc />
    public string DisplayName => kind == CreditKind.Points ? "Points" : "Balance";

    /// <inheritdoc />
    public bool IsInternal => true;

    /// <inheritdoc />
    public PaymentCallbackReply SuccessReply { get; } = new(200, "text/plain; charset=utf-8", "");

    /// <inheritdoc />
    public ValueTask<bool> IsUsableAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(false);

    /// <inheritdoc />
    public Task<CommerceResult<PaymentStart>> StartAsync(PaymentRequest request, CancellationToken cancellationToken = default) => Task.FromResult<CommerceResult<PaymentStart>>(NotUsable);

    /// <inheritdoc />
    public Task<CommerceResult<PaymentEvent>> ParseCallbackAsync(PaymentCallback callback, CancellationToken cancellationToken = default) => Task.FromResult<CommerceResult<PaymentEvent>>(NotUsable);

    /// <inheritdoc />
    public PaymentCallbackReply FailureReply(CommerceError error) => new(403, "text/plain; charset=utf-8", error.Code);

    /// <inheritdoc />
    public Task<CommerceResult<PaymentEvent?>> RefundAsync(RefundRequest request, CancellationToken cancellationToken = default) => Task.FromResult<CommerceResult<PaymentEvent?>>(new PaymentEvent
    {
        Provider = Name,
        EventId = "refund-" + request.RefundId,
        RefundId = request.RefundId,
        PaymentId = request.PaymentId,
        OrderId = request.OrderId,
        Kind = PaymentEventKind.Refunded,
        Amount = request.Amount,
        OccurredAt = clock.GetUtcNow(),
    });
}
