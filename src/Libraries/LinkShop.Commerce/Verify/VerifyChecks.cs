using LinkShop.Commerce.Data;
using LinkShop.Commerce.Reconciliation;

namespace LinkShop.Commerce.Verify;

/// <summary>One invariant as a query for the rows that break it: <c>tenant</c> and <c>id</c>.</summary>
/// <param name="Code">Its name.</param>
/// <param name="Sql">The query.</param>
/// <param name="Postgres">How PostgreSQL is asked where a document is looked into; null for the same.</param>
internal sealed record VerifyCheck(string Code, string Sql, string? Postgres = null)
{
    public string For(CommerceDialect dialect) => dialect == CommerceDialect.Postgres ? Postgres ?? Sql : Sql;
}

/// <summary>All invariants. Each is a plain query over all tenants, the same on both engines but for how a document is looked into.</summary>
internal static class VerifyChecks
{
    private const string Limit = " limit @most";

    public static readonly IReadOnlyList<VerifyCheck> All =
    [
        // keys
        new("key_delivered_twice", "select tenant, cast(key_id as text) as id from deliveries where key_id is not null group by tenant, key_id having count(*) > 1" + Limit),
        new("delivered_key_without_delivery", """
            select k.tenant, cast(k.id as text) as id from card_key k where k.state = 'Delivered'
              and not exists (select 1 from deliveries d where d.tenant = k.tenant and d.key_id = k.id and d.order_id = k.order_id)
            """ + Limit),
        new("delivery_of_another_orders_key", """
            select d.tenant, d.order_id as id from deliveries d left join card_key k on k.tenant = d.tenant and k.id = d.key_id
            where d.key_id is not null and (k.id is null or k.order_id is null or k.order_id <> d.order_id or k.order_line <> d.line or k.state not in ('Delivered', 'Replaced', 'Revoked'))
            """ + Limit),
        new("reserved_key_without_live_order", """
            select k.tenant, cast(k.id as text) as id from card_key k where k.state = 'Reserved'
              and not exists (select 1 from orders o where o.tenant = k.tenant and o.id = k.order_id and o.state = 'AwaitingPayment')
            """ + Limit),

        // delivery
        new("paid_without_delivery", """
            select tenant, id from orders where fulfilment = 'None' and state in ('Paid', 'Fulfilling', 'Fulfilled', 'Completed', 'PartiallyRefunded')
            """ + Limit),
        new("open_delivery_without_task", """
            select o.tenant, o.id from orders o where o.fulfilment = 'Open' and not exists (select 1 from order_tasks t where t.tenant = o.tenant and t.order_id = o.id)
            """ + Limit),
        new("task_without_open_delivery", """
            select t.tenant, t.order_id as id from order_tasks t where not exists (select 1 from orders o where o.tenant = t.tenant and o.id = t.order_id and o.fulfilment = 'Open')
            """ + Limit),
        new("line_not_delivered", """
            select o.tenant, o.id from orders o join order_lines l on l.tenant = o.tenant and l.order_id = o.id where o.fulfilment = 'Done'
              and not exists (select 1 from deliveries d where d.tenant = l.tenant and d.order_id = l.order_id and d.line = l.line)
              and not
            """ + GivenBack("l") + Limit),
        new("task_of_line_given_back", """
            select t.tenant, t.order_id as id from order_tasks t where
            """ + GivenBack("t") + Limit),
        new("line_delivered_in_part", """
            select l.tenant, l.order_id as id from order_lines l join deliveries d on d.tenant = l.tenant and d.order_id = l.order_id and d.line = l.line
            where d.key_id is not null group by l.tenant, l.order_id, l.line, l.quantity having count(*) <> l.quantity
            """ + Limit),
        new("delivered_unpaid", """
            select o.tenant, o.id from orders o where o.total > 0 and exists (select 1 from deliveries d where d.tenant = o.tenant and d.order_id = o.id)
              and not exists (select 1 from payments p where p.tenant = o.tenant and p.order_id = o.id and p.paid = o.total)
            """ + Limit),

        // holds
        new("unpaid_order_without_hold", """
            select o.tenant, o.id from orders o where o.state = 'AwaitingPayment' and o.supply_shop is null and not exists (select 1 from order_holds h where h.tenant = o.tenant and h.order_id = o.id)
            """ + Limit),
        new("hold_without_unpaid_order", """
            select h.tenant, h.order_id as id from order_holds h where not exists (select 1 from orders o where o.tenant = h.tenant and o.id = h.order_id and o.state = 'AwaitingPayment')
            """ + Limit),

        // money
        new("line_totals_differ", """
            select o.tenant, o.id from orders o left join order_lines l on l.tenant = o.tenant and l.order_id = o.id
            group by o.tenant, o.id, o.total, o.discount having coalesce(sum(l.total), -1) <> o.total or coalesce(sum(l.discount), -1) <> o.discount
            """ + Limit),
        new("money_unaccounted", """
            select o.tenant, o.id from orders o left join payments p on p.tenant = o.tenant and p.order_id = o.id and not p.superseded
            group by o.tenant, o.id, o.captured, o.refunded, o.refund_due
            having coalesce(sum(p.paid), 0) <> o.captured + o.refunded + o.refund_due or coalesce(sum(p.refund_due), 0) <> o.refund_due
            """ + Limit),
        new("captured_differs_from_state", """
            select tenant, id from orders where (state in ('Paid', 'Fulfilling', 'Fulfilled', 'Completed') and captured <> total)
              or (state in ('AwaitingPayment', 'Expired', 'Cancelled', 'Refunded') and captured <> 0)
            """ + Limit),
        new("payment_differs_from_events", """
            select p.tenant, p.order_id as id from payments p left join payment_events e
              on e.tenant = p.tenant and e.order_id = p.order_id and e.provider = p.provider and e.payment_id = p.payment_id and e.refused is null
            group by p.tenant, p.order_id, p.provider, p.payment_id, p.paid, p.refunded, p.lost
            having p.paid <> coalesce(max(case when e.kind = 'Paid' then e.amount end), 0) or p.refunded <> coalesce(sum(case when e.kind = 'Refunded' then e.amount end), 0)
              or p.lost not in (p.paid, coalesce(sum(case when e.kind = 'DisputeLost' then e.amount end), 0))
            """ + Limit),
        new("event_without_payment", """
            select e.tenant, e.order_id as id from payment_events e where e.refused is null and e.kind <> 'Failed' and not exists
              (select 1 from payments p where p.tenant = e.tenant and p.order_id = e.order_id and p.provider = e.provider and p.payment_id = e.payment_id)
            """ + Limit),

        // coupons
        new("coupon_count_differs", """
            select c.tenant, c.code as id from coupons c left join coupon_uses u on u.tenant = c.tenant and u.code = c.code
            group by c.tenant, c.code, c.used having count(u.order_id) <> c.used
            """ + Limit),
        new("coupon_given_back_and_delivered", """
            select o.tenant, o.id from orders o where o.coupon is not null and o.fulfilment <> 'None'
              and not exists (select 1 from coupon_uses u where u.tenant = o.tenant and u.code = o.coupon and u.order_id = o.id)
            """ + Limit),
        new("coupon_kept_by_ended_order", """
            select u.tenant, u.order_id as id from coupon_uses u join orders o on o.tenant = u.tenant and o.id = u.order_id where o.state in ('Expired', 'Cancelled')
            """ + Limit),

        // the books
        new("ledger_not_zero", "select tenant, currency as id from ledger_account group by tenant, currency having sum(balance) <> 0" + Limit),
        new("ledger_balance_differs", """
            select a.tenant, cast(a.id as text) as id from ledger_account a where a.balance <>
              coalesce((select sum(t.amount) from ledger_transfer t where t.credit = a.id and t.credit_after is not null), 0)
              - coalesce((select sum(t.amount) from ledger_transfer t where t.debit = a.id and t.debit_after is not null), 0)
            """ + Limit),
        new("ledger_running_balance_differs", """
            select tenant, id from (select tenant, id, amount, balance, lag(balance, 1) over (partition by account order by at, seq) as earlier from
              (select tenant, id, debit as account, -amount as amount, debit_after as balance, at, seq from ledger_transfer where debit_after is not null
               union all select tenant, id, credit as account, amount, credit_after as balance, at, seq from ledger_transfer where credit_after is not null) p) w
            where balance <> coalesce(earlier, 0) + amount
            """ + Limit),
        new("ledger_end_differs", """
            select e.tenant, e.id from ledger_transfer e left join ledger_transfer h on h.tenant = e.tenant and h.id = e.hold_id and h.kind = 'Hold'
            where e.hold_id is not null and (h.id is null or h.debit <> e.debit or h.credit <> e.credit or e.amount > h.amount)
            """ + Limit),
        new("ledger_held_differs", """
            select a.tenant, cast(a.id as text) as id from ledger_account a left join ledger_hold h on h.tenant = a.tenant and h.debit = a.id
            group by a.tenant, a.id, a.held having a.held <> coalesce(sum(h.amount), 0)
            """ + Limit),
        new("ledger_hold_differs", """
            select h.tenant, h.id from ledger_hold h left join ledger_transfer t on t.tenant = h.tenant and t.id = h.id and t.kind = 'Hold' and t.amount = h.amount and t.debit = h.debit
            where t.id is null or exists (select 1 from ledger_transfer e where e.tenant = h.tenant and e.hold_id = h.id)
            """ + Limit),
        new("ledger_hold_lost", """
            select t.tenant, t.id from ledger_transfer t where t.kind = 'Hold'
              and not exists (select 1 from ledger_hold h where h.tenant = t.tenant and h.id = t.id)
              and not exists (select 1 from ledger_transfer e where e.tenant = t.tenant and e.hold_id = t.id)
            """ + Limit),
        new("ledger_transfer_of_no_account", """
            select t.tenant, t.id from ledger_transfer t left join ledger_account d on d.id = t.debit left join ledger_account c on c.id = t.credit
            where d.id is null or c.id is null or d.tenant <> t.tenant or c.tenant <> t.tenant or d.currency <> c.currency
            """ + Limit),

        // messages
        new("outbox_stuck", "select tenant, cast(id as text) as id from outbox where created_at < @yesterday and due_at < @yesterday" + Limit),

        .. ReconciliationChecks.All,
    ];

