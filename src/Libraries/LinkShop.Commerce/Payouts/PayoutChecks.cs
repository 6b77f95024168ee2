using LinkShop.Commerce.Verify;

namespace LinkShop.Commerce.Payouts;

/// <summary>The invariants of payouts, as <see cref="VerifyChecks"/> has the others.</summary>
internal static class PayoutChecks
{
    private const string Limit = " limit @most";
    private const string Open = "p.state in ('Requested', 'Approved', 'Sending')";
    private const string Returned = "p.state in ('Failed', 'Rejected', 'Cancelled')";

    // both amounts of a payout, each with the id of its hold and the account it is for
    private const string Parts = """
        (select tenant, id, owner, purpose, currency, state, 'payout:' || id as hold, amount - fee as part, provider as receiver, 'ProviderClearing' as receives from payout
         union all select tenant, id, owner, purpose, currency, state, 'payout:' || id || ':fee', fee, '', 'PlatformRevenue' from payout where fee > 0) p
        """;

    private const string Accounts = " join ledger_account d on d.id = t.debit join ledger_account c on c.id = t.credit ";

    private const string RightAccounts = """
        d.owner = p.owner and d.purpose = p.purpose and d.currency = p.currency and c.owner = p.receiver and c.purpose = p.receives and c.currency = p.currency
        """;

    public static readonly IReadOnlyList<VerifyCheck> All =
    [
        new("payout_hold_missing", "select distinct p.tenant, p.id from " + Parts + " where " + Open
            + " and not exists (select 1 from ledger_hold t" + Accounts + "where t.tenant = p.tenant and t.id = p.hold and t.amount = p.part and " + RightAccounts + ")" + Limit),
        new("payout_hold_left", "select distinct p.tenant, p.id from " + Parts + " join ledger_hold h on h.tenant = p.tenant and h.id = p.hold where not " + Open + Limit),
        new("payout_hold_of_none", """
            select h.tenant, h.id from ledger_hold h where h.id like 'payout:%'
              and not exists (select 1 from payout p where p.tenant = h.tenant and p.id = replace(replace(h.id, 'payout:', ''), ':fee', ''))
            """ + Limit),
        new("payout_paid_without_transfer", "select distinct p.tenant, p.id from " + Parts + " where p.state = 'Paid' and not exists (select 1 from ledger_transfer t" + Accounts
            + "where t.tenant = p.tenant and t.hold_id = p.hold and t.kind = 'Post' and t.amount = p.part and " + RightAccounts + ")" + Limit),
        new("payout_not_returned", "select distinct p.tenant, p.id from " + Parts + " where " + Returned
            + " and not exists (select 1 from ledger_transfer t where t.tenant = p.tenant and t.hold_id = p.hold and t.kind = 'Void')" + Limit),
        new("payout_twice", """
            select tenant, id from (
              select tenant, id from sandbox_payout group by tenant, id having count(*) > 1
              union select tenant, reference as id from ledger_transfer where reason = 'payout' and kind in ('Single', 'Post') and reference is not null group by tenant, reference having count(*) > 1) t
            """ + Limit),
        new("payout_sent_differs", """
            select s.tenant, s.id from sandbox_payout s left join payout p on p.tenant = s.tenant and p.id = s.id and p.provider = 'sandbox' and p.state in ('Sending', 'Paid')
            where p.id is null or p.amount - p.fee <> s.amount or p.currency <> s.currency
            """ + Limit),
        new("payout_paid_unsent", """
            select p.tenant, p.id from payout p where p.provider = 'sandbox' and p.state = 'Paid' and p.confirmed_by is null and not exists (select 1 from sandbox_payout s where s.tenant = p.tenant and s.id = p.id)
            """ + Limit),
    ];

    /// <summary>What the report counts.</summary>
    public static readonly IReadOnlyList<(string Name, string Sql)> Counts =
    [
        ("payees", "select count(*) from payee"),
        ("payouts", "select count(*) from payout"),
        ("payouts_open", "select count(*) from payout p where " + Open),
        ("payouts_paid", "select count(*) from payout where state = 'Paid'"),
    ];
}
