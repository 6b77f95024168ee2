-- Names of the handlers that are done with a message, one a line: another's failure doesn't bring it to them again.
alter table outbox add column done text;
alter table outbox_dead add column done text;

-- When undoing an import began; from then on nobody stores keys in it or puts it on sale.
alter table key_batch add column undone_at {int};
