-- What of all shops waits for the platform's people is found without reading what is done.
create index payout_requested on payout (tenant, requested_at) where state = 'Requested';
create index payee_unverified on payee (tenant, updated_at)
  where (identity is not null and identity_verified_at is null) or (destination is not null and destination_verified_at is null);
