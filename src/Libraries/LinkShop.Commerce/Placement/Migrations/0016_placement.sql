-- Tenants that are on their way to or from this database, or were copied here and not yet taken over. Sweeps pass over them, and only their rows may ever leave the books:
-- of a tenant that has moved away the transfers are in the other database.
create table tenant_move (
  tenant text not null primary key check (tenant <> ''),
  role text not null check ({one_of role: Leaving, Arriving, Gone})
) {strict};

--sqlite:drop trigger ledger_transfer_no_delete;
--sqlite:drop trigger ledger_account_no_delete;
--sqlite:create trigger ledger_transfer_no_delete before delete on ledger_transfer when not exists (select 1 from tenant_move where tenant = old.tenant and role <> 'Leaving')
--sqlite:begin select raise(abort, 'A transfer is never deleted.'); end;
--sqlite:create trigger ledger_account_no_delete before delete on ledger_account when not exists (select 1 from tenant_move where tenant = old.tenant and role <> 'Leaving')
--sqlite:begin select raise(abort, 'An account is never deleted.'); end;
--postgres:drop trigger ledger_transfer_immutable on ledger_transfer;
--postgres:drop trigger ledger_account_kept on ledger_account;
--postgres:create function ledger_row_stays() returns trigger language plpgsql as $$ begin if exists (select 1 from tenant_move where tenant = old.tenant and role <> 'Leaving') then return old; end if; raise exception 'A % row is never changed or deleted.', tg_table_name using errcode = 'restrict_violation'; end $$;
--postgres:create trigger ledger_transfer_immutable before update or truncate on ledger_transfer for each statement execute function ledger_immutable();
--postgres:create trigger ledger_transfer_stays before delete on ledger_transfer for each row execute function ledger_row_stays();
--postgres:create trigger ledger_account_kept before truncate on ledger_account for each statement execute function ledger_immutable();
--postgres:create trigger ledger_account_stays before delete on ledger_account for each row execute function ledger_row_stays();
