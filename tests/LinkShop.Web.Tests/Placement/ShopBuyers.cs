using System.Net;
using LinkShop.Web.Tests.Processes;

namespace LinkShop.Web.Tests.Placement;

/// <summary>What buyers do while a shop moves. Tests of moves are several classes, so that they run side by side.</summary>
internal static class ShopBuyers
{
    public const string Sku = "XY-100";

    public static async Task<HttpStatusCode> PayUntilOpenAsync(Buyer buyer, BuyersOrder order)
    {
        HttpStatusCode status;
        while ((status = await buyer.PayAsync(order)) == HttpStatusCode.ServiceUnavailable)
            await Task.Delay(20);
        return status;
    }

    public static async Task<BuyersOrder> BuyUntilOpenAsync(Buyer buyer)
    {
        while (true)
        {
            if (await buyer.TryOrderAsync(Sku) is { Order: { } order })
            {
                Assert.Equal(HttpStatusCode.OK, await PayUntilOpenAsync(buyer, order));
                return order;
            }

            await Task.Delay(20);
        }
    }
}
