-- What staff gave back by hand of a payment that they had confirmed counts as given back of the payment that superseded it; with the superseded one stands what it handed on.
alter table payments add column by_hand {int} not null default 0 check (by_hand >= 0);
