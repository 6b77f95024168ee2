-- What suppliers did that a shop's people have to know, until one of them has seen it. The same thing again is news again.
create table resale_notice (
  tenant text not null,
  id text not null check (length(id) between 1 and 100),
  kind text not null check ({one_of kind: Changed, OffSale, Recalled}),
  title text not null,
  supplier text not null,
  order_id text,
  at {int} not null,
  seen_at {int},
  seen_by text,
  check ((seen_at is null) = (seen_by is null)),
  primary key (tenant, id)
) {strict};
create index resale_notice_open on resale_notice (tenant, at) where seen_at is null;
