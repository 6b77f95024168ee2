using LinkShop.Commerce.Verify;

namespace LinkShop.Commerce.Resale;

/// <summary>What must hold between shops and their suppliers.</summary>
internal static class ResaleChecks
{
    private const string Limit = " limit @most";

    public static readonly IReadOnlyList<VerifyCheck> All =
    [
        // for each pair and currency: what the shop owes is what the supplier is owed
        new("supply_books_differ", """
            select tenant, id from (
              select case purpose when 'SupplyPayable' then tenant else owner end as tenant, case purpose when 'SupplyPayable' then owner else tenant end as id, currency, sum(balance) as together
              from ledger_account where purpose in ('SupplyPayable', 'SupplyReceivable') group by 1, 2, 3) p
            where together <> 0
            """ + Limit),
        new("supply_payment_differs", """
            select s.tenant, s.order_id as id from supply_line s join orders u on u.tenant = s.upstream and u.id = s.supply_order left join
              (select tenant, reference, sum(case reason when 'supply' then amount else -amount end) as paid from ledger_transfer where reason in ('supply', 'supply_reversed') group by tenant, reference) b
              on b.tenant = s.tenant and b.reference = s.order_id || ':' || cast(s.line as text)
            where u.captured <> coalesce(b.paid, 0)
            """ + Limit),
        new("supply_order_missing", """
            select s.tenant, s.order_id as id from supply_line s left join orders u on u.tenant = s.upstream and u.id = s.supply_order
            where u.id is null or u.supply_shop is null or u.supply_shop <> s.tenant
            """ + Limit),
        new("supply_order_of_nobody", """
            select u.tenant, u.id from orders u where u.supply_shop is not null and not exists (select 1 from supply_line s where s.tenant = u.supply_shop and s.supply_order = u.id and s.upstream = u.tenant)
            """ + Limit),
        new("supply_count_differs", """
            select o.tenant, o.id from orders o left join supply_line s on s.tenant = o.tenant and s.order_id = o.id group by o.tenant, o.id, o.supplies having o.supplies <> count(s.line)
            """ + Limit),
        new("supply_waits_differently", """
            select s.tenant, s.order_id as id from supply_line s join orders o on o.tenant = s.tenant and o.id = s.order_id join orders u on u.tenant = s.upstream and u.id = s.supply_order
            where (o.state = 'AwaitingPayment') <> (u.state = 'AwaitingPayment') or (o.state = 'Disputed' and u.captured > 0) <> (u.state = 'Disputed')
            """ + Limit),
        new("supply_not_delivered", """
            select s.tenant, s.order_id as id from supply_line s join orders o on o.tenant = s.tenant and o.id = s.order_id join orders u on u.tenant = s.upstream and u.id = s.supply_order
            where (o.fulfilment = 'Done' and s.delivered = false) or (s.delivered <> (u.fulfilment = 'Done'))
            """ + Limit),
        new("resold_without_listing", """
            select o.tenant, o.sku_id as id from offers o where o.listing <> '' and not exists (select 1 from resale_listing l where l.tenant = o.tenant and l.id = o.listing and l.sku_id = o.sku_id)
            """ + Limit),
        new("listing_unknown_to_supplier", """
            select l.tenant, l.id from resale_listing l where not exists (select 1 from resale_outlet u where u.tenant = l.upstream and u.offer_id = l.offer_id and u.shop = l.tenant and u.listing = l.id)
            """ + Limit),
    ];
}
