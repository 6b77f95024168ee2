-- Credit that staff gave a user: money for orders, or points. What the user has is in the ledger; here is who gave it and why. Amounts are minor units, times Unix milliseconds.
create table credit_grant (
  tenant text not null,
  id text not null check (length(id) between 1 and 64),
  user_id text not null check (user_id <> ''),
  kind text not null check ({one_of kind: Balance, Points}),
  currency text not null check (length(currency) = 3),
  amount {int} not null check (amount > 0),
  taken_back {int} not null default 0 check (taken_back between 0 and amount),
  reason text not null,
  actor text not null,
  at {int} not null,
  primary key (tenant, id)
) {strict};
create index credit_grant_by_user on credit_grant (tenant, user_id, at, id);

create table credit_take_back (
  tenant text not null,
  id text not null check (length(id) between 1 and 64),
  grant_id text not null,
  amount {int} not null check (amount > 0),
  reason text not null,
  actor text not null,
  at {int} not null,
  primary key (tenant, id),
  foreign key (tenant, grant_id) references credit_grant (tenant, id)
) {strict};
create index credit_take_back_by_grant on credit_take_back (tenant, grant_id);

-- What the buyer was promised when the order was made: hundredths of a percent of what stays paid, in points, once earnings are released.
alter table orders add column points_rate integer not null default 0 check (points_rate between 0 and 10000);
