-- Suppliers of whose goods nothing is sold on at present, and why: what the platform's register says of a shop, kept where its goods are. No row: it supplies.
create table resale_halt (
  tenant text not null primary key check (tenant <> ''),
  why text not null check ({one_of why: Plan, Paused, Shut}),
  since {int} not null
) {strict};

-- Whether shops on a plan may supply others.
alter table shop_plan add column supplies {bool} not null default true;
