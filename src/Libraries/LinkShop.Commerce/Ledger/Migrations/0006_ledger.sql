-- Double-entry books. Amounts are minor units of the account's currency, times Unix milliseconds. Balances are credits less debits, so that of each currency all of
-- them together are zero.
create table ledger_account (
  id {identity} primary key,
  tenant text not null check (tenant <> ''),
  -- '' is the tenant itself
  owner text not null,
  purpose text not null check ({one_of purpose: BuyerClearing, ProviderClearing, MerchantPending, MerchantAvailable, MerchantReserved, PlatformRevenue, Reseller, PromoterPending, PromoterAvailable, Tax, RefundReserve, PointsLiability}),
  currency text not null check (length(currency) = 3),
  -- an account that every order touches is kept in several rows, or all orders would wait for one
  slot integer not null check (slot >= 0),
  floored {bool} not null,
  balance {int} not null default 0,
  held {int} not null default 0 check (held >= 0),
  last_at {int} not null default 0,
  check (not floored or balance >= held),
  -- a floor over several rows would be none
  check (not floored or slot = 0),
  unique (tenant, owner, purpose, currency, slot)
) {strict}
--postgres: with (fillfactor = 50)
;

-- Never changed and never deleted; a mistake is corrected by another transfer. The balances after it are kept with it: what an account had at any moment is one look.
create table ledger_transfer (
  seq {identity} primary key,
  tenant text not null,
  id text not null check (length(id) between 1 and 100),
  kind text not null check ({one_of kind: Single, Hold, Post, Void}),
  debit {int} not null,
  credit {int} not null,
  amount {int} not null check (amount > 0),
  debit_after {int},
  credit_after {int},
  hold_id text,
  reason text not null check (length(reason) between 1 and 100),
  reference text,
  at {int} not null,
  expires_at {int},
  check (debit <> credit),
  check (case kind when 'Single' then 1 when 'Post' then 1 else 0 end = case when debit_after is null then 0 else 1 end),
  check (case when debit_after is null then 0 else 1 end = case when credit_after is null then 0 else 1 end),
  check (case kind when 'Post' then 1 when 'Void' then 1 else 0 end = case when hold_id is null then 0 else 1 end),
  check (expires_at is null or kind = 'Hold'),
  unique (tenant, id)
) {strict};
-- a hold ends once
create unique index ledger_transfer_hold on ledger_transfer (tenant, hold_id) where hold_id is not null;
-- the tenant is in them so that every condition is: without statistics PostgreSQL would take the tenant for rare and sort all of an account's transfers
create index ledger_transfer_debit on ledger_transfer (debit, tenant, at, seq) where debit_after is not null;
create index ledger_transfer_credit on ledger_transfer (credit, tenant, at, seq) where credit_after is not null;

-- holds that have not ended
create table ledger_hold (
  tenant text not null,
  id text not null,
  debit {int} not null,
  credit {int} not null,
  amount {int} not null check (amount > 0),
  expires_at {int},
  primary key (tenant, id),
  foreign key (tenant, id) references ledger_transfer (tenant, id)
) {strict};
create index ledger_hold_expiry on ledger_hold (expires_at) where expires_at is not null;

--sqlite:create trigger ledger_transfer_no_update before update on ledger_transfer begin select raise(abort, 'A transfer is never changed.'); end;
--sqlite:create trigger ledger_transfer_no_delete before delete on ledger_transfer begin select raise(abort, 'A transfer is never deleted.'); end;
--sqlite:create trigger ledger_account_no_delete before delete on ledger_account begin select raise(abort, 'An account is never deleted.'); end;
--postgres:create function ledger_immutable() returns trigger language plpgsql as $$ begin raise exception 'A % row is never changed or deleted.', tg_table_name using errcode = 'restrict_violation'; end $$;
--postgres:create trigger ledger_transfer_immutable before update or delete or truncate on ledger_transfer for each statement execute function ledger_immutable();
--postgres:create trigger ledger_account_kept before delete or truncate on ledger_account for each statement execute function ledger_immutable();
