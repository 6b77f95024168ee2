-- who put a merchant into a tier decides what they pay: it is on record
alter table merchant add column updated_by text not null default '';
alter table merchant add column updated_at {int} not null default 0;
