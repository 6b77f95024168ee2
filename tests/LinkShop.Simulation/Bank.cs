using LinkShop.Commerce;
using LinkShop.Commerce.Payouts;

namespace LinkShop.Simulation;

/// <summary>A bank that pays once for each id. By the id it refuses, doesn't know at first, or pays and its answer is lost.</summary>
internal sealed class Bank : IPayoutProvider
{
    private readonly Dictionary<string, int> _asked = [];

    /// <summary>What has left for each payout.</summary>
    public Dictionary<string, long> Paid { get; } = [];

    public string Name => "bank";

    public string DisplayName => "Simulated bank";

    public IReadOnlyList<PayoutDestinationKind> DestinationKinds { get; } = [PayoutDestinationKind.Bank];

    public bool IsByHand => false;

    public ValueTask<bool> IsUsableAsync(TenantScope scope, CancellationToken cancellationToken = default) => ValueTask.FromResult(true);

    public Task<PayoutSendResult> SendAsync(TenantScope scope, PayoutOrder order, CancellationToken cancellationToken = default)
    {
        lock (_asked)
        {
            var times = _asked[order.PayoutId] = _asked.GetValueOrDefault(order.PayoutId) + 1;
            var fate = (order.PayoutId[^1] - '0') % 6;
            if (fate == 0)
                return Task.FromResult(PayoutSendResult.Failed("There is no such account."));
            if (fate == 1 && times == 1)
                return Task.FromResult(PayoutSendResult.Pending);
            if (!Paid.TryAdd(order.PayoutId, order.Money.Minor) && Paid[order.PayoutId] != order.Money.Minor)
                throw new Breach($"payout {order.PayoutId} was asked for with two amounts");
            return fate == 2 && times == 1 ? throw new HttpRequestException("The answer was lost.") : Task.FromResult(PayoutSendResult.Paid("bank-" + order.PayoutId));
        }
    }
}
