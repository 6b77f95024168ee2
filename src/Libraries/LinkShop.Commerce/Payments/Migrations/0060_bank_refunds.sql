-- What staff gave back by a bank transfer: the provider still has it, and the bank doesn't.
alter table payments add column from_bank {int} not null default 0 check (from_bank >= 0);
