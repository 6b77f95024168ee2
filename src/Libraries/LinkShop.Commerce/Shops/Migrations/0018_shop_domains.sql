-- Domains of micro-shops' own, as host names in ASCII (punycode). `tenant` is the platform's tenant. Times are Unix milliseconds.
create table shop_domain (
  tenant text not null,
  shop text not null,
  domain text not null check (length(domain) between 4 and 240),
  -- what the owner of the domain publishes to show that it is theirs
  token text not null check (length(token) = 32),
  state text not null check ({one_of state: Waiting, Proven, Lost}),
  method text check (method is null or {one_of method: Dns, File, Platform}),
  -- why the last check found nothing: a code
  why text check (length(why) <= 30),
  created_at {int} not null,
  checked_at {int},
  -- when it is looked at again by itself; null: never
  next_check {int},
  -- while it is proven: since when the proof is gone, and whether the owner was told
  gone_since {int},
  warned_at {int},
  check (state = 'Waiting' or method is not null),
  check (gone_since is null or state = 'Proven'),
  check (warned_at is null or gone_since is not null),
  primary key (tenant, shop, domain),
  foreign key (tenant, shop) references shop (tenant, shop) on delete cascade
) {strict};
-- several may wait for a domain, one has it
create unique index shop_domain_holder on shop_domain (tenant, domain) where state = 'Proven';
create index shop_domain_of on shop_domain (tenant, domain, shop);
create index shop_domain_due on shop_domain (tenant, next_check) where next_check is not null;
