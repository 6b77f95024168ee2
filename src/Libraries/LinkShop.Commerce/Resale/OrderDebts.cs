using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ledger;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Splits;

namespace LinkShop.Commerce.Resale;

/// <summary>What an order has made somebody owe who had been paid out, in its own books and in those of the orders at suppliers that it stands on.</summary>
internal static class OrderDebts
{
    /// <param name="connection">The order's write.</param>
    /// <param name="orderId">The order, under its lock.</param>
    /// <returns>All that was ever owed by it, in minor units of the order's currency; what was paid off since isn't taken off, so a difference of two looks is what is new.</returns>
    public static async Task<long> OfAsync(ICommerceConnection connection, string orderId)
    {
        if (await connection.QueryAsync<OrderRow>(OrderRow.ById, new { orderId }).ConfigureAwait(false) is not [var order, ..])
            return 0;
        var entries = await OrderEntries.ReadAsync(connection, order.Id, order.Currency, order.Transfers).ConfigureAwait(false);
        var owed = entries.Written.Where(e => e.Kind == LedgerTransferKind.Single && e.DebitPurpose == LedgerPurpose.Debt).Sum(e => e.Amount);
        if (order.Supplies == 0)
            return owed;
        foreach (var line in await SupplyLine.OfOrderAsync(connection, order.Id).ConfigureAwait(false))
        {
            if (connection.TryFor(line.Upstream) is { } supplier)
                owed += await OfAsync(supplier, line.SupplyOrder).ConfigureAwait(false);
        }

        return owed;
    }
}
