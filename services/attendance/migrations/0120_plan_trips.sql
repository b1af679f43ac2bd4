-- A trip: children of a unit elsewhere on duty from one time to another, planned in one act (T27). A row for each child, as for an absence;
-- that it is elsewhere is worked out whenever it is asked. Where the trip goes is not kept.
create table trip (
  trip_id uuid not null,
  child_id uuid not null,
  unit_id uuid not null,
  first_day date not null,
  leaves_at time not null,
  last_day date not null,
  returns_at time not null,
  check ((first_day, leaves_at) < (last_day, returns_at)),
  -- Null once they have been erased (RET-08).
  planned_by uuid,
  planned_at timestamptz not null default now(),
  called_off_at timestamptz,
  primary key (trip_id, child_id),
  -- All of its children leave and return together, whoever adds one (S-22).
  constraint trip_is_one exclude using gist (
    trip_id with =, (unit_id::text || (first_day - date '2000-01-01')::text || ' ' || extract(epoch from leaves_at)::text || ' '
      || (last_day - date '2000-01-01')::text || ' ' || extract(epoch from returns_at)::text) with <>)
);
create index trip_unit on trip (unit_id, first_day);
create index trip_child on trip (child_id);
create index trip_planned_by on trip (planned_by);
-- Who of the staff goes along.
create table trip_staff (
  trip_id uuid not null,
  unit_id uuid not null,
  person_id uuid not null,
  primary key (trip_id, person_id)
);
create index trip_staff_person on trip_staff (person_id);

-- Trips with a child whom whoever asks has in their charge, and those with one whom they mark.
create function trips_in_charge() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(distinct trip_id), '{}') from trip
    where child_id || ':' || unit_id = any ((select access.seats())::text[])
  $$;
create function trips_marked() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(distinct trip_id), '{}') from trip
    where child_id || ':' || unit_id = any ((select marked_seats())::text[])
  $$;

do $$
declare
  name text;
begin
  foreach name in array array['trip', 'trip_staff'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy unless_hidden on %I as restrictive for select to {{request}} using (
      unit_id <> all ((select units_hidden())::uuid[]))', name);
    execute format('create policy while_open on %I as restrictive for insert to {{request}} with check (
      unit_id = any ((select units_open())::uuid[]))', name);
    execute format('create policy of_the_service on %I for select to {{worker}} using (true)', name);
    execute format('create policy over on %I for delete to {{worker}} using (true)', name);
  end loop;
end $$;
create policy of_a_guardian on trip for select to {{request}} using (child_id = any ((select access.children())::uuid[]));
create policy of_the_staff on trip for select to {{request}} using (child_id || ':' || unit_id = any ((select access.seats())::text[]));
create policy at_a_tablet on trip for select to {{request}} using (
  unit_id = (select access.tablet_unit()) and child_id = any ((select access.tablet_children())::uuid[])
  and first_day <= (select access.today()) and last_day >= (select access.today()));
create policy by_the_staff on trip for insert to {{request}} with check (
  child_id || ':' || unit_id = any ((select marked_seats())::text[]) and planned_by = (select access.person()));
create policy by_the_staff_still on trip for update to {{request}} using (child_id || ':' || unit_id = any ((select marked_seats())::text[]));
create policy while_open_still on trip as restrictive for update to {{request}} using (unit_id = any ((select units_open())::uuid[]));
create policy of_the_staff on trip_staff for select to {{request}} using (trip_id = any ((select trips_in_charge())::uuid[]));
create policy by_the_staff on trip_staff for insert to {{request}} with check (
  unit_id = any ((select staffed_units())::uuid[]) and trip_id = any ((select trips_marked())::uuid[]));
grant select on trip, trip_staff to {{request}};
grant insert (trip_id, child_id, unit_id, first_day, leaves_at, last_day, returns_at, planned_by) on trip to {{request}};
grant update (called_off_at) on trip to {{request}};
grant insert on trip_staff to {{request}};
grant select, delete on trip, trip_staff to {{worker}};

-- Whether all of some people have a role at a unit on all days from one to another, for whoever has one there themself.
create function are_staff_at(at_unit uuid, who uuid[], first_day date, last_day date) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select at_unit = any ((select staffed_units())::uuid[]) and not exists (
    select from unnest(who) as one (person_id) where not exists (
      select from access.staff_role r where r.person_id = one.person_id and r.unit_id = at_unit
        and r.from_day <= first_day and (r.to_day is null or last_day < r.to_day)))
$$;
revoke all on function are_staff_at(uuid, uuid[], date, date) from public;
grant execute on function are_staff_at(uuid, uuid[], date, date) to {{request}};

create function erase_person_from_trips(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from trip where child_id = erased;
  delete from trip_staff where person_id = erased;
  update trip set planned_by = null where planned_by = erased;
$$;
revoke all on function erase_person_from_trips(uuid) from public;
grant execute on function erase_person_from_trips(uuid) to {{worker}};
