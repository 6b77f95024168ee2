-- Names of the handlers that are done with a message, one a line: another's failure doesn't bring it to them again.
alter table outbox add column done text;
alter table outbox_dead add column done text;
