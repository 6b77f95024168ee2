using LinkShop.Commerce.Verify;

namespace LinkShop.Commerce.Replacements;

/// <summary>The invariants of replaced keys. That a line's deliveries are as many as were bought is checked with the deliveries.</summary>
internal static class ReplacementChecks
{
    public static readonly IReadOnlyList<VerifyCheck> All =
    [
        new("replaced_key_still_delivered", """
            select d.tenant, d.order_id as id from deliveries d join card_key k on k.tenant = d.tenant and k.id = d.key_id where k.state = 'Replaced' limit @most
            """),
        new("replaced_key_without_replacement", """
            select k.tenant, cast(k.id as text) as id from card_key k where k.state = 'Replaced'
              and not exists (select 1 from key_replacement r where r.tenant = k.tenant and r.old_key = k.id and r.order_id = k.order_id and r.line = k.order_line) limit @most
            """),
        new("replacement_differs", """
            select r.tenant, r.id from key_replacement r left join card_key o on o.tenant = r.tenant and o.id = r.old_key left join card_key n on n.tenant = r.tenant and n.id = r.new_key
            where o.id is null or n.id is null or o.state <> 'Replaced' or o.pool_id <> n.pool_id or n.state not in ('Delivered', 'Replaced', 'Revoked')
              or o.order_id <> r.order_id or n.order_id <> r.order_id or o.order_line <> r.line or n.order_line <> r.line limit @most
            """),
        // the last of a chain of replacements is what the unit has
        new("replacement_not_delivered", """
            select r.tenant, r.id from key_replacement r
            where not exists (select 1 from key_replacement l where l.tenant = r.tenant and l.old_key = r.new_key)
              and not exists (select 1 from deliveries d where d.tenant = r.tenant and d.order_id = r.order_id and d.line = r.line and d.unit = r.unit and d.key_id = r.new_key) limit @most
            """),
    ];
}
