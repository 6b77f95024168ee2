using System.Globalization;
using LinkShop.Commerce.Verify;

namespace LinkShop.Commerce.Referrals;

/// <summary>The 13 invariants of referrals as far as rows can tell. Constraints refuse most of these; a restored or repaired database may have lost them.</summary>
internal static class ReferralChecks
{
    private const string Limit = " limit @most";

    public static readonly IReadOnlyList<VerifyCheck> All =
    [
        // 1: depth
        new("referral_depth_unapproved", """
            select c.tenant, c.order_id as id from referral_commission c join referral_plan_version v on v.tenant = c.tenant and v.plan_id = c.plan_id and v.version = c.version
            where c.level > v.levels or (c.level > 1 and (v.jurisdiction = 'CN' or v.approval is null)) or c.level > 2
            """ + Limit),
        new("referral_introducer_differs", """
            select c.tenant, c.order_id as id from referral_commission c join referral_attribution a on a.tenant = c.tenant and a.order_id = c.order_id
              left join referral_edge e on e.tenant = c.tenant and e.child = a.promoter
            where (c.level = 1 and c.promoter <> a.promoter) or (c.level = 2 and (e.parent is null or e.parent <> c.promoter))
            """ + Limit),
        // 2: only settled sales are rewarded
        new("referral_reward_without_sale", """
            select t.tenant, t.id from ledger_transfer t where t.reason in ('promoter_share', 'introducer_share')
              and not exists (select 1 from order_split s where s.tenant = t.tenant and t.reference = s.order_id || ':' || cast(s.line as text))
            """ + Limit),
        // 5: caps
        new("referral_above_cap", AboveCap("json_extract(c.trace, '$.input.{0}')", "json_extract(v.document, '$.{0}')", "json_extract(l.value, '$.{0}')", "json_each(c.trace, '$.input.lines') l"),
            AboveCap("cast(c.trace::json -> 'input' ->> '{0}' as bigint)", "cast(v.document::json ->> '{0}' as bigint)", "cast(l.value ->> '{0}' as bigint)", "json_array_elements(c.trace::json -> 'input' -> 'lines') l")),
        new("referral_budget_exceeded", "select tenant, id from referral_plan where spent > budget or (excess > 0 and (budget is null or spent <> budget))" + Limit),
        // a budget counts what stands: of each plan what its orders have of it, of each order what the books say, at most what was promised; orders that no budget promised may be counted by a later one
        new("referral_budget_differs", """
            select p.tenant, p.id from referral_plan p left join (select tenant, plan_id, cast(sum(minor) as bigint) as stands from referral_budget_use group by tenant, plan_id) u on u.tenant = p.tenant and u.plan_id = p.id
            where p.spent + p.excess <> case when p.budget is null then 0 else coalesce(u.stands, 0) end
            """ + Limit),
        new("referral_budget_use_differs", """
            select c.tenant, c.order_id as id from (
              select r.tenant, r.order_id, cast(sum(r.minor) as bigint) as promised, max(case when r.trace like '%"budgetLeft":%' then 1 else 0 end) as counts, max(r.plan_id) as plan_id from referral_commission r group by r.tenant, r.order_id) c
              left join (select r.tenant, r.order_id, cast(sum(case when t.reason in ('promoter_share', 'introducer_share') then t.amount else -t.amount end) as bigint) as stands from referral_commission r
                join ledger_transfer t on t.tenant = r.tenant and t.reference = r.order_id || ':' || cast(r.line as text)
                  and t.reason in (case r.level when 1 then 'promoter_share' else 'introducer_share' end, case r.level when 1 then 'promoter_share_reversed' else 'introducer_share_reversed' end)
                group by r.tenant, r.order_id) b on b.tenant = c.tenant and b.order_id = c.order_id
              left join referral_budget_use u on u.tenant = c.tenant and u.order_id = c.order_id
            where (c.counts = 1 and u.order_id is null) or (u.order_id is not null and (u.minor <> coalesce(b.stands, 0) or u.promised <> c.promised or u.plan_id <> c.plan_id))
            union all
            select u.tenant, u.order_id as id from referral_budget_use u where not exists (select 1 from referral_commission c where c.tenant = u.tenant and c.order_id = u.order_id)
            """ + Limit),
        // 6: no reward before its time
        new("reward_not_due", """
            select o.tenant, o.id from orders o join order_split s on s.tenant = o.tenant and s.order_id = o.id where (s.reward_at is not null or s.intro_at is not null)
              and (o.fulfilment <> 'Done' or o.state = 'Disputed' or (s.reward_at is not null and (s.reward_voided or s.reward_at < s.reward_after)) or (s.intro_at is not null and (s.intro_voided or s.intro_after is null or s.intro_at < s.intro_after))
                or s.reward_at < s.release_at or s.intro_at < s.release_at)
            """ + Limit),
        new("reward_released_early", """
            select s.tenant, s.order_id as id from order_split s join orders o on o.tenant = s.tenant and o.id = s.order_id where s.reward_released_at < s.reward_after or s.intro_released_at < s.intro_after
              or s.reward_released_at < o.fulfilled_at + s.reward_days * cast(86400000 as bigint) or s.intro_released_at < o.fulfilled_at + s.reward_days * cast(86400000 as bigint)
            """ + Limit),
        // 7: what is in the books is what was worked out, less what went back
        new("referral_books_differ", """
            select c.tenant, c.order_id as id from referral_commission c join ledger_transfer t on t.tenant = c.tenant and t.reference = c.order_id || ':' || cast(c.line as text)
              and t.reason in (case c.level when 1 then 'promoter_share' else 'introducer_share' end, case c.level when 1 then 'promoter_share_reversed' else 'introducer_share_reversed' end)
            group by c.tenant, c.order_id, c.line, c.level, c.minor
            having sum(case when t.reason in ('promoter_share', 'introducer_share') then t.amount else -t.amount end) > c.minor or sum(case when t.reason in ('promoter_share', 'introducer_share') then t.amount else -t.amount end) < 0
            """ + Limit),
        new("referral_share_without_trace", """
            select s.tenant, s.order_id as id from order_split s where s.reward_days is not null and not exists (select 1 from referral_commission c where c.tenant = s.tenant and c.order_id = s.order_id and c.line = s.line)
            """ + Limit),
        // 8: buyer = promoter
        new("referral_self_rewarded", """
            select a.tenant, a.order_id as id from referral_attribution a join referral_commission c on c.tenant = a.tenant and c.order_id = a.order_id join orders o on o.tenant = a.tenant and o.id = a.order_id
            where a.refused is not null or o.user_id = a.promoter or o.user_id = c.promoter or (c.level = 2 and a.buyer_promoter = c.promoter)
            """ + Limit),
        // and what was known by then (a minute for who writes at the same time)
        new("referral_introducer_is_seller", """
            select c.tenant, c.order_id as id from referral_commission c join referral_attribution a on a.tenant = c.tenant and a.order_id = c.order_id
            where c.level = 2 and exists (select 1 from referral_identity i join referral_identity j on j.promoter = a.promoter and j.tenant = i.tenant and j.kind = i.kind and j.hash = i.hash
              where i.promoter = c.promoter and i.tenant = c.tenant and i.kind <> 'Address' and i.at < c.at - 60000 and j.at < c.at - 60000)
            """ + Limit),
        new("referral_disqualified_rewarded", """
            select d.tenant, d.order_id as id from referral_disqualified d join referral_commission c on c.tenant = d.tenant and c.order_id = d.order_id where c.at >= d.at
            """ + Limit),
        // 9: one attribution, its promoter is the order's; edges lead back in time and to one root
        new("attribution_promoter_differs", """
            select a.tenant, a.order_id as id from referral_attribution a join orders o on o.tenant = a.tenant and o.id = a.order_id
            where (a.refused is null and coalesce(o.promoter, '') <> a.promoter) or (a.refused is not null and o.promoter is not null)
            """ + Limit),
        new("referral_edge_backwards", """
            select e.tenant, e.child as id from referral_edge e join referral_promoter c on c.tenant = e.tenant and c.id = e.child join referral_promoter p on p.tenant = e.tenant and p.id = e.parent
            where c.number <= p.number or c.number <> e.child_number or p.number <> e.parent_number or e.at <> c.joined_at
            """ + Limit),
        new("referral_edge_depth_differs", """
            select e.tenant, e.child as id from referral_edge e left join referral_edge u on u.tenant = e.tenant and u.child = e.parent
            where e.depth <> coalesce(u.depth, 0) + 1 or e.root <> coalesce(u.root, e.parent)
            """ + Limit),
        // 10: a frozen promoter has a reason, and a case or a person behind it
        new("referral_frozen_without_case", """
            select p.tenant, p.id from referral_promoter p where p.state = 'Frozen' and not exists (select 1 from referral_case k where k.promoter = p.id and k.tenant = p.tenant and k.state not in ('Dismissed', 'AppealUpheld'))
            """ + Limit),
        // 11: adults
        new("referral_promoter_not_adult", "select tenant, id from referral_promoter where adult_at is null or adult_at > changed_at" + Limit),
        // 13: traces name the version that the order keeps
        new("referral_plan_differs", """
            select c.tenant, c.order_id as id from referral_commission c join referral_attribution a on a.tenant = c.tenant and a.order_id = c.order_id where a.plan_id <> c.plan_id or a.version <> c.version
            """ + Limit),
    ];

