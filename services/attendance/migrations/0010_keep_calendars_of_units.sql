-- What a unit says of its days: read as a whole and replaced as a whole. A unit without a row is open on every weekday that is no
-- public holiday. No secret: whoever is signed in may know when a school is closed.
create table unit_calendar (
  unit_id uuid primary key,
  opens_at time not null,
  closes_at time not null check (opens_at < closes_at),
  planning_at time not null check (planning_at <= closes_at),
  days_ahead int not null check (days_ahead between 0 and 366),
  ask_minutes_before int check (ask_minutes_before between 0 and 1440),
  school_years jsonb not null check (jsonb_typeof(school_years) = 'array'),
  closed_days jsonb not null check (jsonb_typeof(closed_days) = 'array'),
  -- Null once whoever said it has been erased (RET-08).
  set_by uuid,
  set_at timestamptz not null default now()
);

-- Units that whoever asks leads today.
create function led_units() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(r.unit_id), '{}') from access.staff_role r
    where r.unit_id = any (access.units()) and r.group_id is null and r.role = 'LEADER'
      and r.person_id = access.person() and r.from_day <= access.today()
      and (r.to_day is null or access.today() < r.to_day)
  $$;

alter table unit_calendar enable row level security;
alter table unit_calendar force row level security;
create policy of_the_owner on unit_calendar to {{owner}} using (true) with check (true);
create policy of_the_service on unit_calendar for select to {{worker}} using (true);
create policy everyone on unit_calendar for select to {{request}} using (true);
create policy by_the_leader on unit_calendar for insert to {{request}} with check (
  unit_id = any ((select led_units())::uuid[]) and set_by = (select access.person()));
create policy of_the_leader on unit_calendar for update to {{request}} using (unit_id = any ((select led_units())::uuid[]))
  with check (unit_id = any ((select led_units())::uuid[]) and set_by = (select access.person()));
create policy while_open on unit_calendar as restrictive for insert to {{request}} with check (
  unit_id = any ((select units_open())::uuid[]));
create policy changed_while_open on unit_calendar as restrictive for update to {{request}} using (
  unit_id = any ((select units_open())::uuid[]));
grant select, insert, update on unit_calendar to {{request}};
grant select on unit_calendar to {{worker}};

create function erase_person_from_calendars(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update unit_calendar set set_by = null where set_by = erased;
$$;
revoke all on function erase_person_from_calendars(uuid) from public;
grant execute on function erase_person_from_calendars(uuid) to {{worker}};
