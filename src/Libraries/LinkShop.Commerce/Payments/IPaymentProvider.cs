namespace LinkShop.Commerce.Payments;

/// <summary>The port to a payment gateway. Registered as a scoped service (settings depend on the tenant); a new gateway is one more implementation.</summary>
/// <remarks>A provider isn't usable until its secrets are set: then it isn't offered to buyers and its callbacks are refused.</remarks>
public interface IPaymentProvider
{
    /// <summary>Stable lower-case name, part of the callback's address: <c>sandbox</c>. Never changes: it is stored with payments.</summary>
    string Name { get; }

    /// <summary>What buyers see, in English; screens translate it.</summary>
    string DisplayName { get; }

    /// <summary>Whether it moves money within our own books only: it has nothing to set up, and nobody settles with it.</summary>
    bool IsInternal => false;

    /// <summary>Whether it takes orders for paid without any money: for demos and tests, never where real money is.</summary>
    bool IsSandbox => false;

    /// <summary>Whether its secrets are set and it may be used now.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<bool> IsUsableAsync(CancellationToken cancellationToken = default);

    /// <summary>Begins a payment.</summary>
    /// <param name="request">What is to be paid.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Where to send the buyer, or <c>provider_not_usable</c> or a gateway's refusal.</returns>
    Task<CommerceResult<PaymentStart>> StartAsync(PaymentRequest request, CancellationToken cancellationToken = default);

    /// <summary>Checks the signature of a callback and reads it. Touches nothing else.</summary>
    /// <param name="callback">The callback as it came in.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The event, or <c>bad_signature</c>, <c>stale_signature</c>, <c>invalid</c> or <c>provider_not_usable</c>.</returns>
    Task<CommerceResult<PaymentEvent>> ParseCallbackAsync(PaymentCallback callback, CancellationToken cancellationToken = default);

    /// <summary>The answer that makes the gateway stop repeating a callback, exactly as it expects it.</summary>
    PaymentCallbackReply SuccessReply { get; }

    /// <summary>The answer to a callback that was refused.</summary>
    /// <param name="error">Why.</param>
    PaymentCallbackReply FailureReply(CommerceError error);

    /// <summary>Gives an amount back to the payer. The effect is told by a later callback or by the returned event.</summary>
    /// <param name="request">What to give back.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The event to apply when the gateway did it at once, null when a callback will tell, or the gateway's refusal.</returns>
    Task<CommerceResult<PaymentEvent?>> RefundAsync(RefundRequest request, CancellationToken cancellationToken = default);
}
