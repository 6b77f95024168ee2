-- Who can be paid, and where to. What is secret is encrypted with the tenant's key; a mask of the destination is for screens.
create table payee (
  tenant text not null check (tenant <> ''),
  -- a user's id; '' is the shop of the house
  owner text not null check (length(owner) <= 100),
  name {blob} not null,
  identity {blob},
  identity_by text,
  identity_verified_at {int},
  identity_verified_by text,
  tax_id {blob},
  tax_country text,
  destination {blob},
  destination_mask text,
  destination_by text,
  destination_verified_at {int},
  destination_verified_by text,
  -- what a verifier has looked at
  version {int} not null,
  updated_by text not null,
  updated_at {int} not null,
  check ((identity is null) = (identity_by is null)),
  check ((destination is null) = (destination_by is null)),
  check ((destination is null) = (destination_mask is null)),
  check ((tax_id is null) = (tax_country is null)),
  check ((identity_verified_at is null) = (identity_verified_by is null)),
  check ((destination_verified_at is null) = (destination_verified_by is null)),
  check (identity_verified_at is null or identity is not null),
  check (destination_verified_at is null or destination is not null),
  -- nobody vouches for what is their own or what they entered
  check (identity_verified_by is null or (identity_verified_by <> owner and identity_verified_by <> identity_by)),
  check (destination_verified_by is null or (destination_verified_by <> owner and destination_verified_by <> destination_by)),
  primary key (tenant, owner)
) {strict};

create table payout (
  tenant text not null check (tenant <> ''),
  -- made by the client. Without a colon: the ledger's transfers have ids made of it
  id text not null check (length(id) between 8 and 64),
  owner text not null check (length(owner) <= 100),
  purpose text not null check ({one_of purpose: MerchantAvailable, PromoterAvailable}),
  currency text not null check (length(currency) = 3),
  amount {int} not null check (amount > 0),
  fee {int} not null check (fee >= 0),
  provider text not null check (provider <> ''),
  -- as it was when it was asked for: what is changed later is for the next payout
  destination {blob} not null,
  destination_mask text not null,
  state text not null check ({one_of state: Requested, Approved, Sending, Paid, Failed, Rejected, Cancelled}),
  -- fixed when it was asked for
  approvals_needed integer not null check (approvals_needed in (1, 2)),
  requested_by text not null check (requested_by <> ''),
  requested_at {int} not null,
  approved_by text,
  second_approved_by text,
  decided_by text,
  decided_at {int},
  sent_at {int},
  paid_at {int},
  confirmed_by text,
  provider_reference text,
  note text,
  attempts integer not null default 0 check (attempts >= 0),
  last_error text,
  exports integer not null default 0,
  exported_by text,
  exported_at {int},
  updated_at {int} not null,
  check (fee < amount),
  check (approved_by is null or (approved_by <> requested_by and approved_by <> owner)),
  check (second_approved_by is null or (approved_by is not null and second_approved_by <> approved_by and second_approved_by <> requested_by and second_approved_by <> owner)),
  check (state in ('Requested', 'Rejected', 'Cancelled') or (approved_by is not null and (approvals_needed = 1 or second_approved_by is not null))),
  check (confirmed_by is null or (confirmed_by <> requested_by and confirmed_by <> owner)),
  check ((state = 'Requested') = (decided_at is null)),
  check ((decided_at is null) = (decided_by is null)),
  check ((state in ('Sending', 'Paid', 'Failed')) = (sent_at is not null)),
  check ((state = 'Paid') = (paid_at is not null)),
  check (state <> 'Paid' or provider_reference is not null),
  primary key (tenant, id)
) {strict};
create index payout_by_time on payout (tenant, requested_at, id);
create index payout_by_owner on payout (tenant, owner, requested_at, id);
create index payout_by_state on payout (tenant, state, requested_at, id);

-- what the sandbox has paid
create table sandbox_payout (
  number {identity} primary key,
  tenant text not null,
  id text not null,
  currency text not null,
  amount {int} not null check (amount > 0),
  at {int} not null
) {strict};
-- a payout is paid once
create unique index sandbox_payout_once on sandbox_payout (tenant, id);
