-- what the worker looks for every minute, however many payouts there have been
create index payout_to_send on payout (tenant, id) where state in ('Approved', 'Sending');
