using LinkShop.Commerce.Verify;

namespace LinkShop.Commerce.Reconciliation;

/// <summary>The invariants of reconciliations.</summary>
internal static class ReconciliationChecks
{
    public static readonly IReadOnlyList<VerifyCheck> All =
    [
        new("reconciliation_counts_differ", """
            select r.tenant, r.id from reconciliation r left join reconciliation_item i on i.tenant = r.tenant and i.reconciliation_id = r.id
            group by r.tenant, r.id, r.missing_here, r.missing_there, r.amount_differs, r.duplicate_in_file, r.open_items
            having r.missing_here <> sum(case when i.outcome = 'MissingHere' then 1 else 0 end) or r.missing_there <> sum(case when i.outcome = 'MissingThere' then 1 else 0 end)
              or r.amount_differs <> sum(case when i.outcome = 'AmountDiffers' then 1 else 0 end) or r.duplicate_in_file <> sum(case when i.outcome = 'DuplicateInFile' then 1 else 0 end)
              or r.open_items <> sum(case when i.state = 'Open' then 1 else 0 end)
            limit @most
            """),
        new("reconciliation_posting_differs", """
            select i.tenant, i.reconciliation_id as id from reconciliation_item i left join
              (select t.tenant, t.reference, sum(case when d.purpose = 'ProviderClearing' then t.amount else -t.amount end) as moved from ledger_transfer t join ledger_account d on d.id = t.debit
               where t.reason in ('written_off', 'written_off_reversed') group by t.tenant, t.reference) l
              on l.tenant = i.tenant and l.reference = 'reconciliation:' || i.reconciliation_id || ':' || cast(i.item as text)
            where coalesce(l.moved, 0) <> case when i.action = 'written_off' then coalesce(i.posted, 0) else 0 end limit @most
            """),
        new("written_off_twice", """
            select tenant, event_id as id from reconciliation_item where posted is not null and event_id is not null group by tenant, provider, event_id having count(*) > 1 limit @most
            """),
        new("arrival_books_differ", """
            select a.tenant, a.id from provider_arrival a left join
              (select tenant, reference, sum(case reason when 'arrival' then amount else -amount end) as moved from ledger_transfer
               where reason in ('arrival', 'arrival_reversed') group by tenant, reference) l on l.tenant = a.tenant and l.reference = a.id
            where coalesce(l.moved, 0) <> case when a.taken_back_at is null then a.amount else 0 end
            union all
            select t.tenant, t.reference from ledger_transfer t where t.reason in ('arrival', 'arrival_reversed')
              and not exists (select 1 from provider_arrival a where a.tenant = t.tenant and a.id = t.reference)
            limit @most
            """),
        new("reconciliation_carried_differs", """
            select r.tenant, r.id from reconciliation r left join
              (select tenant, reconciliation_id, count(*) as n from reconciliation_carried group by tenant, reconciliation_id) c on c.tenant = r.tenant and c.reconciliation_id = r.id
            where r.carried <> coalesce(c.n, 0) limit @most
            """),
    ];
}
