-- Who entered the tax profile: a changed one is verified again, with the identity, and not by them.
alter table payee add column tax_by text check (tax_by is null or (tax_id is not null and (identity_verified_by is null or identity_verified_by <> tax_by)));
