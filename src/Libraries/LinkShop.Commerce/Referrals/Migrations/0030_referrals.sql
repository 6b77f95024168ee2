-- Referrals: who may be rewarded for bringing buyers, by which plan, and why an order's reward is what it is. Money is minor units of a currency, times Unix milliseconds.
-- What must hold whatever the code does is a constraint here: who brought whom never changes and has no cycle, nobody is paid deeper than the plan's version allows, an order has one attribution.

-- A tenant's own rules; `stamp` grows with every change to them or to a plan, so that processes know when what they keep in memory is old.
create table referral_program (
  tenant text primary key check (tenant <> ''),
  stamp {int} not null check (stamp > 0),
  enabled {bool} not null,
  document text not null,
  changed_by text not null,
  changed_at {int} not null
) {strict};

-- What an operator's counsel allowed. Two levels can't be allowed in China.
create table referral_approval (
  tenant text not null,
  id text not null check (length(id) between 1 and 64),
  jurisdiction text not null check (length(jurisdiction) = 2 and jurisdiction <> 'CN'),
  counsel text not null check (counsel <> ''),
  reference text not null check (reference <> ''),
  recorded_by text not null,
  recorded_at {int} not null,
  revoked_at {int},
  primary key (tenant, id)
) {strict};

create table referral_plan (
  tenant text not null,
  id text not null check (length(id) between 1 and 64),
  version {int} not null check (version >= 1),
  state text not null check ({one_of state: Draft, Active, Paused, Killed, Spent, Ended}),
  currency text not null check (length(currency) = 3),
  budget {int} check (budget > 0),
  spent {int} not null default 0 check (spent >= 0),
  changed_by text not null,
  changed_at {int} not null,
  check (budget is null or spent <= budget),
  primary key (tenant, id)
) {strict};

create table referral_plan_version (
  tenant text not null,
  plan_id text not null,
  version {int} not null check (version >= 1),
  levels integer not null check (levels between 1 and 2),
  jurisdiction text not null,
  approval text,
  document text not null,
  actor text not null,
  at {int} not null,
  check (levels = 1 or (approval is not null and jurisdiction <> 'CN')),
  primary key (tenant, plan_id, version),
  unique (tenant, plan_id, version, levels),
  foreign key (tenant, plan_id) references referral_plan (tenant, id),
  foreign key (tenant, approval) references referral_approval (tenant, id)
) {strict};

-- `number` grows: whoever joins later has the higher one.
create table referral_promoter (
  number {identity} primary key,
  tenant text not null check (tenant <> ''),
  id text not null check (length(id) between 1 and 100),
  name text not null check (length(name) between 1 and 60),
  state text not null check ({one_of state: Active, Frozen, Killed, Left}),
  tier text not null default '',
  listed {bool} not null,
  joined_at {int} not null,
  adult_at {int} not null,
  terms_version integer not null check (terms_version >= 1),
  reason text,
  changed_by text not null,
  changed_at {int} not null,
  check (state not in ('Frozen', 'Killed') or (reason is not null and reason <> '')),
  unique (tenant, id),
  unique (tenant, id, number)
) {strict};
create index referral_promoter_state on referral_promoter (tenant, state, number) where state in ('Frozen', 'Killed');
create index referral_promoter_joined on referral_promoter (tenant, joined_at);

-- Who brought whom. One for each who was brought, written when they joined. Since who brings joined before who is brought, there is no cycle, however many write at once.
create table referral_edge (
  tenant text not null,
  child text not null,
  child_number {int} not null,
  parent text not null,
  parent_number {int} not null,
  depth integer not null check (depth >= 1),
  root text not null,
  at {int} not null,
  check (parent_number < child_number),
  primary key (tenant, child),
  foreign key (tenant, child, child_number) references referral_promoter (tenant, id, number) on delete cascade,
  foreign key (tenant, parent, parent_number) references referral_promoter (tenant, id, number)
) {strict}
--sqlite:, without rowid
;
create index referral_edge_parent on referral_edge (tenant, parent, child_number);
create index referral_edge_root on referral_edge (tenant, root, depth);

-- Keyed hashes by which a promoter is known again as a buyer.
create table referral_identity (
  tenant text not null,
  hash {blob} not null,
  kind text not null check ({one_of kind: Account, Contact, RealName, Payment, Device, Address}),
  promoter text not null,
  at {int} not null,
  primary key (tenant, hash, kind, promoter),
  foreign key (tenant, promoter) references referral_promoter (tenant, id)
) {strict}
--sqlite:, without rowid
;
create index referral_identity_of on referral_identity (promoter, tenant, kind);

