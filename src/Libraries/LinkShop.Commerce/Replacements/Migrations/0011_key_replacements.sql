-- A delivered unit whose key was exchanged: the delivery has the key that holds now, this table how it came there. No key goes out or comes in twice.
create table key_replacement (
  tenant text not null,
  id text not null check (length(id) between 1 and 64),
  order_id text not null,
  line {int} not null,
  unit {int} not null,
  old_key {int} not null,
  new_key {int} not null,
  reason text not null check ({one_of reason: DoesntWork, AlreadyUsed, WrongOne}),
  text text not null check (length(text) <= 1000),
  actor text not null,
  at {int} not null,
  check (old_key <> new_key),
  primary key (tenant, id),
  unique (tenant, old_key),
  unique (tenant, new_key),
  foreign key (tenant, order_id, line, unit) references deliveries (tenant, order_id, line, unit)
) {strict};
create index key_replacement_by_order on key_replacement (tenant, order_id);
