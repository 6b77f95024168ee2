using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;

namespace LinkShop.Commerce.Referrals;

/// <summary>Brings the books of orders in line that a migration put aside for it, because what follows from their facts is another thing since. One by one, so it may be interrupted and repeated.</summary>
internal sealed class ReferralRechecks(ICommerceDatabase database, PaymentSettlement settlement, TimeProvider clock)
{
    private const string Waiting = "select tenant, order_id from referral_recheck where " + CommerceSql.Settled + " limit 1000";
    private const string Done = "delete from referral_recheck where tenant = @tenant and order_id = @orderId";

    public Task RunAsync(CancellationToken cancellationToken) => database.InEachAsync(each => RunAsync(each, cancellationToken), cancellationToken);

    private async Task<int> RunAsync(ICommerceDatabase each, CancellationToken cancellationToken)
    {
        var done = 0;
        foreach (var row in await each.ReadSystemAsync(c => c.QueryAsync<Row>(Waiting), cancellationToken).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            done += await each.WriteAsync(new TenantScope(row.Tenant), async c =>
            {
                var rows = await OrderRow.LockAndReadAsync(c, row.OrderId).ConfigureAwait(false);
                var payments = await c.QueryAsync<PaymentFacts>(PaymentFacts.Select, new { row.OrderId }).ConfigureAwait(false);
                await settlement.SettleAsync(c, rows, [.. payments], deliver: false, clock.GetUtcNow()).ConfigureAwait(false);
                return await c.ExecuteAsync(Done, new { row.OrderId }).ConfigureAwait(false);
            }, CancellationToken.None).ConfigureAwait(false);
        }

        return done;
    }

    private sealed record Row(string Tenant, string OrderId);
}
