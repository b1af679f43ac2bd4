-- What the open registers say of schools and kindergartens in the municipality, also of those on no roster yet. Nobody here
-- changes it, and it changes nothing that a roster or the municipality has said (FREG-14). Nothing goes from here: a unit that
-- closes, or that the registers list no more, is one that they say so of.
create table unit_register (
  organisation_number text primary key,
  revision integer not null,
  read_at timestamptz not null,
  -- As `registry.unit.recorded.v1` has it.
  record jsonb not null check (record ->> 'organisationNumber' = organisation_number
    and jsonb_typeof(record -> 'isActive') = 'boolean' and jsonb_typeof(record -> 'isListed') = 'boolean')
);
create index unit_organisation on unit (organisation_number) where organisation_number is not null;

alter table unit_register enable row level security;
alter table unit_register force row level security;
create policy of_the_service on unit_register to {{worker}} using (true) with check (true);
create policy of_the_owner on unit_register for select to {{owner}} using (true);
grant select, insert, update on unit_register to {{worker}};

-- The organisation numbers of the units that whoever asks may know of.
create function access.seen_organisations() returns text[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    select coalesce(array_agg(organisation_number), '{}') from unit
    where unit_id = any (access.seen_units()) and organisation_number is not null
  $$;
revoke all on function access.seen_organisations() from public;
grant execute on function access.seen_organisations() to {{request}};
create policy seen on unit_register for select to {{request}} using (
  organisation_number = any ((select access.seen_organisations())::text[])
  or 'MUNICIPAL_ADMINISTRATOR' = any ((select access.municipal())::text[]));
grant select on unit_register to {{request}};
grant select (organisation_number) on unit to {{request}};
