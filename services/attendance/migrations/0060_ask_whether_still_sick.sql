-- Whether home is asked if a child who was ill yesterday is still ill, and what it says (T09): once per child and day, for all units
-- at which it was. That there is a row tells of yesterday's cause: it is for those who said it, and goes when the day is over.
create table still_sick (
  child_id uuid not null,
  day date not null,
  -- Where the child was ill yesterday.
  unit_ids uuid[] not null,
  -- SETTLED: there is nothing to ask, or not any more. STILL_SICK and EXPECTED: what home has answered.
  state text not null default 'WAITING' check (state in ('WAITING', 'ASKED', 'SETTLED', 'STILL_SICK', 'EXPECTED')),
  -- When to look at it. Null: not before something changes.
  look_at timestamptz,
  -- How often looking at it has failed in a row.
  looks int not null default 0,
  notice_id uuid not null unique default uuidv7(),
  -- Guardians were told that somebody asks: not of a protected child (S-08).
  is_told boolean not null default false,
  primary key (day, child_id)
);
create index still_sick_due on still_sick (look_at) where state in ('WAITING', 'ASKED');
create index still_sick_child on still_sick (child_id);

alter table still_sick enable row level security;
alter table still_sick force row level security;
create policy of_a_guardian on still_sick for select to {{request}} using (child_id = any ((select access.children())::uuid[]));
create policy by_a_guardian on still_sick for update to {{request}} using (child_id = any ((select access.children())::uuid[]))
  with check (child_id = any ((select access.children())::uuid[]) and state in ('STILL_SICK', 'EXPECTED'));
create policy unless_hidden on still_sick as restrictive for select to {{request}} using (
  not unit_ids && (select units_hidden())::uuid[]);
create policy while_open on still_sick as restrictive for update to {{request}} using (
  unit_ids && (select units_open())::uuid[]);
create policy of_the_service on still_sick to {{worker}} using (true) with check (true);
create policy of_the_owner on still_sick to {{owner}} using (true) with check (true);
grant select, update (state) on still_sick to {{request}};
grant select, delete, update (state, look_at, looks, is_told) on still_sick to {{worker}};

create policy of_the_owner on absence_cause for select to {{owner}} using (true);

-- Whoever stores that a child is ill on a day has the next one looked at, as soon as it begins.
create function ask_the_day_after() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into still_sick (child_id, day, unit_ids, look_at)
  select child_id, day + 1, array[unit_id], (day + 1)::timestamp at time zone 'Europe/Oslo' from absence
  where id = new.absence_id and arrives_at is null and leaves_at is null and day + 1 >= access.today()
  on conflict (day, child_id) do update set
    unit_ids = array(select distinct unnest(still_sick.unit_ids || excluded.unit_ids) order by 1),
    look_at = excluded.look_at,
    state = case still_sick.state when 'SETTLED' then 'WAITING' else still_sick.state end;
  return null;
end $$;
revoke all on function ask_the_day_after() from public;
create trigger absence_cause_asks after insert on absence_cause for each row when (new.cause = 'SICK')
  execute function ask_the_day_after();

-- Whatever is reported, taken back or marked of a day, or of the day before it, has it looked at again.
create function look_at_still_sick() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update still_sick set look_at = '-infinity'
    where child_id = new.child_id and day in (new.day, new.day + 1) and state in ('WAITING', 'ASKED');
  return null;
end $$;
revoke all on function look_at_still_sick() from public;
create trigger mark_still_sick after insert on mark for each row execute function look_at_still_sick();
create trigger absence_still_sick after insert or update on absence for each row execute function look_at_still_sick();
-- A unit that says something else of its days may ask at another time.
create function look_at_still_sick_of_unit() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update still_sick set look_at = day::timestamp at time zone 'Europe/Oslo'
    where day >= access.today() and state = 'WAITING' and new.unit_id = any (unit_ids);
  return null;
end $$;
revoke all on function look_at_still_sick_of_unit() from public;
create trigger unit_calendar_still_sick after insert or update on unit_calendar
  for each row execute function look_at_still_sick_of_unit();

-- At which units a child was ill all of a day and has not been reported since; where staff have not seen it either. For the service's
-- own work, which reads no cause otherwise.
create function still_sick_at(child uuid, on_day date) returns jsonb
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(jsonb_agg(sick.unit_id order by sick.unit_id), '[]')
  from absence sick join absence_cause cause on cause.absence_id = sick.id and cause.cause = 'SICK'
  where sick.child_id = child and sick.day = on_day - 1 and sick.withdrawn_at is null
    and sick.arrives_at is null and sick.leaves_at is null
    and not exists (select from absence said
      where said.child_id = child and said.unit_id = sick.unit_id and said.day = on_day and said.withdrawn_at is null)
    and not exists (select from mark where mark.child_id = child and mark.unit_id = sick.unit_id and mark.day = on_day)
    and exists (select from access.enrolment e
      where e.child_id = child and e.unit_id = sick.unit_id and e.from_day <= on_day and (e.to_day is null or on_day < e.to_day))
$$;
revoke all on function still_sick_at(uuid, date) from public;
grant execute on function still_sick_at(uuid, date) to {{worker}};

create function erase_person_from_asking(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from still_sick where child_id = erased;
$$;
revoke all on function erase_person_from_asking(uuid) from public;
grant execute on function erase_person_from_asking(uuid) to {{worker}};
