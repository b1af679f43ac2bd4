-- How features stand at units, as identity has worked it out. What has no row is closed, and shows nothing (D08).
create table access.feature (
  unit_id uuid not null,
  feature text not null,
  state text not null check (state in ('CLOSED', 'ANNOUNCED', 'OPEN', 'SUSPENDED')),
  opens_on date,
  is_readable boolean not null,
  primary key (feature, unit_id)
);

-- For policies: the units where something may be done with a feature, and those where what exists of it may be read.
create function access.units_open(wanted text) returns uuid[] language sql stable
  as $$ select coalesce(array_agg(unit_id), '{}') from access.feature where feature = wanted and state = 'OPEN' $$;
create function access.units_readable(wanted text) returns uuid[] language sql stable
  as $$ select coalesce(array_agg(unit_id), '{}') from access.feature where feature = wanted and is_readable $$;

alter table access.feature enable row level security;
alter table access.feature force row level security;
create policy of_the_service on access.feature to {{worker}} using (true) with check (true);
grant select, insert, update, delete on access.feature to {{worker}};
create policy of_enter on access.feature for select to {{owner}} using (true);
create policy everyone on access.feature for select to {{request}} using (true);
grant select on access.feature to {{request}};

-- A copy that has heard of everything else has yet to hear of these.
update access.copy_state set is_asking = true where position > 0;
