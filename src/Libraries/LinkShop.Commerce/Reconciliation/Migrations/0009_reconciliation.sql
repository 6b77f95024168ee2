-- One row per settlement file of a payment provider that was compared with payment_events, and one item for each difference. What matched is only counted: it is most
-- of a file. payment_events gets no index for this: every checkout would pay for it, and staff compare a file about once a month.
create table reconciliation (
  tenant text not null,
  id text not null,
  provider text not null,
  file_name text not null,
  file_hash text not null check (length(file_hash) = 64),
  period_from {int} not null,
  period_until {int} not null check (period_until > period_from),
  created_by text not null,
  created_at {int} not null,
  lines {int} not null,
  fees {int} not null check (fees >= 0),
  matched {int} not null check (matched >= 0),
  missing_here {int} not null check (missing_here >= 0),
  missing_there {int} not null check (missing_there >= 0),
  amount_differs {int} not null check (amount_differs >= 0),
  duplicate_in_file {int} not null check (duplicate_in_file >= 0),
  carried {int} not null check (carried >= 0),
  open_items {int} not null check (open_items >= 0),
  sums text not null,
  -- each line of the file is counted once
  check (lines = fees + matched + missing_here + amount_differs + duplicate_in_file),
  primary key (tenant, id),
  unique (tenant, provider, file_hash)
) {strict};

create table reconciliation_item (
  tenant text not null,
  reconciliation_id text not null,
  item {int} not null check (item > 0),
  provider text not null,
  line {int},
  type text not null check ({one_of type: Payment, Refund, Chargeback}),
  payment_id text not null,
  order_id text,
  reference text,
  event_id text,
  their_amount {int},
  their_currency text,
  our_amount {int},
  our_currency text,
  at {int} not null,
  settled_before {bool} not null,
  outcome text not null check ({one_of outcome: MissingHere, MissingThere, AmountDiffers, DuplicateInFile}),
  state text not null check ({one_of state: Open, Resolved}),
  action text,
  note text,
  resolved_by text,
  resolved_at {int},
  check ((line is null) = (outcome = 'MissingThere')),
  check ((line is null) = (their_amount is null)),
  check ((event_id is null) = (outcome = 'MissingHere' or outcome = 'DuplicateInFile')),
  check ((event_id is null) = (our_amount is null)),
  check ((state = 'Resolved') = (action is not null)),
  check ((action is null) = (resolved_by is null)),
  check ((action is null) = (resolved_at is null)),
  primary key (tenant, reconciliation_id, item),
  foreign key (tenant, reconciliation_id) references reconciliation (tenant, id)
) {strict}
--sqlite:, without rowid
;
-- a later file asks which payments an earlier one lacked
create index reconciliation_item_missing on reconciliation_item (tenant, provider, event_id) where outcome = 'MissingThere';

-- Events of ours that a file settled although they happened outside its period, at the turn of a month above all. Without it the file of their own period would
-- report them as missing, and a second payment of the same money would pass as matched.
create table reconciliation_carried (
  tenant text not null,
  provider text not null,
  event_id text not null,
  reconciliation_id text not null,
  primary key (tenant, provider, event_id),
  foreign key (tenant, reconciliation_id) references reconciliation (tenant, id)
) {strict}
--sqlite:, without rowid
;

-- see 0003_plan_statistics.sql
--sqlite:insert into sqlite_stat1 (tbl, idx, stat) values
--sqlite:  ('reconciliation', 'sqlite_autoindex_reconciliation_1', '1000 100 1'),
--sqlite:  ('reconciliation', 'sqlite_autoindex_reconciliation_2', '1000 100 50 1'),
--sqlite:  ('reconciliation_item', 'reconciliation_item', '100000 10000 100 1'),
--sqlite:  ('reconciliation_item', 'reconciliation_item_missing', '50000 5000 2500 1'),
--sqlite:  ('reconciliation_carried', 'reconciliation_carried', '10000 1000 500 1');
--sqlite:analyze sqlite_schema;
