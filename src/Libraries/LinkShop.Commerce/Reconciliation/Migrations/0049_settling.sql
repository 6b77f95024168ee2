-- Dealing with a difference may move money: the payment that was taken over, or what was written off (above zero when the provider holds more than our events say).
alter table reconciliation_item add column posted {int} check (posted is null or action in ('taken_over', 'written_off'));

-- What providers paid out to the platform's bank. One that was recorded by mistake is taken back and stays to be seen; its reference is free again.
create table provider_arrival (
  tenant text not null,
  id text not null,
  provider text not null,
  reference text not null,
  currency text not null check (length(currency) = 3),
  amount {int} not null check (amount > 0),
  -- the day at the bank, as the date is written
  day text not null check (length(day) = 10),
  created_by text not null,
  created_at {int} not null,
  taken_back_by text,
  taken_back_at {int},
  check ((taken_back_by is null) = (taken_back_at is null)),
  primary key (tenant, id)
) {strict}
--sqlite:, without rowid
;
create unique index provider_arrival_reference on provider_arrival (tenant, provider, reference) where taken_back_at is null;

-- see 0003_plan_statistics.sql
--sqlite:insert into sqlite_stat1 (tbl, idx, stat) values
--sqlite:  ('provider_arrival', 'provider_arrival', '10000 100 1'),
--sqlite:  ('provider_arrival', 'provider_arrival_reference', '10000 100 50 1');
--sqlite:analyze sqlite_schema;
