using LinkShop.Commerce.Data;

namespace LinkShop.Commerce.Resale;

/// <summary>Which order at which supplier a shop's line stands on.</summary>
internal sealed class SupplyLine
{
    public string OrderId { get; init; } = "";
    public int Line { get; init; }
    public string Upstream { get; init; } = "";
    public string SupplyOrder { get; init; } = "";
    public string OfferId { get; init; } = "";
    public long Cost { get; init; }
    public ResaleRefunds Refunds { get; init; }
    public bool Delivered { get; init; }

    private const string Columns = "select order_id, line, upstream, supply_order, offer_id, cost, refunds, delivered from supply_line where tenant = @tenant and ";

    // by supplier and order: whoever takes locks there takes them in this order
    private const string OfOrder = Columns + "order_id = @orderId order by upstream, supply_order";

    private const string BySupply = Columns + "supply_order = @supplyOrder";

    private const string Insert = """
        insert into supply_line (tenant, order_id, line, upstream, supply_order, offer_id, cost, refunds) values (@tenant, @orderId, @line, @upstream, @supplyOrder, @offerId, @cost, @refunds)
        """;

    private const string SetDelivered = "update supply_line set delivered = @delivered where tenant = @tenant and order_id = @orderId";

    /// <summary>In the shop's scope.</summary>
    public static Task<IReadOnlyList<SupplyLine>> OfOrderAsync(ICommerceConnection connection, string orderId) => connection.QueryAsync<SupplyLine>(OfOrder, new { orderId });

    /// <summary>The line that an order at a supplier is for, in the shop's scope.</summary>
    public static Task<SupplyLine?> FindAsync(ICommerceConnection connection, string supplyOrder) => connection.QuerySingleOrDefaultAsync<SupplyLine>(BySupply, new { supplyOrder });

    /// <summary>What the supplier calls itself; people of the shop know it by that.</summary>
    public async Task<string> SupplierAsync(ICommerceConnection connection) =>
        await connection.For(new TenantScope(Upstream)).QuerySingleOrDefaultAsync<string>("select supplier from resale_offer where tenant = @tenant and id = @offerId", new { OfferId }).ConfigureAwait(false) ?? Upstream;

    public void Add(ICommerceConnection connection) => connection.Defer(Insert, new { OrderId, Line, Upstream, SupplyOrder, OfferId, Cost, Refunds });

    /// <summary>Keeps that an order's goods are handed over, for good: from now on a supplier may keep its part of what is given back. Before the order's books follow, which depend on it.</summary>
    public static void MarkDelivered(ICommerceConnection connection, string orderId) => connection.Defer(SetDelivered, new { orderId, delivered = true });
}
