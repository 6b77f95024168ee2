using LinkShop.Commerce.Data;
using Microsoft.Extensions.Options;

namespace LinkShop.Commerce.Payouts;

/// <summary>Pays in a table only. The account <c>fail</c> is refused, <c>later</c> is never decided; all others are paid at once.</summary>
internal sealed class SandboxPayoutProvider(ICommerceDatabase database, IOptionsMonitor<PayoutOptions> options, TimeProvider clock) : IPayoutProvider
{
    public const string ProviderName = "sandbox";

    private const string Pay = "insert into sandbox_payout (tenant, id, currency, amount, at) values (@tenant, @id, @currency, @amount, @now) on conflict (tenant, id) do nothing";

    private const string Same = "select count(*) from sandbox_payout where tenant = @tenant and id = @id and currency = @currency and amount = @amount";

    public string Name => ProviderName;

    public string DisplayName => "Sandbox";

    public IReadOnlyList<PayoutDestinationKind> DestinationKinds { get; } = [PayoutDestinationKind.Sandbox];

    public bool IsByHand => false;

    public ValueTask<bool> IsUsableAsync(TenantScope scope, CancellationToken cancellationToken = default) => ValueTask.FromResult(options.CurrentValue.Sandbox);

    public async Task<PayoutSendResult> SendAsync(TenantScope scope, PayoutOrder order, CancellationToken cancellationToken = default)
    {
        if (!options.CurrentValue.Sandbox)
            throw new InvalidOperationException("The sandbox is switched off.");
        if (order.Destination.Account == "fail")
            return PayoutSendResult.Failed("The account doesn't exist.");
        if (order.Destination.Account == "later")
            return PayoutSendResult.Pending;
        var row = new { id = order.PayoutId, currency = order.Money.Currency, amount = order.Money.Minor, now = clock.Moment() };
        return await database.WriteAsync(scope, async c =>
        {
            c.Defer(Pay, row);
            return await c.QuerySingleOrDefaultAsync<long>(Same, row).ConfigureAwait(false) == 1
                ? PayoutSendResult.Paid("sandbox-" + order.PayoutId)
                : throw new InvalidOperationException("The sandbox has paid another amount for this payout.");
        }, cancellationToken).ConfigureAwait(false);
    }
}
