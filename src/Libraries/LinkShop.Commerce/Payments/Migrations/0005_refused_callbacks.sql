-- Callbacks that no provider vouched for (bad or stale signature, unreadable): one row per provider, reason and hour, because anybody can send them without end.
create table refused_callbacks (
  tenant text not null,
  provider text not null,
  code text not null,
  hour {int} not null,
  times {int} not null check (times > 0),
  last_at {int} not null,
  primary key (tenant, provider, code, hour)
) {strict};
create index refused_callbacks_by_time on refused_callbacks (tenant, last_at);
create index payment_events_refused on payment_events (tenant, received_at) where refused is not null;

-- see 0003_plan_statistics.sql
--sqlite:insert into sqlite_stat1 (tbl, idx, stat) values
--sqlite:  ('refused_callbacks', 'sqlite_autoindex_refused_callbacks_1', '1000 100 50 20 1'),
--sqlite:  ('refused_callbacks', 'refused_callbacks_by_time', '1000 100 1'),
--sqlite:  ('payment_events', 'payment_events_refused', '1000 100 1');
--sqlite:analyze sqlite_schema;
