namespace LinkShop.Commerce.Payments;

/// <summary>The one door by which money news enters: each event is stored once, then acted on, in one transaction.</summary>
public interface IPaymentIntake
{
    /// <summary>Applies an event. Any order and repetition of the events of an order leads to the same state.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="paymentEvent">The verified event.</param>
    /// <param name="cancellationToken">Cancels before the transaction began.</param>
    Task<PaymentOutcome> ApplyAsync(TenantScope scope, PaymentEvent paymentEvent, CancellationToken cancellationToken = default);
}
