using LinkShop.Commerce.Settlement;
using LinkShop.Commerce.Verify;

namespace LinkShop.Commerce.Splits;

/// <summary>That the books and the orders say the same.</summary>
internal static class MoneyChecks
{
    private const string Limit = " limit @most";

    public static readonly IReadOnlyList<VerifyCheck> All =
    [
        new("order_books_differ", """
            select o.tenant, o.id from orders o left join
              (select s.tenant, s.order_id, sum(case t.reason when 'sale' then t.amount else -t.amount end) as sold from order_split s
               join ledger_transfer t on t.tenant = s.tenant and t.reference = s.order_id || ':' || cast(s.line as text) and t.reason in ('sale', 'sale_reversed') group by s.tenant, s.order_id) b
              on b.tenant = o.tenant and b.order_id = o.id
            where o.captured <> coalesce(b.sold, 0)
            """ + Limit),
        new("payment_books_differ", """
            select o.tenant, o.id from orders o left join
              (select tenant, reference, sum(case reason when 'payment' then amount else -amount end) as paid from ledger_transfer
               where reason in ('payment', 'refund') group by tenant, reference) b on b.tenant = o.tenant and b.reference = o.id
            where o.captured + o.refund_due <> coalesce(b.paid, 0)
            """ + Limit),
        new("hand_refund_differs", """
            select tenant, order_id as id from payments group by tenant, order_id
            having sum(case when superseded then by_hand else -by_hand end) <> 0 or sum(case when superseded and by_hand > refunded then 1 else 0 end) > 0
            """ + Limit),
        new("split_missing", """
            select l.tenant, l.order_id as id from order_lines l join orders o on o.tenant = l.tenant and o.id = l.order_id
            left join order_split s on s.tenant = l.tenant and s.order_id = l.order_id and s.line = l.line
            where o.captured > 0 and l.total <> coalesce(s.total, 0)
            """ + Limit),
        new("buyer_clearing_differs", """
            select a.tenant, a.currency as id from (select tenant, currency, sum(balance) as balance from ledger_account where purpose = 'BuyerClearing' group by tenant, currency) a
            where a.balance <> coalesce((select sum(o.refund_due) from orders o where o.tenant = a.tenant and o.currency = a.currency), 0)
            """ + Limit),
        new("pending_below_zero", """
            select tenant, owner as id from ledger_account where purpose in ('MerchantPending', 'PromoterPending', 'Reseller') group by tenant, owner, purpose, currency having sum(balance) < 0
            """ + Limit),
        new("debt_above_zero", "select tenant, owner as id from ledger_account where purpose = 'Debt' group by tenant, owner, currency having sum(balance) > 0" + Limit),
        new("debt_beside_free_money", "select tenant, owner as id from (" + Debts.BesideFreeMoney + ") f" + Limit),
        new("reserve_differs", """
            select a.tenant, a.owner as id from ledger_account a where a.purpose = 'MerchantReserved'
              and a.balance <> coalesce((select sum(s.reserved) from order_split s where s.tenant = a.tenant and s.merchant = a.owner and s.currency = a.currency), 0)
            """ + Limit),
        new("release_not_due", """
            select o.tenant, o.id from orders o join order_split s on s.tenant = o.tenant and s.order_id = o.id where s.release_at is not null and (o.fulfilment <> 'Done' or o.state = 'Disputed')
            """ + Limit),
        new("refund_sum_differs", """
            select o.tenant, o.id from orders o left join refund r on r.tenant = o.tenant and r.order_id = o.id and r.state = 'Approved'
            group by o.tenant, o.id, o.refund_approved having o.refund_approved <> coalesce(sum(r.amount), 0)
            """ + Limit),
        new("refund_lines_differ", """
            select r.tenant, r.id from refund r left join refund_line l on l.tenant = r.tenant and l.refund_id = r.id and l.order_id = r.order_id
            group by r.tenant, r.id, r.amount having r.amount <> coalesce(sum(l.amount), 0)
            """ + Limit),
    ];
}
