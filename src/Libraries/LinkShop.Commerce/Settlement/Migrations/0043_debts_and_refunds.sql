-- Whoever owes has nothing free to be paid out; the sweep that looks for it reads debts only, which are few.
create index ledger_account_debt on ledger_account (tenant, owner, currency) where purpose = 'Debt';

-- see 0003_plan_statistics.sql
--sqlite:insert into sqlite_stat1 (tbl, idx, stat) values
--sqlite:  ('ledger_account', 'ledger_account_debt', '1000 100 1 1');
--sqlite:analyze sqlite_schema;

-- What went back before a refund was decided, by nobody's decision: later decisions aren't about it.
alter table payments add column undecided {int} not null default 0 check (undecided >= 0);
-- What lost disputes took; a part of the payment can be disputed.
alter table payments add column lost {int} not null default 0 check (lost >= 0);
-- By the provider's clock: a dispute that began after the last one had ended is another one.
alter table payments add column disputed_at {int};
alter table payments add column dispute_ended_at {int};
-- The provider said no to what it was asked to give back, so a person may do it.
alter table payments add column refund_refused {bool} not null default false;

-- a lost dispute was booked as if all of the payment had been lost
update payments set lost = case when paid > 0 then paid else coalesce((select sum(e.amount) from payment_events e where e.tenant = payments.tenant and e.order_id = payments.order_id
  and e.provider = payments.provider and e.payment_id = payments.payment_id and e.kind = 'DisputeLost' and e.refused is null), 0) end where dispute_lost;
update payments set disputed_at = (select max(e.occurred_at) from payment_events e where e.tenant = payments.tenant and e.order_id = payments.order_id
  and e.provider = payments.provider and e.payment_id = payments.payment_id and e.kind = 'Disputed' and e.refused is null) where disputed;
-- and one that had ended didn't begin anew
update payments set dispute_ended_at = (select max(e.occurred_at) from payment_events e where e.tenant = payments.tenant and e.order_id = payments.order_id
  and e.provider = payments.provider and e.payment_id = payments.payment_id and e.kind in ('Disputed', 'DisputeWon', 'DisputeLost') and e.refused is null) where dispute_won or dispute_lost;

-- Nothing is kept of what was paid, and a dispute took of it: the goods are the buyer's no more.
alter table orders add column charged_back {bool} not null default false;
update orders set charged_back = true where state = 'Refunded' and exists (select 1 from payments p where p.tenant = orders.tenant and p.order_id = orders.id and p.lost > 0);
