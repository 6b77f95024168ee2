-- The same where another line of the order was delivered by hand after that: the days until its release never began.
update order_split set release_at = (select o.fulfilled_at from orders o where o.tenant = order_split.tenant and o.id = order_split.order_id) + release_days * cast(86400000 as {int})
  where state = 'Pending' and release_at is null
    and exists (select 1 from orders o where o.tenant = order_split.tenant and o.id = order_split.order_id and o.fulfilment = 'Done' and o.fulfilled_at is not null and o.state <> 'Disputed')
    and exists (select 1 from refund r join refund_line l on l.tenant = r.tenant and l.refund_id = r.id where r.tenant = order_split.tenant and r.order_id = order_split.order_id and l.line = order_split.line and r.state = 'Approved' and r.payer = 'Platform');
