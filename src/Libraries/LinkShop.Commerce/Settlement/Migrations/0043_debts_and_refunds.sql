-- Whoever owes has nothing free to be paid out; the sweep that looks for it reads debts only, which are few.
create index ledger_account_debt on ledger_account (tenant, owner, currency) where purpose = 'Debt';

-- see 0003_plan_statistics.sql
--sqlite:insert into sqlite_stat1 (tbl, idx, stat) values
--sqlite:  ('ledger_account', 'ledger_account_debt', '1000 100 1 1');
--sqlite:analyze sqlite_schema;
