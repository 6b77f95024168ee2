-- Counts what was changed of a coupon: an order uses the terms that it was priced by or none, and of two people who change it at once one is told.
alter table coupons add column version {int} not null default 1;
