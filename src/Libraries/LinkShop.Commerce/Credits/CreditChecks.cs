using LinkShop.Commerce.Verify;

namespace LinkShop.Commerce.Credits;

/// <summary>That the books and what staff gave say the same.</summary>
internal static class CreditChecks
{
    private const string Limit = " limit @most";

    public static readonly IReadOnlyList<VerifyCheck> All =
    [
        new("credit_grant_differs", """
            select g.tenant, g.id from credit_grant g left join ledger_transfer t on t.tenant = g.tenant and t.id = g.id || ':grant' where coalesce(t.amount, 0) <> g.amount
            """ + Limit),
        new("credit_taken_back_differs", """
            select g.tenant, g.id from credit_grant g left join
              (select b.tenant, b.grant_id, sum(t.amount) as amount from credit_take_back b
               join ledger_transfer t on t.tenant = b.tenant and t.id = b.id || ':taken' and t.amount = b.amount group by b.tenant, b.grant_id) b
              on b.tenant = g.tenant and b.grant_id = g.id
            where g.taken_back <> coalesce(b.amount, 0)
            """ + Limit),
        new("credit_of_no_grant", """
            select t.tenant, t.id from ledger_transfer t where t.reason in ('credit_grant', 'credit_taken_back')
              and not exists (select 1 from credit_grant g where g.tenant = t.tenant and g.id = t.reference)
            """ + Limit),
        new("credit_payment_of_nobody", """
            select p.tenant, p.order_id as id from payments p join orders o on o.tenant = p.tenant and o.id = p.order_id where p.provider in ('balance', 'points') and o.user_id is null
            """ + Limit),
        new("points_above_rate", """
            select o.tenant, o.id from orders o join
              (select tenant, reference, sum(case reason when 'points_earned' then amount else -amount end) as earned from ledger_transfer
               where reason in ('points_earned', 'points_earned_reversed') group by tenant, reference) e on e.tenant = o.tenant and e.reference = o.id
            where e.earned < 0 or e.earned * 10000 > o.total * o.points_rate
            """ + Limit),
    ];
}
