-- An earlier decision can be appealed while another such case is open; while an appeal waits, none is opened (the insert asks).
drop index referral_case_open;
create unique index referral_case_open on referral_case (tenant, kind, coalesce(promoter, ''), coalesce(order_id, ''), coalesce(sku_id, '')) where state = 'Open';
