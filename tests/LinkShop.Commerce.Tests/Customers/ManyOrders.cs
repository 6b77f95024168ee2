using LinkShop.Commerce.Data;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Tests.Ordering;

namespace LinkShop.Commerce.Tests.Customers;

/// <summary>Fills a shop with copies of a paid order, fast.</summary>
internal static class ManyOrders
{
    /// <summary>Orders with the ids 0…1 to 0…n, in turn of each of the customers, with a number of lines each.</summary>
    public static async Task AddAsync(Shop shop, OrderReceipt like, int orders, int customers, int lines = 1)
    {
        var postgres = shop.Commerce.Dialect == CommerceDialect.Postgres;
        var numbers = postgres ? $"select g as n from generate_series(1, {orders}) g" : $"with recursive s(n) as (select 1 union all select n + 1 from s where n < {orders}) select n from s";
        var id = postgres ? "lpad(n::text, 26, '0')" : "printf('%026d', n)";
        var hash = postgres ? $"decode(lpad((n % {customers})::text, 32, '0'), 'hex')" : $"cast(printf('%016d', n % {customers}) as blob)";
        await shop.CorruptAsync($"""
            insert into orders (tenant, id, state, fulfilment, currency, subtotal, discount, total, captured, refunded, refund_due, captured_payment, undeliverable, contact_hash, contact, address_hash, user_id,
              password_hash, culture, coupon, created_at, reserved_until, paid_at, fulfilled_at)
            select o.tenant, {id}, o.state, o.fulfilment, o.currency, o.subtotal, o.discount, o.total, o.captured, o.refunded, o.refund_due, o.captured_payment, o.undeliverable, {hash}, o.contact, o.address_hash, o.user_id,
              o.password_hash, o.culture, o.coupon, o.created_at, o.reserved_until, o.paid_at, o.fulfilled_at
            from ({numbers}) s cross join orders o where o.tenant = '{shop.Scope}' and o.id = '{like.OrderId}'
            """);
        for (var line = 1; line <= lines; line++)
        {
            await shop.CorruptAsync($"""
                insert into order_lines (tenant, order_id, line, sku_id, version, quantity, unit_price, surcharge, discount, total)
                select l.tenant, {id}, {line}, l.sku_id, l.version, l.quantity, l.unit_price, l.surcharge, l.discount, l.total
                from ({numbers}) s cross join order_lines l where l.tenant = '{shop.Scope}' and l.order_id = '{like.OrderId}' and l.line = 1
                """);
        }

        if (postgres)
        {
            await shop.CorruptAsync("analyze orders");
            await shop.CorruptAsync("analyze order_lines");
        }
    }
}
