using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Ordering;

/// <summary>Expires unpaid orders in batches. Many processes may sweep at once: each passes over what another has locked.</summary>
internal sealed class OrderExpiry(ICommerceDatabase database, OrderRelease release, OrderingOptions options, TimeProvider clock) : IOrderExpiry
{
    private const int Batch = 200;

    private const string Due = "select tenant, order_id from order_holds where until <= @now and " + CommerceSql.Settled + " order by until limit @take";

    public Task<int> SweepAsync(CancellationToken cancellationToken = default) =>
        database.InEachAsync(each => SweepAsync(each, cancellationToken), cancellationToken);

    private async Task<int> SweepAsync(ICommerceDatabase database, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var expired = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            var due = await database.ReadSystemAsync(c => c.QueryAsync<DueRow>(Due, new { now, take = Batch }), cancellationToken).ConfigureAwait(false);
            var done = 0;
            foreach (var tenant in due.GroupBy(d => d.Tenant, StringComparer.Ordinal))
                done += await ExpireAsync(database, new TenantScope(tenant.Key), [.. tenant.Select(d => d.OrderId)], now, cancellationToken).ConfigureAwait(false);
            expired += done;
            // what is left is locked by a payment or another sweep: the next sweep looks again
            if (due.Count < Batch || done == 0)
                break;
        }

        await ForgetFailuresAsync(database, now, cancellationToken).ConfigureAwait(false);
        return expired;
    }

    private Task<int> ExpireAsync(ICommerceDatabase database, TenantScope scope, string[] orderIds, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.WriteAsync(scope, async c =>
        {
            // by coupon, so that two sweeps take the coupons' locks in the same order
            var sql = $"""
                select id, coupon, supplies from orders where tenant = @tenant and id {c.In("orderIds")} and state = 'AwaitingPayment' and reserved_until <= @now order by coupon, id{c.SkipLocked()}
                """;
            var expired = 0;
            foreach (var order in await c.QueryAsync<OrderToEnd>(sql, new { orderIds, now }).ConfigureAwait(false))
                expired += await release.EndAsync(c, order.Id, order.Coupon, OrderState.Expired, order.Supplies).ConfigureAwait(false) ? 1 : 0;
            return expired;
        }, cancellationToken);

    private Task ForgetFailuresAsync(ICommerceDatabase database, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var oldest = LookupGuard.WindowOf(now, options) - 1;
        return database.WriteSystemAsync(c => c.ExecuteAsync("delete from lookup_failures where time_window < @oldest and " + CommerceSql.Settled, new { oldest }), cancellationToken);
    }

    private sealed record DueRow(string Tenant, string OrderId);

    private sealed record OrderToEnd(string Id, string? Coupon, int Supplies);
}