create table referral_link (
  tenant text not null,
  id text not null check (length(id) between 4 and 26),
  promoter text not null,
  target text not null check ({one_of target: Product, Shop, Mall}),
  target_id text not null,
  channel text not null check (length(channel) <= 30),
  campaign text not null check (length(campaign) <= 60),
  -- as shown, and in the one spelling by which it is found
  code text,
  code_key text,
  active {bool} not null,
  at {int} not null,
  check ((code is null) = (code_key is null)),
  primary key (tenant, id),
  unique (tenant, promoter, target, target_id, channel, campaign),
  foreign key (tenant, promoter) references referral_promoter (tenant, id)
) {strict};
create unique index referral_link_code on referral_link (tenant, code_key) where code_key is not null;

create table referral_click (
  tenant text not null,
  id text not null,
  link text not null,
  kind text not null check ({one_of kind: Counted, Repeat, Bot, Prefetch}),
  visitor {blob},
  address {blob},
  user_id text,
  at {int} not null,
  primary key (tenant, id)
) {strict}
--sqlite:, without rowid
;

-- Clicks of signed-in people, for attribution on another device.
create table referral_touch (
  tenant text not null,
  user_id text not null,
  link text not null,
  first_at {int} not null,
  last_at {int} not null,
  click text not null,
  primary key (tenant, user_id, link),
  foreign key (tenant, link) references referral_link (tenant, id)
) {strict}
--sqlite:, without rowid
;

-- Who brought an order's buyer. Written with the order, once. `refused`: nothing is earned by it, and why.
create table referral_attribution (
  tenant text not null,
  order_id text not null,
  promoter text not null,
  link text not null,
  plan_id text not null,
  version {int} not null,
  levels integer not null,
  model text not null check ({one_of model: LastClick, FirstClick, CodeWins}),
  via text not null check ({one_of via: Code, Click, Account}),
  channel text not null,
  campaign text not null,
  buyer text not null check (buyer <> ''),
  -- the promoter, another one, that the buyer was recognised as
  buyer_promoter text,
  first_order {bool} not null,
  touched_at {int} not null,
  evidence text not null,
  refused text check (refused <> ''),
  at {int} not null,
  primary key (tenant, order_id),
  unique (tenant, order_id, plan_id, version, levels),
  foreign key (tenant, order_id) references orders (tenant, id),
  foreign key (tenant, promoter) references referral_promoter (tenant, id),
  foreign key (tenant, plan_id, version, levels) references referral_plan_version (tenant, plan_id, version, levels)
) {strict}
--sqlite:, without rowid
;
create index referral_attribution_promoter on referral_attribution (promoter, tenant, order_id);

-- What was found out after the order was made (who paid it): nothing is earned by it.
create table referral_disqualified (
  tenant text not null,
  order_id text not null,
  reason text not null check (reason <> ''),
  actor text not null,
  at {int} not null,
  primary key (tenant, order_id),
  foreign key (tenant, order_id) references referral_attribution (tenant, order_id)
) {strict};

-- What an order's line was found to earn when it was paid, and how that was worked out. Money is in the ledger alone.
create table referral_commission (
  tenant text not null,
  order_id text not null,
  line {int} not null,
  level integer not null check (level >= 1 and level <= levels),
  promoter text not null,
  plan_id text not null,
  version {int} not null,
  levels integer not null,
  currency text not null,
  minor {int} not null check (minor > 0),
  in_points {bool} not null,
  by_platform {bool} not null,
  trace text not null,
  at {int} not null,
  primary key (tenant, order_id, line, level),
  foreign key (tenant, order_id, line) references order_split (tenant, order_id, line),
  foreign key (tenant, order_id, plan_id, version, levels) references referral_attribution (tenant, order_id, plan_id, version, levels),
  foreign key (tenant, promoter) references referral_promoter (tenant, id)
) {strict}
--sqlite:, without rowid
;
create index referral_commission_promoter on referral_commission (promoter, tenant, order_id);

-- A plan's bonus for a buyer's first order is given once for each buyer.
create table referral_bonus (
  tenant text not null,
  plan_id text not null,
  buyer text not null,
  order_id text not null,
  at {int} not null,
  primary key (tenant, plan_id, buyer),
  foreign key (tenant, order_id) references referral_attribution (tenant, order_id)
) {strict}
--sqlite:, without rowid
;

