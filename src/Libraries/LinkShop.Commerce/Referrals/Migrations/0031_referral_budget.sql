-- A plan's budget counts the rewards that stand: what a refund or a decision takes back is the budget's again. `spent` is what of them is within it, and never more than it;
-- `excess` is what stands again (an appeal was right) after others had used the budget up. A sale only ever adds to `spent`, so none passes the budget.
alter table referral_plan add column excess {int} not null default 0 check (excess >= 0 and (excess = 0 or (budget is not null and spent = budget)));

-- What an order has of its plan's budget: `promised` when it was paid, `minor` what of it stands now.
create table referral_budget_use (
  tenant text not null,
  order_id text not null,
  plan_id text not null,
  promised {int} not null check (promised > 0),
  minor {int} not null check (minor >= 0 and minor <= promised),
  at {int} not null,
  primary key (tenant, order_id),
  foreign key (tenant, order_id) references referral_attribution (tenant, order_id),
  foreign key (tenant, plan_id) references referral_plan (tenant, id)
) {strict}
--sqlite:, without rowid
;

-- Of a tenant that has moved to another database the rows may go, see 0016_placement.sql.
--sqlite:create trigger referral_budget_use_fixed before update on referral_budget_use when new.tenant <> old.tenant or new.order_id <> old.order_id or new.plan_id <> old.plan_id or new.promised <> old.promised or new.at <> old.at begin select raise(abort, 'What was promised is never changed.'); end;
--sqlite:create trigger referral_budget_use_no_delete before delete on referral_budget_use when not exists (select 1 from tenant_move m where m.tenant = old.tenant and m.role <> 'Leaving') begin select raise(abort, 'What was promised is never deleted.'); end;
--postgres:create function referral_budget_use_fixed() returns trigger language plpgsql as $$ begin if new.tenant <> old.tenant or new.order_id <> old.order_id or new.plan_id <> old.plan_id or new.promised <> old.promised or new.at <> old.at then raise exception 'What was promised is never changed.' using errcode = 'restrict_violation'; end if; return new; end $$;
--postgres:create trigger referral_budget_use_fixed before update on referral_budget_use for each row execute function referral_budget_use_fixed();
--postgres:create trigger referral_budget_use_stays before delete on referral_budget_use for each row execute function referral_row_stays();

-- Orders that were paid before this was kept: whether a budget counted is in the trace, what stands is in the books.
insert into referral_budget_use (tenant, order_id, plan_id, promised, minor, at)
select c.tenant, c.order_id, c.plan_id, cast(sum(c.minor) as bigint), cast(sum(coalesce((
    select sum(case when t.reason in ('promoter_share', 'introducer_share') then t.amount else -t.amount end) from ledger_transfer t
    where t.tenant = c.tenant and t.reference = c.order_id || ':' || cast(c.line as text)
      and t.reason in (case c.level when 1 then 'promoter_share' else 'introducer_share' end, case c.level when 1 then 'promoter_share_reversed' else 'introducer_share_reversed' end)), 0)) as bigint), min(c.at)
from referral_commission c where c.trace like '%"budgetLeft":%' group by c.tenant, c.order_id, c.plan_id;
update referral_plan set spent = coalesce((select cast(sum(u.minor) as bigint) from referral_budget_use u where u.tenant = referral_plan.tenant and u.plan_id = referral_plan.id), 0);

-- see 0003_plan_statistics.sql
--sqlite:insert into sqlite_stat1 (tbl, idx, stat) values ('referral_budget_use', 'referral_budget_use', '1000000 100000 1');
--sqlite:analyze sqlite_schema;
