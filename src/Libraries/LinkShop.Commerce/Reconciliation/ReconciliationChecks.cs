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
        new("reconciliation_carried_differs", """
            select r.tenant, r.id from reconciliation r left join
              (select tenant, reconciliation_id, count(*) as n from reconciliation_carried group by tenant, reconciliation_id) c on c.tenant = r.tenant and c.reconciliation_id = r.id
            where r.carried <> coalesce(c.n, 0) limit @most
            """),
    ];
}