-- Rewards wait longer than the merchant's part: until the refund window after delivery and the dispute window are over. Null days: the share is released with the line.
alter table order_split add column reward_days integer check (reward_days is null or reward_days >= 0);
alter table order_split add column reward_after {int};
alter table order_split add column reward_at {int};
alter table order_split add column reward_released_at {int};
alter table order_split add column reward_voided {bool} not null default false;
create index order_split_reward on order_split (reward_at) where reward_at is not null;
create index order_split_voided on order_split (tenant, order_id) where reward_voided;

-- What counters have still to take up: written with the facts, folded many at a time.
create table referral_tally (
  seq {identity} primary key,
  tenant text not null,
  kind text not null check ({one_of kind: Click, Order, Accrued, Reversed, Released, TakenBack, Join, Brought}),
  promoter text not null,
  order_id text,
  channel text not null,
  campaign text not null,
  currency text not null,
  clicks {int} not null default 0,
  visits {int} not null default 0,
  new_buyers {int} not null default 0,
  minor {int} not null default 0,
  at {int} not null
) {strict};

create table referral_day (
  tenant text not null,
  promoter text not null,
  day integer not null,
  channel text not null,
  campaign text not null,
  currency text not null,
  clicks {int} not null default 0,
  visits {int} not null default 0,
  orders {int} not null default 0,
  new_buyers {int} not null default 0,
  sales {int} not null default 0,
  accrued {int} not null default 0,
  reversed {int} not null default 0,
  released {int} not null default 0,
  primary key (tenant, promoter, day, channel, campaign, currency)
) {strict}
--sqlite:, without rowid
;

create table referral_total (
  tenant text not null,
  promoter text not null,
  currency text not null,
  clicks {int} not null default 0,
  visits {int} not null default 0,
  orders {int} not null default 0,
  new_buyers {int} not null default 0,
  sales {int} not null default 0,
  accrued {int} not null default 0,
  reversed {int} not null default 0,
  released {int} not null default 0,
  primary key (tenant, promoter, currency)
) {strict}
--sqlite:, without rowid
;
create index referral_total_best on referral_total (tenant, currency, sales desc, promoter);

create table referral_product (
  tenant text not null,
  promoter text not null,
  sku_id text not null,
  currency text not null,
  orders {int} not null default 0,
  sales {int} not null default 0,
  primary key (tenant, promoter, sku_id, currency)
) {strict}
--sqlite:, without rowid
;

create table referral_campaign_day (
  tenant text not null,
  plan_id text not null,
  campaign text not null,
  day integer not null,
  currency text not null,
  orders {int} not null default 0,
  new_buyers {int} not null default 0,
  sales {int} not null default 0,
  discounts {int} not null default 0,
  accrued {int} not null default 0,
  reversed {int} not null default 0,
  primary key (tenant, plan_id, campaign, day, currency)
) {strict}
--sqlite:, without rowid
;

-- The whole tenant by day, for the loop's health.
create table referral_health_day (
  tenant text not null,
  day integer not null,
  currency text not null,
  clicks {int} not null default 0,
  visits {int} not null default 0,
  orders {int} not null default 0,
  new_buyers {int} not null default 0,
  sales {int} not null default 0,
  accrued {int} not null default 0,
  reversed {int} not null default 0,
  joins {int} not null default 0,
  brought {int} not null default 0,
  -- by the nightly scan: promoters with a visit, and buyers
  sharers {int} not null default 0,
  buyers {int} not null default 0,
  primary key (tenant, day, currency)
) {strict}
--sqlite:, without rowid
;

-- Who sold to whom. `buyer_promoter`: the buyer is known to be a promoter.
create table referral_relation (
  tenant text not null,
  promoter text not null,
  buyer text not null,
  buyer_promoter text,
  currency text not null,
  orders {int} not null default 0,
  sales {int} not null default 0,
  primary key (tenant, promoter, buyer, currency)
) {strict}
--sqlite:, without rowid
;
create index referral_relation_circle on referral_relation (tenant, promoter, buyer_promoter) where buyer_promoter is not null;
create index referral_relation_back on referral_relation (tenant, buyer_promoter, promoter) where buyer_promoter is not null;

create table referral_cohort (
  tenant text not null,
  cohort integer not null,
  month integer not null,
  promoters {int} not null,
  primary key (tenant, cohort, month)
) {strict};

