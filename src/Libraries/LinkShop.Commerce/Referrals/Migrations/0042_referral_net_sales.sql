-- One kind of case more: an alarm that few of those whom promoters brought are anything else than promoters. And one kind of fact: what buyers have again of a sale.
--postgres:alter table referral_tally drop constraint referral_tally_kind_check;
--postgres:alter table referral_tally add constraint referral_tally_kind_check check ({one_of kind: Click, Order, Returned, Accrued, Reversed, Released, TakenBack, Join, Brought});
--postgres:alter table referral_case drop constraint referral_case_kind_check;
--postgres:alter table referral_case add constraint referral_case_kind_check check ({one_of kind: SelfBought, Ring, Velocity, CouponSite, PeopleAndLevels, TicketSku, FewBuyers, SameAddress, Manual});
--sqlite:create table referral_case_new (
--sqlite:  tenant text not null,
--sqlite:  id text not null check (length(id) = 26),
--sqlite:  kind text not null check ({one_of kind: SelfBought, Ring, Velocity, CouponSite, PeopleAndLevels, TicketSku, FewBuyers, SameAddress, Manual}),
--sqlite:  promoter text,
--sqlite:  order_id text,
--sqlite:  sku_id text,
--sqlite:  state text not null check ({one_of state: Open, Upheld, Dismissed, Appealed, AppealUpheld, AppealDismissed}),
--sqlite:  evidence text not null,
--sqlite:  opened_at {int} not null,
--sqlite:  decided_by text,
--sqlite:  decision text,
--sqlite:  decided_at {int},
--sqlite:  appeal text,
--sqlite:  appealed_at {int},
--sqlite:  appeal_by text,
--sqlite:  appeal_decision text,
--sqlite:  appeal_at {int},
--sqlite:  opened_told_at {int},
--sqlite:  decided_told_at {int} check (decided_told_at is null or decided_at is not null),
--sqlite:  appeal_told_at {int} check (appeal_told_at is null or appeal_at is not null),
--sqlite:  check ((state = 'Open') = (decided_at is null)),
--sqlite:  check (decided_at is null or (decision is not null and decided_by is not null)),
--sqlite:  check (appeal_by is null or appeal_by <> decided_by),
--sqlite:  primary key (tenant, id)
--sqlite:) {strict};
--sqlite:insert into referral_case_new (tenant, id, kind, promoter, order_id, sku_id, state, evidence, opened_at, decided_by, decision, decided_at, appeal, appealed_at, appeal_by, appeal_decision, appeal_at, opened_told_at, decided_told_at, appeal_told_at)
--sqlite:  select tenant, id, kind, promoter, order_id, sku_id, state, evidence, opened_at, decided_by, decision, decided_at, appeal, appealed_at, appeal_by, appeal_decision, appeal_at, opened_told_at, decided_told_at, appeal_told_at from referral_case;
--sqlite:drop table referral_case;
--sqlite:alter table referral_case_new rename to referral_case;
--sqlite:create unique index referral_case_open on referral_case (tenant, kind, coalesce(promoter, ''), coalesce(order_id, ''), coalesce(sku_id, '')) where state in ('Open', 'Appealed');
--sqlite:create index referral_case_queue on referral_case (tenant, state, id);
--sqlite:create index referral_case_promoter on referral_case (promoter, tenant) where promoter is not null;
--sqlite:create index referral_case_order on referral_case (order_id, tenant) where order_id is not null;
--sqlite:create index referral_case_decided on referral_case (decided_at) where decided_at is not null;
--sqlite:create index referral_case_appealed on referral_case (appeal_at) where appeal_at is not null;

--sqlite:create table referral_tally_new (
--sqlite:  seq {identity} primary key,
--sqlite:  tenant text not null,
--sqlite:  kind text not null check ({one_of kind: Click, Order, Returned, Accrued, Reversed, Released, TakenBack, Join, Brought}),
--sqlite:  promoter text not null,
--sqlite:  order_id text,
--sqlite:  channel text not null,
--sqlite:  campaign text not null,
--sqlite:  currency text not null,
--sqlite:  clicks {int} not null default 0,
--sqlite:  visits {int} not null default 0,
--sqlite:  new_buyers {int} not null default 0,
--sqlite:  minor {int} not null default 0,
--sqlite:  at {int} not null
--sqlite:) {strict};
--sqlite:insert into referral_tally_new (seq, tenant, kind, promoter, order_id, channel, campaign, currency, clicks, visits, new_buyers, minor, at) select seq, tenant, kind, promoter, order_id, channel, campaign, currency, clicks, visits, new_buyers, minor, at from referral_tally;
--sqlite:drop table referral_tally;
--sqlite:alter table referral_tally_new rename to referral_tally;

-- sales of before were counted without looking at what went back
insert into referral_tally (tenant, kind, promoter, order_id, channel, campaign, currency, minor, at)
  select a.tenant, 'Returned', a.promoter, a.order_id, a.channel, a.campaign, o.currency, o.total - o.captured, o.paid_at
  from referral_attribution a join orders o on o.tenant = a.tenant and o.id = a.order_id
  where o.promoter is not null and o.captured < o.total and o.paid_at is not null and exists (select 1 from order_split s where s.tenant = a.tenant and s.order_id = a.order_id);

-- orders whose code was typed at checkout: they have no visit, so they aren't in the conversion
alter table referral_health_day add column by_code {int} not null default 0;
