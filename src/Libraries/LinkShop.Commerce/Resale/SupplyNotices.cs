using LinkShop.Commerce.Data;
using LinkShop.Commerce.KeyPools;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Outbox;
using LinkShop.Commerce.Replacements;

namespace LinkShop.Commerce.Resale;

/// <summary>Tells shops what their supplier did to goods that they have sold.</summary>
internal sealed class SupplyNotices(ICommerceDatabase database, IOutbox outbox, TimeProvider clock)
{
    private const string Recalled = "select distinct o.id, o.supply_shop from orders o where o.tenant = @tenant and o.supply_shop is not null and o.id ";

    private const string OutletsOf = """
        select u.shop, u.listing, r.title, r.variant, r.supplier from resale_offer r join resale_outlet u on u.tenant = r.tenant and u.offer_id = r.id
        where r.tenant = @tenant and r.sku_id = @sku and r.state = 'Offered' order by u.shop
        """;

    private const string OutletsOnSale = """
        select u.shop, u.listing, r.title, r.variant, r.supplier from resale_offer r join resale_outlet u on u.tenant = r.tenant and u.offer_id = r.id
        join offers o on o.tenant = r.tenant and o.sku_id = r.sku_id where r.tenant = @tenant and r.state = 'Offered' and o.on_sale order by u.shop
        """;

    /// <summary>The supplier exchanged a key: the shop's history has it, and the shop's buyer is told as for own goods.</summary>
    /// <param name="supplier">The supplier's write.</param>
    /// <param name="order">The supplier's order.</param>
    /// <param name="note">Old and new, masked.</param>
    /// <param name="outbox">Where the event goes.</param>
    /// <param name="now">The time.</param>
    public static async Task ReplacedAsync(ICommerceConnection supplier, OrderRow order, string note, IOutbox outbox, DateTimeOffset now)
    {
        if (order.SupplyShop is null)
            return;
        var shop = supplier.For(new TenantScope(order.SupplyShop));
        if (await SupplyLine.FindAsync(shop, order.Id).ConfigureAwait(false) is not { } line)
            return;
        OrderHistory.Add(shop, line.OrderId, "replaced", await line.SupplierAsync(shop).ConfigureAwait(false), note, now);
        outbox.Add(shop, ReplacementEvents.Replaced, new OrderEvent(line.OrderId));
    }

    /// <summary>The supplier recalled keys; of those sold through shops, each shop hears by order.</summary>
    /// <param name="scope">The supplier.</param>
    /// <param name="keys">The recalled keys that somebody has.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task RecalledAsync(TenantScope scope, IReadOnlyList<CardKey> keys, CancellationToken cancellationToken)
    {
        foreach (var orders in keys.Where(k => k.OrderId is not null).Select(k => k.OrderId!).Distinct().Chunk(500))
        {
            await database.WriteAsync(scope, async c =>
            {
                foreach (var (order, shop) in await c.QueryAsync<(string Order, string Shop)>(Recalled + c.In("orders"), new { orders }).ConfigureAwait(false))
                    await RecalledAsync(c, order, c.For(new TenantScope(shop))).ConfigureAwait(false);
            }, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A variant that shops resell went off sale, or came back: they hear, as their next order would be refused.</summary>
    /// <param name="supplier">The supplier's write.</param>
    /// <param name="sku">The variant.</param>
    /// <param name="onSale">Whether it is on sale now.</param>
    public async Task OnSaleAsync(ICommerceConnection supplier, string sku, bool onSale) =>
        Tell(supplier, await supplier.QueryAsync<OutletRow>(OutletsOf, new { sku }).ConfigureAwait(false), onSale);

    /// <summary>The same of all that the supplier offers and has on sale.</summary>
    /// <param name="supplier">The supplier's write.</param>
    /// <param name="onSale">Whether it supplies now.</param>
    public async Task SuppliesAsync(ICommerceConnection supplier, bool onSale) => Tell(supplier, await supplier.QueryAsync<OutletRow>(OutletsOnSale).ConfigureAwait(false), onSale);

    private void Tell(ICommerceConnection supplier, IReadOnlyList<OutletRow> outlets, bool onSale)
    {
        foreach (var row in outlets)
        {
            if (supplier.TryFor(row.Shop) is not { } shop)
                continue;
            if (onSale)
                SupplierNotices.Settle(shop, SupplierNoticeKind.OffSale, row.Listing, row.Supplier, clock.GetUtcNow());
            else
                SupplierNotices.Add(shop, SupplierNoticeKind.OffSale, ResaleNotice.Of(row.Listing, row.Title, row.Variant, row.Supplier), outbox, clock.GetUtcNow());
        }
    }

    /// <summary>A shop that goes away without having sold leaves no supplier with somebody to tell.</summary>
    /// <param name="shop">The shop's write, before its listings are deleted.</param>
    public static async Task ForgetAsync(ICommerceConnection shop)
    {
        foreach (var upstream in await shop.QueryAsync<string>("select distinct upstream from resale_listing where tenant = @tenant order by upstream").ConfigureAwait(false))
            await shop.For(new TenantScope(upstream)).ExecuteAsync("delete from resale_outlet where tenant = @tenant and shop = @shop", new { shop = shop.Tenant }).ConfigureAwait(false);
    }

    private async Task RecalledAsync(ICommerceConnection supplier, string order, ICommerceConnection shop)
    {
        if (await SupplyLine.FindAsync(shop, order).ConfigureAwait(false) is not { } line)
            return;
        var offer = await supplier.QuerySingleOrDefaultAsync<(string Title, string Supplier)>("select title, supplier from resale_offer where tenant = @tenant and id = @offerId", new { line.OfferId }).ConfigureAwait(false);
        var listing = await shop.QuerySingleOrDefaultAsync<string>("select id from resale_listing where tenant = @tenant and upstream = @upstream and offer_id = @offerId", new { line.Upstream, line.OfferId }).ConfigureAwait(false);
        SupplierNotices.Add(shop, SupplierNoticeKind.Recalled, new ResaleNotice(listing ?? "", offer.Title ?? "", offer.Supplier ?? "", line.OrderId), outbox, clock.GetUtcNow());
    }

    private sealed record OutletRow(string Shop, string Listing, string Title, string Variant, string Supplier);
}