create table referral_case (
  tenant text not null,
  id text not null check (length(id) = 26),
  kind text not null check ({one_of kind: SelfBought, Ring, Velocity, CouponSite, PeopleAndLevels, TicketSku, SameAddress, Manual}),
  promoter text,
  order_id text,
  sku_id text,
  state text not null check ({one_of state: Open, Upheld, Dismissed, Appealed, AppealUpheld, AppealDismissed}),
  evidence text not null,
  opened_at {int} not null,
  decided_by text,
  decision text,
  decided_at {int},
  appeal text,
  appealed_at {int},
  appeal_by text,
  appeal_decision text,
  appeal_at {int},
  check ((state = 'Open') = (decided_at is null)),
  check (decided_at is null or (decision is not null and decided_by is not null)),
  check (appeal_by is null or appeal_by <> decided_by),
  primary key (tenant, id)
) {strict};
create unique index referral_case_open on referral_case (tenant, kind, coalesce(promoter, ''), coalesce(order_id, ''), coalesce(sku_id, '')) where state in ('Open', 'Appealed');
create index referral_case_queue on referral_case (tenant, state, id);
create index referral_case_promoter on referral_case (promoter, tenant) where promoter is not null;
create index referral_case_order on referral_case (order_id, tenant) where order_id is not null;
create index referral_case_decided on referral_case (decided_at) where decided_at is not null;
create index referral_case_appealed on referral_case (appeal_at) where appeal_at is not null;

create table referral_log (
  tenant text not null,
  id text not null,
  subject text not null,
  what text not null,
  actor text not null,
  note text,
  at {int} not null,
  primary key (tenant, id)
) {strict};
create index referral_log_of on referral_log (subject, tenant, id);

-- Of a tenant that has moved to another database the rows may go, see 0016_placement.sql.
--sqlite:create trigger referral_edge_no_update before update on referral_edge begin select raise(abort, 'Who brought whom is never changed.'); end;
--sqlite:create trigger referral_edge_no_delete before delete on referral_edge when exists (select 1 from referral_promoter p where p.tenant = old.tenant and p.id = old.child) and not exists (select 1 from tenant_move m where m.tenant = old.tenant and m.role <> 'Leaving') begin select raise(abort, 'Who brought whom is never changed.'); end;
--sqlite:create trigger referral_promoter_no_delete before delete on referral_promoter when exists (select 1 from orders o where o.tenant = old.tenant) and not exists (select 1 from tenant_move m where m.tenant = old.tenant and m.role <> 'Leaving') begin select raise(abort, 'A promoter is never deleted.'); end;
--sqlite:create trigger referral_promoter_fixed before update on referral_promoter when new.tenant <> old.tenant or new.id <> old.id or new.number <> old.number or new.joined_at <> old.joined_at begin select raise(abort, 'Who a promoter is never changes.'); end;
--sqlite:create trigger referral_plan_version_no_update before update on referral_plan_version begin select raise(abort, 'A version is never changed.'); end;
--sqlite:create trigger referral_attribution_no_update before update on referral_attribution begin select raise(abort, 'An attribution is never changed.'); end;
--sqlite:create trigger referral_attribution_no_delete before delete on referral_attribution when not exists (select 1 from tenant_move m where m.tenant = old.tenant and m.role <> 'Leaving') begin select raise(abort, 'An attribution is never deleted.'); end;
--sqlite:create trigger referral_commission_no_update before update on referral_commission begin select raise(abort, 'A commission is never changed.'); end;
--sqlite:create trigger referral_commission_no_delete before delete on referral_commission when not exists (select 1 from tenant_move m where m.tenant = old.tenant and m.role <> 'Leaving') begin select raise(abort, 'A commission is never deleted.'); end;
--sqlite:create trigger referral_disqualified_no_update before update on referral_disqualified begin select raise(abort, 'It is never changed.'); end;
--sqlite:create trigger referral_disqualified_no_delete before delete on referral_disqualified when not exists (select 1 from tenant_move m where m.tenant = old.tenant and m.role <> 'Leaving') begin select raise(abort, 'It is never deleted.'); end;
--postgres:create function referral_row_stays() returns trigger language plpgsql as $$ begin if exists (select 1 from tenant_move m where m.tenant = old.tenant and m.role <> 'Leaving') then return old; end if; raise exception 'A % row is never changed or deleted.', tg_table_name using errcode = 'restrict_violation'; end $$;
--postgres:create function referral_edge_kept() returns trigger language plpgsql as $$ begin if exists (select 1 from referral_promoter p where p.tenant = old.tenant and p.id = old.child) and not exists (select 1 from tenant_move m where m.tenant = old.tenant and m.role <> 'Leaving') then raise exception 'Who brought whom is never changed.' using errcode = 'restrict_violation'; end if; return old; end $$;
--postgres:create function referral_promoter_kept() returns trigger language plpgsql as $$ begin if exists (select 1 from orders o where o.tenant = old.tenant) and not exists (select 1 from tenant_move m where m.tenant = old.tenant and m.role <> 'Leaving') then raise exception 'A promoter is never deleted.' using errcode = 'restrict_violation'; end if; return old; end $$;
--postgres:create function referral_promoter_fixed() returns trigger language plpgsql as $$ begin if new.tenant <> old.tenant or new.id <> old.id or new.number <> old.number or new.joined_at <> old.joined_at then raise exception 'Who a promoter is never changes.' using errcode = 'restrict_violation'; end if; return new; end $$;
--postgres:create trigger referral_edge_no_update before update or truncate on referral_edge for each statement execute function ledger_immutable();
--postgres:create trigger referral_edge_no_delete before delete on referral_edge for each row execute function referral_edge_kept();
--postgres:create trigger referral_promoter_no_delete before delete on referral_promoter for each row execute function referral_promoter_kept();
--postgres:create trigger referral_promoter_fixed before update on referral_promoter for each row execute function referral_promoter_fixed();
--postgres:create trigger referral_plan_version_no_update before update on referral_plan_version for each statement execute function ledger_immutable();
--postgres:create trigger referral_attribution_immutable before update or truncate on referral_attribution for each statement execute function ledger_immutable();
--postgres:create trigger referral_attribution_stays before delete on referral_attribution for each row execute function referral_row_stays();
--postgres:create trigger referral_commission_immutable before update or truncate on referral_commission for each statement execute function ledger_immutable();
--postgres:create trigger referral_commission_stays before delete on referral_commission for each row execute function referral_row_stays();
--postgres:create trigger referral_disqualified_immutable before update or truncate on referral_disqualified for each statement execute function ledger_immutable();
--postgres:create trigger referral_disqualified_stays before delete on referral_disqualified for each row execute function referral_row_stays();

