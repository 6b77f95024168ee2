using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;

namespace LinkShop.Commerce.Resale;

/// <summary>Ends a shop's unpaid order whose goods its supplier has recalled.</summary>
internal static class SupplyRecalls
{
    /// <summary>The entry that an order's history gets, of own goods too.</summary>
    public const string CalledOff = "recalled_called_off";

    /// <summary>Calls the shop's order off, and with it the one at the supplier. The shop's is locked first, as whenever it ends.</summary>
    /// <param name="supplier">The supplier's write, which has no lock of the order.</param>
    /// <param name="supplyOrder">The order at the supplier.</param>
    /// <param name="shop">Tenant name of the shop.</param>
    /// <param name="release">What ends an unpaid order.</param>
    /// <param name="now">The time.</param>
    /// <returns>False when it isn't unpaid any more.</returns>
    public static async Task<bool> CallOffAsync(ICommerceConnection supplier, string supplyOrder, string shop, OrderRelease release, DateTimeOffset now)
    {
        var at = supplier.For(new TenantScope(shop));
        if (await SupplyLine.FindAsync(at, supplyOrder).ConfigureAwait(false) is not { } line || !(await OrderingService.CancelAsync(at, release, line.OrderId).ConfigureAwait(false)).Succeeded)
            return false;
        OrderHistory.Add(at, line.OrderId, CalledOff, await line.SupplierAsync(at).ConfigureAwait(false), null, now);
        return true;
    }
}
