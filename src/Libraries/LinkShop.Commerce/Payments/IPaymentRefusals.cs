namespace LinkShop.Commerce.Payments;

/// <summary>A payment message that was refused.</summary>
/// <param name="At">When it came; the last time of several.</param>
/// <param name="Provider">Whose it was, or claimed to be.</param>
/// <param name="Code">Stable code of the reason.</param>
/// <param name="OrderId">The order it named; null when its signature was wrong, because then nothing in it counts.</param>
/// <param name="Times">How often within the hour.</param>
public sealed record PaymentRefusal(DateTimeOffset At, string Provider, string Code, string? OrderId, long Times);

/// <summary>What was refused at the payments' door: staff look here when money is said to have been paid and isn't there.</summary>
public interface IPaymentRefusals
{
    /// <summary>Records a callback that couldn't be trusted or read. Those that could, <see cref="IPaymentIntake"/> records itself.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="provider">The provider it came for.</param>
    /// <param name="code">Stable code of the reason.</param>
    /// <param name="cancellationToken">Cancels before the transaction began.</param>
    Task RecordAsync(TenantScope scope, string provider, string code, CancellationToken cancellationToken = default);

    /// <summary>The newest refusals of both kinds.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="take">At most so many, up to 200.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<PaymentRefusal>> ListAsync(TenantScope scope, int take = 50, CancellationToken cancellationToken = default);
}
