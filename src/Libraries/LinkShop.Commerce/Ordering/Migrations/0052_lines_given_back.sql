-- Nobody has to deliver a line that was given back, nor do others wait for their money because of it.
delete from order_tasks where exists
  (select 1 from refund r join refund_line b on b.tenant = r.tenant and b.refund_id = r.id
   where r.tenant = order_tasks.tenant and r.order_id = order_tasks.order_id and r.state = 'Approved' and b.line = order_tasks.line
     and 0 = coalesce((select sum(case x.reason when 'sale' then x.amount else -x.amount end) from ledger_transfer x
       where x.tenant = order_tasks.tenant and x.reference = order_tasks.order_id || ':' || cast(order_tasks.line as text) and x.reason in ('sale', 'sale_reversed')), 0));

-- What waited for nothing else is delivered since the last of it was decided to go back.
update orders set fulfilment = 'Done',
  fulfilled_at = (select max(r.decided_at) from refund r where r.tenant = orders.tenant and r.order_id = orders.id and r.state = 'Approved')
where fulfilment = 'Open' and not exists (select 1 from order_tasks t where t.tenant = orders.tenant and t.order_id = orders.id)
  and exists (select 1 from refund r where r.tenant = orders.tenant and r.order_id = orders.id and r.state = 'Approved');

-- Each of its lines that something is kept of is released as after any delivery, but not while a dispute is open.
update order_split set
  release_at = (select o.fulfilled_at from orders o where o.tenant = order_split.tenant and o.id = order_split.order_id) + release_days * cast(86400000 as bigint)
where state = 'Pending' and release_at is null
  and exists (select 1 from orders o where o.tenant = order_split.tenant and o.id = order_split.order_id and o.fulfilment = 'Done' and o.state <> 'Disputed' and o.captured > 0)
  and 0 < coalesce((select sum(case x.reason when 'sale' then x.amount else -x.amount end) from ledger_transfer x
    where x.tenant = order_split.tenant and x.reference = order_split.order_id || ':' || cast(order_split.line as text) and x.reason in ('sale', 'sale_reversed')), 0);

-- So do the rewards of those lines, each not before its own time.
update order_split set reward_at = case
    when release_at + (reward_days - release_days) * cast(86400000 as bigint) < reward_after then reward_after
    else release_at + (reward_days - release_days) * cast(86400000 as bigint) end
where state = 'Pending' and release_at is not null and reward_at is null and reward_days is not null and reward_released_at is null and not reward_voided;

update order_split set intro_at = case
    when release_at + (reward_days - release_days) * cast(86400000 as bigint) < intro_after then intro_after
    else release_at + (reward_days - release_days) * cast(86400000 as bigint) end
where state = 'Pending' and release_at is not null and intro_at is null and intro_after is not null and intro_released_at is null and not intro_voided;
