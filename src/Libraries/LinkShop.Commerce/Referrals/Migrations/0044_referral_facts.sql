-- An introducer's part of a line goes its own way: what is wrong with the introducer holds up nothing of the seller's. `intro_after`: before then it isn't released; null: the line has no introducer.
alter table order_split add column intro_after {int};
alter table order_split add column intro_at {int};
alter table order_split add column intro_released_at {int};
alter table order_split add column intro_voided {bool} not null default false;
update order_split set intro_after = reward_after, intro_at = reward_at, intro_released_at = reward_released_at, intro_voided = reward_voided
  where reward_days is not null and exists (select 1 from referral_commission c where c.tenant = order_split.tenant and c.order_id = order_split.order_id and c.line = order_split.line and c.level = 2);
create index order_split_intro on order_split (intro_at) where intro_at is not null;
create index order_split_intro_voided on order_split (tenant, order_id) where intro_voided;

-- Who sold to whom counts what buyers kept, as all other counters do. What went back and is still to be folded is folded by the new rule.
update referral_relation set sales = sales - coalesce((
    select cast(sum(o.total - o.captured - coalesce((select sum(t.minor) from referral_tally t where t.tenant = o.tenant and t.order_id = o.id and t.kind = 'Returned'), 0)) as bigint)
    from referral_attribution a join orders o on o.tenant = a.tenant and o.id = a.order_id
    where a.tenant = referral_relation.tenant and a.promoter = referral_relation.promoter and a.buyer = referral_relation.buyer and o.currency = referral_relation.currency
      and o.promoter is not null and o.captured < o.total and o.paid_at is not null and exists (select 1 from order_split s where s.tenant = a.tenant and s.order_id = a.order_id)), 0)
  where exists (select 1 from referral_attribution a join orders o on o.tenant = a.tenant and o.id = a.order_id
    where a.promoter = referral_relation.promoter and a.tenant = referral_relation.tenant and a.buyer = referral_relation.buyer and o.promoter is not null and o.captured < o.total and o.paid_at is not null);

-- Orders whose books have to be looked at once more, by the sweep that releases rewards: of what the platform gave back promoters kept their part before.
create table referral_recheck (
  tenant text not null,
  order_id text not null,
  primary key (tenant, order_id),
  foreign key (tenant, order_id) references orders (tenant, id)
) {strict}
--sqlite:, without rowid
;
insert into referral_recheck (tenant, order_id)
  select distinct r.tenant, r.order_id from refund r join order_split s on s.tenant = r.tenant and s.order_id = r.order_id
  where r.state = 'Approved' and r.payer = 'Platform' and (s.document like '%"kind":"Promoter"%' or s.document like '%"kind":"Introducer"%');

-- see 0003_plan_statistics.sql
--sqlite:insert into sqlite_stat1 (tbl, idx, stat) values ('order_split', 'order_split_intro', '10000 2'), ('order_split', 'order_split_intro_voided', '1000 100 1');
--sqlite:analyze sqlite_schema;
