-- What a buyer asked for where less was agreed to; the amounts are what was agreed.
alter table refund add column asked {int} check (asked is null or asked > amount);