    /// <summary>What the report counts.</summary>
    public static readonly IReadOnlyList<(string Name, string Sql)> Counts =
    [
        ("orders", "select count(*) from orders"),
        ("order_lines", "select count(*) from order_lines"),
        ("holds", "select count(*) from order_holds"),
        ("open_tasks", "select count(*) from order_tasks"),
        ("payments", "select count(*) from payments"),
        ("payment_events", "select count(*) from payment_events"),
        ("refused_events", "select count(*) from payment_events where refused is not null"),
        ("refunds_due", "select count(*) from payments where refund_due > 0"),
        ("deliveries", "select count(*) from deliveries"),
        ("keys", "select count(*) from card_key"),
        ("replacements", "select count(*) from key_replacement"),
        ("corrections", "select count(*) from delivery_correction"),
        ("coupon_uses", "select count(*) from coupon_uses"),
        ("splits", "select count(*) from order_split"),
        ("refunds", "select count(*) from refund"),
        ("resale_offers", "select count(*) from resale_offer"),
        ("resale_listings", "select count(*) from resale_listing"),
        ("supply_lines", "select count(*) from supply_line"),
        ("ledger_accounts", "select count(*) from ledger_account"),
        ("ledger_transfers", "select count(*) from ledger_transfer"),
        ("ledger_holds", "select count(*) from ledger_hold"),
        ("reconciliations", "select count(*) from reconciliation"),
        ("outbox_pending", "select count(*) from outbox"),
        ("outbox_dead", "select count(*) from outbox_dead"),
    ];

    /// <summary>Condition on a row with an order's line: a refund of it was decided, and by the books nothing of its sale is left.</summary>
    private static string GivenBack(string line) => $"""
         exists (select 1 from refund r join refund_line b on b.tenant = r.tenant and b.refund_id = r.id
          where r.tenant = {line}.tenant and r.order_id = {line}.order_id and r.state = 'Approved' and b.line = {line}.line
            and 0 = coalesce((select sum(case x.reason when 'sale' then x.amount else -x.amount end) from ledger_transfer x
              where x.tenant = {line}.tenant and x.reference = {line}.order_id || ':' || cast({line}.line as text) and x.reason in ('sale', 'sale_reversed')), 0))
        """;
}
