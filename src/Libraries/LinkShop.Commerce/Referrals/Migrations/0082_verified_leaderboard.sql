-- The leaderboard is by verified sales, as tiers are: what isn't settled, or was bought by promoters, makes nobody first.
drop index referral_total_best;
create index referral_verified_best on referral_verified (tenant, currency, sales desc, promoter);
-- of all shops, for the platform's people
create index referral_case_waiting on referral_case (tenant, appealed_at) where state = 'Appealed';
--sqlite:insert into sqlite_stat1 (tbl, idx, stat) values ('referral_verified', 'referral_verified_best', '1000000 100000 50000 10 1'), ('referral_case', 'referral_case_waiting', '100 5 1');
--sqlite:analyze sqlite_schema;
