-- What the plans of a platform's shops allow: a copy of the platform's content, read when something is added to a shop.
create table shop_plan (
  tenant text not null check (tenant <> ''),
  code text not null check (length(code) between 1 and 30),
  -- of two plans that are paid for, the higher one counts
  rank {int} not null,
  products {int} not null check (products >= 0),
  staff {int} not null check (staff >= 0),
  storage_mb {int} not null check (storage_mb >= 0),
  domains {int} not null check (domains >= 0),
  fee_basis_points {int} not null check (fee_basis_points between 0 and 10000),
  month_sku text,
  year_sku text,
  primary key (tenant, code)
) {strict};

-- A line of a platform's order that pays for a plan: once, however often its event comes.
create table shop_plan_term (
  tenant text not null,
  order_id text not null check (order_id <> ''),
  line {int} not null check (line > 0),
  shop text not null,
  plan text not null check (length(plan) between 1 and 30),
  bought_at {int} not null,
  -- what was bought, and what is left of that after refunds; in milliseconds
  bought_ms {int} not null check (bought_ms > 0),
  kept_ms {int} not null check (kept_ms >= 0),
  -- where it lies among the shop's other terms
  from_at {int} not null,
  until_at {int} not null,
  check (kept_ms <= bought_ms),
  check (until_at >= from_at),
  primary key (tenant, order_id, line),
  foreign key (tenant, shop) references shop (tenant, shop)
) {strict};
create index shop_plan_term_of on shop_plan_term (tenant, shop);

-- The plan that staff gave, for as long as they said.
alter table shop add column hand_plan text;
alter table shop add column hand_until {int};
-- Until when the present plan is had, the last reminder (1: a week, 2: a day before), and when to look again.
alter table shop add column plan_until {int};
alter table shop add column plan_told {int} not null default 0;
alter table shop add column plan_check_at {int};
create index shop_plan_due on shop (tenant, plan_check_at);

-- Accounts with a role in a shop, besides its owner: as many as its plan has seats.
create table shop_seat (
  tenant text not null,
  shop text not null,
  user_id text not null check (user_id <> ''),
  taken_at {int} not null,
  primary key (tenant, shop, user_id),
  foreign key (tenant, shop) references shop (tenant, shop)
) {strict};