-- see 0003_plan_statistics.sql
--sqlite:insert into sqlite_stat1 (tbl, idx, stat) values
--sqlite:  ('referral_promoter', 'sqlite_autoindex_referral_promoter_1', '1000000 100000 1'),
--sqlite:  ('referral_promoter', 'sqlite_autoindex_referral_promoter_2', '1000000 100000 1 1'),
--sqlite:  ('referral_promoter', 'referral_promoter_state', '1000 100 50 1'),
--sqlite:  ('referral_promoter', 'referral_promoter_joined', '1000000 100000 1'),
--sqlite:  ('referral_edge', 'referral_edge', '1000000 100000 1'),
--sqlite:  ('referral_edge', 'referral_edge_parent', '1000000 100000 5 1'),
--sqlite:  ('referral_edge', 'referral_edge_root', '1000000 100000 20 5'),
--sqlite:  ('referral_identity', 'referral_identity', '4000000 400000 1 1 1'),
--sqlite:  ('referral_identity', 'referral_identity_of', '4000000 4 4 1'),
--sqlite:  ('referral_link', 'sqlite_autoindex_referral_link_1', '1000000 100000 1'),
--sqlite:  ('referral_link', 'sqlite_autoindex_referral_link_2', '1000000 100000 3 2 2 1 1'),
--sqlite:  ('referral_link', 'referral_link_code', '1000000 100000 1'),
--sqlite:  ('referral_click', 'referral_click', '10000000 1000000 1'),
--sqlite:  ('referral_touch', 'referral_touch', '1000000 100000 2 1'),
--sqlite:  ('referral_attribution', 'referral_attribution', '1000000 100000 1'),
--sqlite:  ('referral_attribution', 'referral_attribution_promoter', '1000000 5 5 1'),
--sqlite:  ('referral_commission', 'referral_commission', '1000000 100000 1 1 1'),
--sqlite:  ('referral_commission', 'referral_commission_promoter', '1000000 5 5 1'),
--sqlite:  ('referral_relation', 'referral_relation', '10000000 1000000 10 1 1'),
--sqlite:  ('referral_relation', 'referral_relation_circle', '100000 10000 2 1'),
--sqlite:  ('referral_relation', 'referral_relation_back', '100000 10000 2 1'),
--sqlite:  ('referral_total', 'referral_total', '1000000 100000 1 1'),
--sqlite:  ('referral_total', 'referral_total_best', '1000000 100000 50000 10 1'),
--sqlite:  ('referral_day', 'referral_day', '10000000 1000000 30 3 1 1 1'),
--sqlite:  ('order_split', 'order_split_voided', '1000 100 1'),
--sqlite:  ('order_split', 'order_split_reward', '10000 2');
--sqlite:analyze sqlite_schema;
