using System.Globalization;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Settlement;
using LinkShop.Commerce.Verify;

namespace LinkShop.Commerce.Splits;

/// <summary>That the books and the orders say the same.</summary>
internal static class MoneyChecks
{
    private const string Limit = " limit @most";

    // what came to and left the accounts that wait for release
    private const string Waiting = """
        (select a.tenant, a.owner, a.purpose, a.currency, t.reference, t.amount from ledger_account a join ledger_transfer t on t.credit = a.id and t.credit_after is not null where a.purpose in ('MerchantPending', 'PromoterPending', 'Reseller')
         union all
         select a.tenant, a.owner, a.purpose, a.currency, t.reference, -t.amount from ledger_account a join ledger_transfer t on t.debit = a.id and t.debit_after is not null where a.purpose in ('MerchantPending', 'PromoterPending', 'Reseller')) m
        """;

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
        new("bank_refund_differs", $"""
            select p.tenant, p.order_id as id from payments p left join
              (select tenant, order_id, provider, payment_id, sum(amount) as amount from payment_events where event_id like '{PaymentEventStore.FromBank}%' and refused is null group by tenant, order_id, provider, payment_id) e
              on e.tenant = p.tenant and e.order_id = p.order_id and e.provider = p.provider and e.payment_id = p.payment_id
            where p.from_bank <> coalesce(e.amount, 0) or p.from_bank > p.refunded
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
        new("pending_below_zero", $"""
            select tenant, coalesce(reference, owner) as id from {Waiting}
            group by tenant, owner, purpose, currency, reference having sum(amount) < 0
            """ + Limit),
        // where nothing went back and no reward was voided, everybody has what the frozen shares say
        new("split_books_differ", Shares("json_extract(e.value, '$.{0}')", "json_each(s.document) e"), Shares("e.value ->> '{0}'", "json_array_elements(s.document::json) e")),
        new("debt_above_zero", "select tenant, owner as id from ledger_account where purpose = 'Debt' group by tenant, owner, currency having sum(balance) > 0" + Limit),
        new("debt_beside_free_money", "select tenant, owner as id from (" + Debts.BesideFreeMoney + ") f" + Limit),
        new("reserve_differs", """
            select a.tenant, a.owner as id from ledger_account a where a.purpose = 'MerchantReserved'
              and a.balance <> coalesce((select sum(s.reserved) from order_split s where s.tenant = a.tenant and s.merchant = a.owner and s.currency = a.currency), 0)
            """ + Limit),
        new("release_not_due", """
            select o.tenant, o.id from orders o join order_split s on s.tenant = o.tenant and s.order_id = o.id where s.release_at is not null and (o.fulfilment <> 'Done' or o.state = 'Disputed')
            """ + Limit),
        new("release_missing", $"""
            select s.tenant, s.order_id as id from order_split s join orders o on o.tenant = s.tenant and o.id = s.order_id
            join (select tenant, reference from {Waiting} where purpose = 'MerchantPending' group by tenant, reference having sum(amount) > 0) p on p.tenant = s.tenant and p.reference = s.order_id || ':' || cast(s.line as text)
            where s.state = 'Pending' and s.release_at is null and o.fulfilment = 'Done' and o.state <> 'Disputed'
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

    private static string Shares(string field, string shares)
    {
        string Of(string name) => string.Format(CultureInfo.InvariantCulture, field, name);
        // the merchant's is the rest, and what was sold is checked by itself
        var kinds = Enum.GetValues<ShareKind>().Where(k => MoneyReasons.Of(k) != MoneyReasons.Sale).ToList();
        var reasons = kinds.ConvertAll(MoneyReasons.Of);
        var listed = string.Join(", ", reasons.Concat(reasons.Select(r => r + MoneyReasons.Reversed)).Select(r => $"'{r}'"));
        const string whole = "join orders o on o.tenant = s.tenant and o.id = s.order_id and o.captured = o.total and o.refund_approved = 0";
        const string kept = "where not s.reward_voided and not s.intro_voided";
        return $"""
            select distinct tenant, id from (
              select s.tenant, s.order_id as id, s.line, case {Of("kind")} {string.Join(' ', kinds.Select(k => $"when '{k}' then '{MoneyReasons.Of(k)}'"))} else 'sale' end as reason, cast({Of("minor")} as bigint) as amount
              from order_split s {whole} cross join {shares} {kept}
              union all
              select s.tenant, s.order_id, s.line, replace(t.reason, '{MoneyReasons.Reversed}', ''), case when t.reason like '%{MoneyReasons.Reversed}' then t.amount else -t.amount end
              from order_split s {whole} join ledger_transfer t on t.tenant = s.tenant and t.reference = s.order_id || ':' || cast(s.line as text) and t.reason in ({listed}) {kept}) d
            where reason <> 'sale' group by tenant, id, line, reason having sum(amount) <> 0
            """ + Limit;
    }
}
