-- What buyers ask and shops answer. Times are Unix milliseconds. What people write and the pictures they send are encrypted: buyers paste card keys.
create table ticket (
  tenant text not null,
  id text not null,
  order_id text,
  category text not null check ({one_of category: KeyInvalid, NotDelivered, Refund, Question}),
  state text not null check ({one_of state: Open, Answered, Closed}),
  contact_hash {blob},
  contact {blob},
  user_id text,
  password_hash {blob},
  culture text not null,
  assignee text,
  messages {int} not null check (messages between 1 and 200),
  -- answers the buyer hasn't opened
  unread {int} not null default 0 check (unread between 0 and messages),
  created_at {int} not null,
  changed_at {int} not null,
  -- since when the buyer waits for an answer
  waiting_since {int},
  check ((state = 'Open') = (waiting_since is not null)),
  check ((contact_hash is null) = (contact is null)),
  check (order_id is not null or contact_hash is not null or user_id is not null),
  primary key (tenant, id),
  foreign key (tenant, order_id) references orders (tenant, id)
) {strict};
create index ticket_by_order on ticket (tenant, order_id, id) where order_id is not null;
create index ticket_by_contact on ticket (tenant, contact_hash, id) where contact_hash is not null;
create index ticket_by_user on ticket (tenant, user_id, id) where user_id is not null;
create index ticket_waiting on ticket (tenant, waiting_since, id) where waiting_since is not null;
create index ticket_by_change on ticket (tenant, state, changed_at, id);

create table ticket_message (
  tenant text not null,
  id text not null check (length(id) between 1 and 64),
  ticket_id text not null,
  number {int} not null check (number between 1 and 200),
  author text not null check ({one_of author: Buyer, Staff}),
  actor text,
  text {blob} not null,
  address_hash {blob},
  at {int} not null,
  check ((author = 'Staff') = (actor is not null)),
  primary key (tenant, id),
  unique (tenant, ticket_id, number),
  foreign key (tenant, ticket_id) references ticket (tenant, id)
) {strict};
create index ticket_message_by_address on ticket_message (tenant, address_hash, at) where address_hash is not null;

create table ticket_picture (
  tenant text not null,
  ticket_id text not null,
  number {int} not null,
  position {int} not null check (position between 1 and 3),
  kind text not null check ({one_of kind: Png, Jpeg, Gif, Webp}),
  size {int} not null check (size between 1 and 2097152),
  content {blob} not null,
  primary key (tenant, ticket_id, number, position),
  foreign key (tenant, ticket_id, number) references ticket_message (tenant, ticket_id, number)
) {strict};

-- What was said stays said.
--sqlite:create trigger ticket_message_no_update before update on ticket_message begin select raise(abort, 'A message is never changed.'); end;
--sqlite:create trigger ticket_picture_no_update before update on ticket_picture begin select raise(abort, 'A picture is never changed.'); end;
--postgres:create function ticket_immutable() returns trigger language plpgsql as $$ begin raise exception 'A % row is never changed.', tg_table_name using errcode = 'restrict_violation'; end $$;
--postgres:create trigger ticket_message_immutable before update on ticket_message for each statement execute function ticket_immutable();
--postgres:create trigger ticket_picture_immutable before update on ticket_picture for each statement execute function ticket_immutable();

-- Answers that the shop gives often.
create table quick_reply (
  tenant text not null,
  id text not null,
  title text not null check (length(title) between 1 and 100),
  text text not null check (length(text) between 1 and 4000),
  primary key (tenant, id)
) {strict};

-- What the platform tells all shops; the rows are the platform's own.
create table announcement (
  tenant text not null,
  id text not null,
  text_zh text not null check (length(text_zh) between 1 and 500),
  text_en text not null check (length(text_en) <= 500),
  level text not null check ({one_of level: Info, Warning, Danger}),
  starts_at {int} not null,
  ends_at {int} not null,
  actor text not null,
  created_at {int} not null,
  check (ends_at > starts_at),
  primary key (tenant, id)
) {strict};
create index announcement_by_end on announcement (tenant, ends_at);

--sqlite:insert into sqlite_stat1 (tbl, idx, stat) values
--sqlite:  ('ticket', 'sqlite_autoindex_ticket_1', '100000 10000 1'),
--sqlite:  ('ticket', 'ticket_by_order', '100000 10000 1 1'),
--sqlite:  ('ticket', 'ticket_by_contact', '100000 10000 2 1'),
--sqlite:  ('ticket', 'ticket_by_user', '100000 10000 2 1'),
--sqlite:  ('ticket', 'ticket_waiting', '1000 100 1 1'),
--sqlite:  ('ticket', 'ticket_by_change', '100000 10000 5000 1 1'),
--sqlite:  ('ticket_message', 'sqlite_autoindex_ticket_message_1', '300000 30000 1'),
--sqlite:  ('ticket_message', 'sqlite_autoindex_ticket_message_2', '300000 30000 3 1'),
--sqlite:  ('ticket_message', 'ticket_message_by_address', '300000 30000 5 1'),
--sqlite:  ('ticket_picture', 'sqlite_autoindex_ticket_picture_1', '30000 3000 2 2 1');
--sqlite:analyze sqlite_schema;