    // by what each trace was worked out from: the caps of program and plan of what was paid less tax and the buyer's discount, the plan's amount, what its budget had left
    private static string AboveCap(string input, string plan, string line, string lines)
    {
        string Of(string form, string field) => string.Format(CultureInfo.InvariantCulture, form, field);
        string Part(string points) => $"c.basis * {points} / 10000 - c.discount";
        return $"""
            select c.tenant, c.id from (
              select c.tenant, c.order_id as id, cast(sum(c.minor) as bigint) as minor, max((select cast(sum({Of(line, "total")} - {Of(line, "tax")}) as bigint) from {lines})) as basis,
                max({Of(input, "discountMinor")}) as discount, max({Of(input, "programCap")}) as cap, max({Of(input, "budgetLeft")}) as left_over,
                max({Of(plan, "capBasisPoints")}) as plan_cap, max({Of(plan, "marginBasisPoints")}) as margin, max({Of(plan, "capMinor")}) as most
              from referral_commission c join referral_plan_version v on v.tenant = c.tenant and v.plan_id = c.plan_id and v.version = c.version group by c.tenant, c.order_id) c
            where c.minor > {Part("c.cap")} or c.minor > {Part("c.plan_cap")} or c.minor > {Part("c.margin")} or c.minor > c.most or c.minor > c.left_over
            """ + Limit;
    }
}
