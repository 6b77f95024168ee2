-- A reward isn't available before the merchant has the sale.
update order_split set reward_days = release_days,
  reward_at = case when reward_at < release_at then release_at else reward_at end,
  intro_at = case when intro_at < release_at then release_at else intro_at end
where reward_days < release_days and reward_released_at is null and intro_released_at is null;

-- What an order's rewards come to is kept of plans without a budget too: one that is set later, or again, counts what stands. Of plans that have a budget the orders of before stay
-- as they were agreed: they were promised by no budget.
insert into referral_budget_use (tenant, order_id, plan_id, promised, minor, at)
select c.tenant, c.order_id, c.plan_id, cast(sum(c.minor) as bigint), cast(sum(coalesce((
    select sum(case when t.reason in ('promoter_share', 'introducer_share') then t.amount else -t.amount end) from ledger_transfer t
    where t.tenant = c.tenant and t.reference = c.order_id || ':' || cast(c.line as text)
      and t.reason in (case c.level when 1 then 'promoter_share' else 'introducer_share' end, case c.level when 1 then 'promoter_share_reversed' else 'introducer_share_reversed' end)), 0)) as bigint), min(c.at)
from referral_commission c join referral_plan p on p.tenant = c.tenant and p.id = c.plan_id and p.budget is null
where not exists (select 1 from referral_budget_use u where u.tenant = c.tenant and u.order_id = c.order_id) group by c.tenant, c.order_id, c.plan_id;
-- without a budget nothing is spent of one
update referral_plan set spent = 0 where budget is null and spent <> 0;
