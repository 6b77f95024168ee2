-- The micro-shops of a platform. `tenant` is the platform's tenant, `shop` is the shop's own. Times are Unix milliseconds.
create table shop_sequence (
  tenant text primary key check (tenant <> ''),
  last {int} not null check (last > 0)
) {strict};

create table shop (
  tenant text not null check (tenant <> ''),
  shop text not null check (length(shop) between 1 and 63),
  number {int} not null check (number > 0),
  slug text not null check (length(slug) between 3 and 30),
  title text not null check (length(title) between 1 and 60),
  category text not null check (length(category) <= 30),
  owner_user text not null check (owner_user <> ''),
  owner_name text not null check (owner_name <> ''),
  owner_email text,
  plan text not null check (length(plan) between 1 and 30),
  state text not null check ({one_of state: Opening, Open, Paused, Suspended, Closed}),
  reason text,
  -- while it is being opened: until when the one who does it is waited for
  opening_until {int},
  -- title, address and owner in lower case, for the search
  words text not null,
  created_at {int} not null,
  updated_at {int} not null,
  check ((state = 'Opening') = (opening_until is not null)),
  -- nobody is shut out without being told why
  check (state <> 'Suspended' or (reason is not null and reason <> '')),
  primary key (tenant, shop)
) {strict};
create unique index shop_number on shop (tenant, number);
create unique index shop_slug_now on shop (tenant, slug);
create index shop_by_state on shop (tenant, state, number);
create index shop_by_plan on shop (tenant, plan, number);
create index shop_by_owner on shop (tenant, owner_user, number);

-- Every address a shop has or had: it and what looks like it stay this shop's.
create table shop_slug (
  tenant text not null,
  skeleton text not null check (skeleton <> ''),
  slug text not null,
  shop text not null,
  claimed_at {int} not null,
  primary key (tenant, skeleton),
  -- the address is claimed before its shop is written
  foreign key (tenant, shop) references shop (tenant, shop) deferrable initially deferred
) {strict};
create unique index shop_slug_once on shop_slug (tenant, slug);
create index shop_slug_of on shop_slug (tenant, shop);

-- Who did what with a shop.
create table shop_log (
  number {identity} primary key,
  tenant text not null,
  shop text not null,
  at {int} not null,
  actor text not null,
  what text not null,
  note text
) {strict};
create index shop_log_of on shop_log (tenant, shop, number);

-- A way from the platform into one shop, once, for a minute. The code itself is nowhere.
create table shop_entry (
  tenant text not null,
  code_hash {blob} not null check (length(code_hash) = 32),
  shop text not null,
  user_id text not null check (user_id <> ''),
  user_name text not null,
  email text,
  staff {bool} not null,
  expires_at {int} not null,
  used_at {int},
  primary key (tenant, code_hash)
) {strict};
create index shop_entry_by_end on shop_entry (tenant, expires_at);
