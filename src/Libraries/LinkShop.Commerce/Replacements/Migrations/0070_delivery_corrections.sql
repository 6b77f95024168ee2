-- What a person delivered and corrected later: the delivery has what holds now, this table what stood there before, and why.
create table delivery_correction (
  tenant text not null,
  order_id text not null,
  line {int} not null,
  unit {int} not null,
  number {int} not null check (number >= 1),
  was {blob} not null,
  reason text not null check (length(reason) between 1 and 1000),
  actor text not null,
  at {int} not null,
  primary key (tenant, order_id, line, unit, number),
  foreign key (tenant, order_id, line, unit) references deliveries (tenant, order_id, line, unit)
) {strict};
