-- Who recalls a batch, while that isn't finished, and when something was done for it last: a recall that a crash interrupted leaves keys on sale that are known to be bad, and somebody has to go on.
alter table key_batch add column recall_by text;
alter table key_batch add column recall_alive_at {int};
create index key_batch_recalling on key_batch (recall_alive_at) where recall_by is not null;

update key_batch set recall_by = 'system', recall_alive_at = 0 where state = 'Recalled' and exists
  (select 1 from card_key k where k.tenant = key_batch.tenant and k.pool_id = key_batch.pool_id and k.state in ('Available', 'Reserved') and k.id between key_batch.first_id and key_batch.last_id and k.batch_id = key_batch.id);
