-- Whose clicks they are is forgotten with the account.
create index referral_click_by_user on referral_click (tenant, user_id) where user_id is not null;

-- see 0003_plan_statistics.sql
--sqlite:insert into sqlite_stat1 (tbl, idx, stat) values ('referral_click', 'referral_click_by_user', '100000 10000 5');
--sqlite:analyze sqlite_schema;
