-- When a child comes to a kindergarten or an after-school unit and leaves it, and how it gets home: on a weekday, or on one day
-- instead (T18, SFO-08). A code and times; there is no room for a name.
create table stay (
  child_id uuid not null,
  unit_id uuid not null,
  weekday int check (weekday between 1 and 7),
  day date,
  check (num_nonnulls(weekday, day) = 1),
  comes boolean not null,
  arrives time,
  leaves time check (leaves >= arrives),
  goes_home text check (goes_home in ('ALONE', 'FETCHED')),
  check (comes or num_nonnulls(arrives, leaves, goes_home) = 0),
  check (goes_home is distinct from 'ALONE' or leaves is not null),
  -- Null once they have been erased (RET-08).
  set_by uuid,
  set_at timestamptz not null default now(),
  unique nulls not distinct (child_id, unit_id, weekday, day)
);
create index stay_unit on stay (unit_id, weekday, day);
create index stay_set_by on stay (set_by);

alter table stay enable row level security;
alter table stay force row level security;
create policy of_a_guardian on stay for select to {{request}} using (child_id = any ((select access.children())::uuid[]));
create policy of_the_staff on stay for select to {{request}} using (
  child_id || ':' || unit_id = any ((select access.seats())::text[]));
create policy by_a_guardian on stay for insert to {{request}} with check (
  child_id = any ((select access.children())::uuid[]) and set_by = (select access.person()));
create policy by_the_staff on stay for insert to {{request}} with check (
  child_id || ':' || unit_id = any ((select marked_seats())::text[]) and set_by = (select access.person()));
create policy by_a_guardian_still on stay for update to {{request}} using (child_id = any ((select access.children())::uuid[]))
  with check (child_id = any ((select access.children())::uuid[]) and set_by = (select access.person()));
create policy by_the_staff_still on stay for update to {{request}} using (
  child_id || ':' || unit_id = any ((select marked_seats())::text[]))
  with check (child_id || ':' || unit_id = any ((select marked_seats())::text[]) and set_by = (select access.person()));
create policy unless_hidden on stay as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[]));
create policy while_open on stay as restrictive for insert to {{request}} with check (
  unit_id = any ((select units_open())::uuid[]));
create policy while_open_still on stay as restrictive for update to {{request}} using (
  unit_id = any ((select units_open())::uuid[]));
create policy of_the_service on stay to {{worker}} using (true);
create policy of_the_owner on stay to {{owner}} using (true) with check (true);
grant select on stay to {{request}};
grant insert (child_id, unit_id, weekday, day, comes, arrives, leaves, goes_home, set_by) on stay to {{request}};
grant update (comes, arrives, leaves, goes_home, set_by, set_at) on stay to {{request}};
grant select, delete on stay to {{worker}};

create or replace function erase_person_from_register(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from mark where child_id = erased;
  update mark set marked_by = null where marked_by = erased;
  delete from unreported_alert where child_id = erased;
  delete from stay where child_id = erased;
  update stay set set_by = null where set_by = erased;
$$;
