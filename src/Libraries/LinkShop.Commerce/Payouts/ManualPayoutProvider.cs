namespace LinkShop.Commerce.Payouts;

/// <summary>A person pays at the bank, by the file of <see cref="IPayoutFile"/> or one by one, and then tells.</summary>
internal sealed class ManualPayoutProvider : IPayoutProvider
{
    public const string ProviderName = "manual";

    public string Name => ProviderName;

    public string DisplayName => "Paid by hand";

    public IReadOnlyList<PayoutDestinationKind> DestinationKinds { get; } = [PayoutDestinationKind.Bank, PayoutDestinationKind.Alipay];

    public bool IsByHand => true;

    public ValueTask<bool> IsUsableAsync(TenantScope scope, CancellationToken cancellationToken = default) => ValueTask.FromResult(true);

    public Task<PayoutSendResult> SendAsync(TenantScope scope, PayoutOrder order, CancellationToken cancellationToken = default) => Task.FromResult(PayoutSendResult.Pending);
}
