using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Resale;

namespace LinkShop.Commerce.KeyPools;

/// <summary>What becomes of unpaid orders that hold recalled keys: each gets others of its pool, or is called off before anybody pays for what is known to be bad.</summary>
internal sealed class RecalledReservations(ICommerceDatabase database, IKeyStock stock, OrderRelease release, TimeProvider clock)
{
    private const string Orders = "select distinct order_id from card_key where tenant = @tenant and pool_id = @poolId and batch_id = @batchId and state = 'Reserved' order by order_id";

    private const string Held = "select id from card_key where tenant = @tenant and order_id = @orderId and batch_id = @batchId and state = 'Reserved' order by id";

    /// <summary>Goes through the unpaid orders that hold keys of a recalled batch, the oldest first. May be repeated.</summary>
    /// <param name="scope">The tenant.</param>
    /// <param name="poolId">Its pool.</param>
    /// <param name="batchId">The batch; none of its keys is on sale any more.</param>
    /// <param name="actor">Who recalls it.</param>
    /// <param name="cancellationToken">Cancels before the next order.</param>
    /// <returns>How many keys were exchanged, and how many orders called off. An order that is paid in this moment is neither: it has the key.</returns>
    public async Task<(int Exchanged, int CalledOff)> SettleAsync(TenantScope scope, long poolId, long batchId, string actor, CancellationToken cancellationToken)
    {
        var (exchanged, calledOff) = (0, 0);
        foreach (var orderId in await database.ReadAsync(scope, c => c.QueryAsync<string>(Orders, new { poolId, batchId }), cancellationToken).ConfigureAwait(false))
        {
            var (keys, shop, enough) = await database.WriteAsync(scope, c => ExchangeAsync(c, batchId, orderId, actor), cancellationToken).ConfigureAwait(false);
            exchanged += enough ? keys : 0;
            if (!enough && await database.WriteAsync(scope, c => CallOffAsync(c, orderId, shop, actor), cancellationToken).ConfigureAwait(false))
                calledOff++;
        }

        return (exchanged, calledOff);
    }

    private async Task<(int Keys, string? Shop, bool Enough)> ExchangeAsync(ICommerceConnection connection, long batchId, string orderId, string actor)
    {
        // whoever pays waits for this, and then gets the others
        var rows = await OrderRow.LockAndReadAsync(connection, orderId).ConfigureAwait(false);
        var keys = await connection.QueryAsync<long>(Held, new { orderId, batchId }).ConfigureAwait(false);
        if (keys.Count == 0)
            return (0, null, true);
        // a picked number is that one or none
        if (rows.Any(r => r.PickedKey is { } picked && keys.Contains(picked)) || !await stock.ExchangeAsync(connection, orderId, keys).ConfigureAwait(false))
            return (keys.Count, rows[0].SupplyShop, false);
        OrderHistory.Add(connection, orderId, "recalled_exchanged", actor, null, clock.GetUtcNow());
        return (keys.Count, null, true);
    }

    private async Task<bool> CallOffAsync(ICommerceConnection connection, string orderId, string? shop, string actor)
    {
        if (shop is not null)
            return await SupplyRecalls.CallOffAsync(connection, orderId, shop, release, clock.GetUtcNow()).ConfigureAwait(false);
        if (!(await OrderingService.CancelAsync(connection, release, orderId).ConfigureAwait(false)).Succeeded)
            return false;
        OrderHistory.Add(connection, orderId, SupplyRecalls.CalledOff, actor, null, clock.GetUtcNow());
        return true;
    }
}
