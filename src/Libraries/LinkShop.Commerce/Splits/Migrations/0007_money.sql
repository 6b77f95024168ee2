-- Fees, shares and refunds. Amounts are minor units of the order's currency, times Unix milliseconds.

-- Every version is kept: an order's shares name the one they were worked out by.
create table fee_policy (
  tenant text not null,
  version {int} not null check (version >= 1),
  document text not null,
  actor text not null,
  at {int} not null,
  primary key (tenant, version)
) {strict};

-- What the rules ask about a merchant; one that isn't here has no tier and no plan, and is new since ever.
create table merchant (
  tenant text not null,
  -- '' is the tenant's own shop
  owner text not null,
  name text not null,
  tier text,
  shop_plan text,
  joined_at {int} not null,
  primary key (tenant, owner)
) {strict};

-- How a line's amount is shared, frozen when it was paid.
create table order_split (
  tenant text not null,
  order_id text not null,
  line {int} not null,
  merchant text not null,
  currency text not null,
  total {int} not null check (total > 0),
  policy {int} not null,
  document text not null,
  state text not null check ({one_of state: Pending, Released}),
  release_days integer not null check (release_days >= 0),
  reserve_points integer not null check (reserve_points between 0 and 10000),
  reserve_days integer not null check (reserve_days >= 0),
  -- null while nothing may be released: not delivered, disputed, or all given back
  release_at {int},
  released_at {int},
  reserved {int} not null default 0 check (reserved between 0 and total),
  reserve_until {int},
  check ((state = 'Released') = (released_at is not null)),
  check (state = 'Pending' or release_at is null),
  check (reserved = 0 or reserve_until is not null),
  primary key (tenant, order_id, line),
  foreign key (tenant, order_id, line) references order_lines (tenant, order_id, line)
) {strict}
--sqlite:, without rowid
;
create index order_split_release on order_split (release_at) where release_at is not null;
create index order_split_reserve on order_split (reserve_until) where reserved > 0;
create index order_split_merchant on order_split (tenant, merchant, release_at) where release_at is not null;

-- How many transfers are about the order: their ids are the order's with a number.
alter table orders add column transfers integer not null default 0;
-- Never above what is to be paid; that it isn't above what was captured is checked under the order's lock.
alter table orders add column refund_approved {int} not null default 0 check (refund_approved between 0 and total);
alter table orders add column reseller text;
alter table orders add column promoter text;
-- What the provider was asked to give back and hasn't confirmed: while it isn't zero nothing more is asked, and asking again repeats the number.
alter table payments add column refund_asked {int} not null default 0 check (refund_asked >= 0);
alter table payments add column refund_asks integer not null default 0;

create table refund (
  tenant text not null,
  id text not null check (length(id) between 1 and 64),
  order_id text not null,
  state text not null check ({one_of state: Requested, Escalated, Approved, Declined}),
  payer text not null check ({one_of payer: Merchant, Platform}),
  reason text not null check ({one_of reason: NotAsDescribed, KeyInvalid, NotDelivered, BoughtByMistake, Goodwill, Other}),
  text text not null,
  amount {int} not null check (amount > 0),
  revokes {bool} not null,
  requested_by text not null,
  answer_due {int},
  decided_by text,
  note text,
  created_at {int} not null,
  decided_at {int},
  check ((state in ('Approved', 'Declined')) = (decided_at is not null)),
  primary key (tenant, id),
  foreign key (tenant, order_id) references orders (tenant, id)
) {strict};
create index refund_by_order on refund (tenant, order_id);
create unique index refund_open on refund (tenant, order_id) where state in ('Requested', 'Escalated');
create index refund_due on refund (answer_due) where state = 'Requested';

create table refund_line (
  tenant text not null,
  refund_id text not null,
  order_id text not null,
  line {int} not null,
  amount {int} not null check (amount > 0),
  primary key (tenant, refund_id, line),
  foreign key (tenant, refund_id) references refund (tenant, id),
  foreign key (tenant, order_id, line) references order_lines (tenant, order_id, line)
) {strict};

-- Two purposes more; and what waits for release has no floor: it is many rows, so that orders of one merchant don't wait for each other.
--postgres:alter table ledger_account drop constraint ledger_account_purpose_check;
--postgres:alter table ledger_account add constraint ledger_account_purpose_check check (purpose in ('BuyerClearing', 'ProviderClearing', 'MerchantPending', 'MerchantAvailable', 'MerchantReserved', 'PlatformRevenue', 'Reseller', 'PromoterPending', 'PromoterAvailable', 'Tax', 'RefundReserve', 'PointsLiability', 'Debt', 'BuyerBalance'));
--postgres:update ledger_account set floored = false where purpose in ('MerchantPending', 'PromoterPending', 'Reseller');
--sqlite:create table ledger_account_new (
--sqlite:  id integer primary key,
--sqlite:  tenant text not null check (tenant <> ''),
--sqlite:  owner text not null,
--sqlite:  purpose text not null check ({one_of purpose: BuyerClearing, ProviderClearing, MerchantPending, MerchantAvailable, MerchantReserved, PlatformRevenue, Reseller, PromoterPending, PromoterAvailable, Tax, RefundReserve, PointsLiability, Debt, BuyerBalance}),
--sqlite:  currency text not null check (length(currency) = 3),
--sqlite:  slot integer not null check (slot >= 0),
--sqlite:  floored integer not null,
--sqlite:  balance integer not null default 0,
--sqlite:  held integer not null default 0 check (held >= 0),
--sqlite:  last_at integer not null default 0,
--sqlite:  check (not floored or balance >= held),
--sqlite:  check (not floored or slot = 0),
--sqlite:  unique (tenant, owner, purpose, currency, slot)
--sqlite:) strict;
--sqlite:insert into ledger_account_new select id, tenant, owner, purpose, currency, slot, case when purpose in ('MerchantPending', 'PromoterPending', 'Reseller') then 0 else floored end, balance, held, last_at from ledger_account;
--sqlite:drop trigger ledger_account_no_delete;
--sqlite:drop table ledger_account;
--sqlite:alter table ledger_account_new rename to ledger_account;
--sqlite:create trigger ledger_account_no_delete before delete on ledger_account begin select raise(abort, 'An account is never deleted.'); end;
