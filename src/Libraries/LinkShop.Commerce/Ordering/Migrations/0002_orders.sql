-- What is sold. A version is immutable, so that orders can point at it instead of copying it, and processes can cache it.
create table offers (
  tenant text not null,
  sku_id text not null,
  product_id text not null,
  position {int} not null,
  version {int} not null,
  on_sale {bool} not null,
  primary key (tenant, sku_id)
) {strict};
create index offers_by_product on offers (tenant, product_id, position);

create table offer_versions (
  tenant text not null,
  sku_id text not null,
  version {int} not null,
  document text not null,
  delivery_text {blob},
  primary key (tenant, sku_id, version)
) {strict};

-- Money columns are minor units of the order's currency, times are Unix milliseconds.
-- No index has the state: on PostgreSQL that keeps the update by the payment "heap only".
create table orders (
  tenant text not null,
  id text not null,
  state text not null check ({one_of state: AwaitingPayment, Paid, Fulfilling, Fulfilled, Completed, Expired, Cancelled, Refunded, PartiallyRefunded, Disputed}),
  fulfilment text not null check ({one_of fulfilment: None, Open, Done}),
  currency text not null check (length(currency) = 3),
  subtotal {int} not null check (subtotal >= 0),
  discount {int} not null check (discount between 0 and subtotal),
  total {int} not null check (total = subtotal - discount),
  captured {int} not null check (captured between 0 and total),
  refunded {int} not null check (refunded >= 0),
  refund_due {int} not null check (refund_due >= 0),
  captured_payment text,
  undeliverable {bool} not null,
  contact_hash {blob},
  contact {blob},
  address_hash {blob},
  user_id text,
  password_hash {blob},
  culture text not null,
  coupon text,
  created_at {int} not null,
  reserved_until {int} not null,
  paid_at {int},
  fulfilled_at {int},
  check (captured = 0 or captured_payment is not null),
  check ((fulfilment = 'Done') = (fulfilled_at is not null)),
  primary key (tenant, id)
) {strict}
--sqlite:, without rowid
--postgres: with (fillfactor = 80)
;
create index orders_by_contact on orders (tenant, contact_hash, id) where contact_hash is not null;
create index orders_by_user on orders (tenant, user_id, id) where user_id is not null;

create table order_lines (
  tenant text not null,
  order_id text not null,
  line {int} not null check (line between 1 and 20),
  sku_id text not null,
  version {int} not null,
  quantity {int} not null check (quantity between 1 and 1000),
  unit_price {int} not null check (unit_price >= 0),
  surcharge {int} not null check (surcharge >= 0),
  discount {int} not null check (discount >= 0),
  total {int} not null check (total = unit_price * quantity + surcharge - discount and total >= 0),
  picked_key {int},
  fields {blob},
  primary key (tenant, order_id, line),
  foreign key (tenant, order_id) references orders (tenant, id),
  foreign key (tenant, sku_id, version) references offer_versions (tenant, sku_id, version)
) {strict}
--sqlite:, without rowid
;

-- One row per unpaid order that keeps stock: small however many orders there are, so hoarding and expiry are cheap to look up.
create table order_holds (
  tenant text not null,
  order_id text not null,
  contact_hash {blob},
  address_hash {blob},
  until {int} not null,
  primary key (tenant, order_id)
) {strict}
--sqlite:, without rowid
;
create index order_holds_by_until on order_holds (until);
create index order_holds_by_contact on order_holds (tenant, contact_hash) where contact_hash is not null;
create index order_holds_by_address on order_holds (tenant, address_hash) where address_hash is not null;

-- Purchases of variants with a limit per buyer or address; variants without one don't write here.
create table limited_purchases (
  tenant text not null,
  sku_id text not null,
  subject {blob} not null,
  order_id text not null,
  quantity {int} not null check (quantity > 0),
  at {int} not null,
  primary key (tenant, sku_id, subject, order_id)
) {strict};
create index limited_purchases_by_order on limited_purchases (order_id, tenant);

create table payment_events (
  tenant text not null,
  provider text not null,
  event_id text not null,
  order_id text not null,
  payment_id text not null,
  kind text not null check ({one_of kind: Paid, Failed, Refunded, Disputed, DisputeWon, DisputeLost}),
  amount {int} not null,
  currency text not null,
  refused text,
  actor text,
  note text,
  occurred_at {int} not null,
  received_at {int} not null,
  primary key (tenant, provider, event_id)
) {strict}
--sqlite:, without rowid
;
-- the order first: an index that begins with the tenant tempts PostgreSQL, before it has statistics, to look up by the tenant alone
create index payment_events_by_order on payment_events (order_id, tenant);

create table payments (
  tenant text not null,
  order_id text not null,
  provider text not null,
  payment_id text not null,
  paid {int} not null check (paid >= 0),
  refunded {int} not null check (refunded >= 0),
  disputed {bool} not null,
  dispute_won {bool} not null,
  dispute_lost {bool} not null,
  superseded {bool} not null,
  refund_due {int} not null check (refund_due >= 0 and refund_due <= paid),
  first_at {int} not null,
  primary key (tenant, order_id, provider, payment_id),
  unique (tenant, provider, payment_id),
  foreign key (tenant, order_id) references orders (tenant, id)
) {strict}
--sqlite:, without rowid
;
create index payments_refund_due on payments (tenant, first_at) where refund_due > 0;

-- One row per delivered unit: a unit can't be delivered twice, nor a key to two units.
create table deliveries (
  tenant text not null,
  order_id text not null,
  line {int} not null,
  unit {int} not null check (unit >= 1),
  key_id {int},
  text {blob},
  at {int} not null,
  actor text,
  primary key (tenant, order_id, line, unit),
  foreign key (tenant, order_id, line) references order_lines (tenant, order_id, line)
) {strict}
--sqlite:, without rowid
;
create unique index deliveries_by_key on deliveries (tenant, key_id) where key_id is not null;

create table order_tasks (
  tenant text not null,
  order_id text not null,
  line {int} not null,
  since {int} not null,
  primary key (tenant, order_id, line),
  foreign key (tenant, order_id, line) references order_lines (tenant, order_id, line)
) {strict};
create index order_tasks_by_time on order_tasks (tenant, since);

-- Views by the buyer and acts of staff. What orders, payments and deliveries tell themselves isn't repeated here.
create table order_log (
  tenant text not null,
  order_id text not null,
  id text not null,
  at {int} not null,
  kind text not null,
  actor text,
  note text,
  primary key (tenant, order_id, id)
) {strict}
--sqlite:, without rowid
;

create table coupons (
  tenant text not null,
  code text not null,
  document text not null,
  enabled {bool} not null,
  max_uses {int},
  used {int} not null check (used >= 0),
  primary key (tenant, code)
) {strict};

create table coupon_uses (
  tenant text not null,
  code text not null,
  order_id text not null,
  buyer {blob} not null,
  primary key (tenant, code, order_id),
  foreign key (tenant, code) references coupons (tenant, code),
  foreign key (tenant, order_id) references orders (tenant, id)
) {strict};
create index coupon_uses_by_buyer on coupon_uses (tenant, code, buyer);

create table lookup_failures (
  tenant text not null,
  subject {blob} not null,
  time_window {int} not null,
  failures {int} not null,
  primary key (tenant, subject, time_window)
) {strict};
create index lookup_failures_by_window on lookup_failures (time_window);
