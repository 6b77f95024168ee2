-- A payment that several files lack is written off once.
create index reconciliation_item_posted on reconciliation_item (tenant, provider, event_id) where posted is not null;

-- open disputes are counted on each start page
create index payments_disputed on payments (tenant, order_id) where disputed_at is not null;
