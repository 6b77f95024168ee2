-- Goods of others. A supplier (tenant) offers a variant to shops; a shop lists it at its own price; each sale makes an order at the supplier in the same transaction.

-- '' for own goods, else the listing that the variant sells: a resold variant can't be offered for resale again, because a resale offer refers to one with ''.
alter table offers add column listing text not null default '';
create unique index offers_kind on offers (tenant, sku_id, listing);
create unique index offers_by_listing on offers (tenant, listing) where listing <> '';

create table resale_offer (
  tenant text not null,
  id text not null check (length(id) between 1 and 64),
  sku_id text not null,
  listing text not null default '' check (listing = ''),
  title text not null,
  variant text not null,
  supplier text not null,
  currency text not null check (length(currency) = 3),
  floor_price {int} not null check (floor_price > 0),
  suggested_price {int} not null,
  -- what a shop pays for one: a price, or what its own price leaves after its commission in basis points
  cost {int},
  rate integer,
  refunds text not null check ({one_of refunds: SupplierPays, ResellerPays}),
  audience text not null check ({one_of audience: Everybody, Listed}),
  state text not null check ({one_of state: Offered, Stopped}),
  version integer not null check (version >= 1),
  note text not null,
  changed_by text not null,
  changed_at {int} not null,
  check (suggested_price >= floor_price),
  check ((cost is null) <> (rate is null)),
  check (cost is null or cost between 1 and floor_price),
  check (rate is null or rate between 0 and 9000),
  primary key (tenant, id),
  unique (tenant, sku_id),
  foreign key (tenant, sku_id, listing) references offers (tenant, sku_id, listing)
) {strict};

create table resale_audience (
  tenant text not null,
  offer_id text not null,
  shop text not null check (shop <> ''),
  primary key (tenant, offer_id, shop),
  foreign key (tenant, offer_id) references resale_offer (tenant, id)
) {strict};

-- The supplier's side of a listing: whom to tell. It knows the shop and nothing of its buyers.
create table resale_outlet (
  tenant text not null,
  offer_id text not null,
  shop text not null check (shop <> tenant),
  listing text not null,
  since {int} not null,
  primary key (tenant, offer_id, shop),
  foreign key (tenant, offer_id) references resale_offer (tenant, id)
) {strict};

-- The shop's side. No foreign key leaves the tenant, as none does elsewhere; "verify" looks that both sides fit.
create table resale_listing (
  tenant text not null,
  id text not null check (length(id) between 1 and 64),
  upstream text not null check (upstream <> tenant),
  offer_id text not null,
  sku_id text not null,
  accepted_version integer not null,
  created_by text not null,
  created_at {int} not null,
  primary key (tenant, id),
  unique (tenant, upstream, offer_id),
  unique (tenant, sku_id)
) {strict};

-- How many lines of an order come from suppliers; and whose shop an order at a supplier is for. Never both: the chain has one link.
alter table orders add column supplies integer not null default 0 check (supplies >= 0);
alter table orders add column supply_shop text check (supply_shop is null or (supplies = 0 and supply_shop <> tenant));
create index orders_by_supply_shop on orders (tenant, supply_shop, id) where supply_shop is not null;

-- Which order at which supplier a shop's line stands on, at the terms it was sold at.
create table supply_line (
  tenant text not null,
  order_id text not null,
  line {int} not null,
  upstream text not null check (upstream <> tenant),
  supply_order text not null,
  offer_id text not null,
  cost {int} not null check (cost > 0),
  refunds text not null check ({one_of refunds: SupplierPays, ResellerPays}),
  delivered {bool} not null default false,
  primary key (tenant, order_id, line),
  unique (tenant, supply_order),
  foreign key (tenant, order_id, line) references order_lines (tenant, order_id, line)
) {strict}
--sqlite:, without rowid
;

-- Two purposes more.
--postgres:alter table ledger_account drop constraint ledger_account_purpose_check;
--postgres:alter table ledger_account add constraint ledger_account_purpose_check check (purpose in ('BuyerClearing', 'ProviderClearing', 'MerchantPending', 'MerchantAvailable', 'MerchantReserved', 'PlatformRevenue', 'Reseller', 'PromoterPending', 'PromoterAvailable', 'Tax', 'RefundReserve', 'PointsLiability', 'Debt', 'BuyerBalance', 'SupplyPayable', 'SupplyReceivable'));
--sqlite:create table ledger_account_new (
--sqlite:  id integer primary key,
--sqlite:  tenant text not null check (tenant <> ''),
--sqlite:  owner text not null,
--sqlite:  purpose text not null check ({one_of purpose: BuyerClearing, ProviderClearing, MerchantPending, MerchantAvailable, MerchantReserved, PlatformRevenue, Reseller, PromoterPending, PromoterAvailable, Tax, RefundReserve, PointsLiability, Debt, BuyerBalance, SupplyPayable, SupplyReceivable}),
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
--sqlite:insert into ledger_account_new select id, tenant, owner, purpose, currency, slot, floored, balance, held, last_at from ledger_account;
--sqlite:drop trigger ledger_account_no_delete;
--sqlite:drop table ledger_account;
--sqlite:alter table ledger_account_new rename to ledger_account;
--sqlite:create trigger ledger_account_no_delete before delete on ledger_account begin select raise(abort, 'An account is never deleted.'); end;

-- see 0003_plan_statistics.sql
--sqlite:insert into sqlite_stat1 (tbl, idx, stat) values
--sqlite:  ('offers', 'offers_kind', '10000 1000 1 1'),
--sqlite:  ('offers', 'offers_by_listing', '1000 100 1'),
--sqlite:  ('orders', 'orders_by_supply_shop', '100000 10000 100 1'),
--sqlite:  ('supply_line', 'supply_line', '100000 10000 1 1'),
--sqlite:  ('supply_line', 'sqlite_autoindex_supply_line_2', '100000 10000 1');
--sqlite:analyze sqlite_schema;
