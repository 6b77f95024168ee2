-- What each shop of a platform costs and brings: a copy, made from the books every now and then, so that a report of all shops asks no shop. `tenant` is the platform's tenant.
create table shop_usage (
  tenant text not null,
  shop text not null,
  products {int} not null default 0 check (products >= 0),
  orders {int} not null default 0 check (orders >= 0),
  records {int} not null default 0 check (records >= 0),
  -- counted when they are answered, not when the rest is
  requests {int} not null default 0 check (requests >= 0),
  -- kept by the shop with each file; null: never counted
  media_bytes {int} check (media_bytes >= 0),
  -- when the last file was added
  media_at {int} not null default 0,
  primary key (tenant, shop),
  foreign key (tenant, shop) references shop (tenant, shop) on delete cascade
) {strict};

create table shop_earning (
  tenant text not null,
  shop text not null,
  currency text not null check (length(currency) = 3),
  turnover {int} not null check (turnover >= 0),
  -- below zero when the platform bore more refunds than it earned
  commission {int} not null,
  plans {int} not null check (plans >= 0),
  primary key (tenant, shop, currency),
  foreign key (tenant, shop) references shop (tenant, shop) on delete cascade
) {strict};

-- When all shops were last counted, and when they are counted again.
create table shop_count (
  tenant text primary key check (tenant <> ''),
  counted_at {int} not null,
  due_at {int} not null,
  check (due_at > counted_at)
) {strict};
