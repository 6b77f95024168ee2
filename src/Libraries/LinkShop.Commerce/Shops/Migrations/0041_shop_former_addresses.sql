-- A shop that was given another address keeps the one before for a while: nobody else can claim it, or what looks like it. Null: it is the present one, or was left before this was kept.
alter table shop_slug add column free_at {int};

-- Where a former address leads, exactly as it was written: until somebody else takes it.
create table shop_former_slug (
  tenant text not null,
  slug text not null check (slug <> ''),
  shop text not null,
  left_at {int} not null,
  primary key (tenant, slug),
  foreign key (tenant, shop) references shop (tenant, shop) on delete cascade
) {strict};
create index shop_former_slug_of on shop_former_slug (tenant, shop);
insert into shop_former_slug (tenant, slug, shop, left_at) select s.tenant, s.slug, s.shop, s.claimed_at from shop_slug s join shop p on p.tenant = s.tenant and p.shop = s.shop where p.slug <> s.slug;
