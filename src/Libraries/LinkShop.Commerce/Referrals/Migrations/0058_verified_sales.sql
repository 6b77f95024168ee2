-- What each promoter sold that is verified: delivered, paid still, the refund window over, by no promoter, disqualified or taken back by nobody. By the nightly scan; plans and tiers ask for it.
create table referral_verified (
  tenant text not null,
  promoter text not null,
  currency text not null,
  sales {int} not null check (sales >= 0),
  orders {int} not null check (orders >= 0),
  primary key (tenant, promoter, currency)
) {strict}
--sqlite:, without rowid
;

-- see 0003_plan_statistics.sql
--sqlite:insert into sqlite_stat1 (tbl, idx, stat) values ('referral_verified', 'referral_verified', '1000000 100000 1 1');
--sqlite:analyze sqlite_schema;
