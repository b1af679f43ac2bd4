-- A child who was ill on the last day before its unit was closed is asked about on the first day on which it is open again (T09): the
-- timer moves the question on, the evening before a day on which there is nobody to ask for: when no report of the morning waits for it.
create or replace function ask_the_day_after() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into still_sick (child_id, day, unit_ids, look_at)
  select child_id, day + 1, array[unit_id], (day::timestamp + interval '18 hours') at time zone 'Europe/Oslo' from absence
  where id = new.absence_id and arrives_at is null and leaves_at is null and day + 1 >= access.today()
  on conflict (day, child_id) do update set
    unit_ids = array(select distinct unnest(still_sick.unit_ids || excluded.unit_ids) order by 1),
    look_at = excluded.look_at,
    state = case still_sick.state when 'SETTLED' then 'WAITING' else still_sick.state end,
    notice_id = case still_sick.state when 'SETTLED' then uuidv7() else still_sick.notice_id end,
    is_told = still_sick.is_told and still_sick.state <> 'SETTLED';
  return null;
end $$;

-- Whatever is reported, taken back or marked of a day has the questions of the days until its unit may be open again looked at.
create or replace function look_at_still_sick() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update still_sick set look_at = '-infinity'
    where child_id = new.child_id and day between new.day and new.day + 7 and state in ('WAITING', 'ASKED');
  return null;
end $$;

create or replace function look_at_still_sick_of_unit() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update still_sick set look_at = ((day - 1)::timestamp + interval '18 hours') at time zone 'Europe/Oslo'
    where day >= access.today() and state = 'WAITING' and new.unit_id = any (unit_ids);
  return null;
end $$;

-- Who is expected again is not asked about at another unit that opens later.
create function settle_later_still_sick() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update still_sick later set state = 'SETTLED', look_at = null
    where later.child_id = new.child_id and later.day > new.day and later.state = 'WAITING'
      and not exists (select from absence said where said.child_id = new.child_id and said.withdrawn_at is null
        and said.day >= new.day and said.day < later.day);
  return null;
end $$;
revoke all on function settle_later_still_sick() from public;
create trigger still_sick_expected after update of state on still_sick for each row when (new.state = 'EXPECTED')
  execute function settle_later_still_sick();

grant insert (child_id, day, unit_ids, look_at), update (unit_ids) on still_sick to {{worker}};

-- At which units a child was ill all of the last day on which each was open, and of which nobody has said or seen anything since. As
-- `still_sick_at`, which knew of the day before alone and is asked by nobody any more.
create function still_sick_since(child uuid, on_day date, places jsonb) returns jsonb
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(jsonb_agg(sick.unit_id order by sick.unit_id), '[]')
  from jsonb_to_recordset(places) as place("unitId" uuid, "sickOn" date)
  join absence sick on sick.child_id = child and sick.unit_id = place."unitId" and sick.day = place."sickOn"
    and sick.withdrawn_at is null and sick.arrives_at is null and sick.leaves_at is null
  join absence_cause cause on cause.absence_id = sick.id and cause.cause = 'SICK'
  where not exists (select from absence said
      where said.child_id = child and said.unit_id = sick.unit_id and said.day = on_day and said.withdrawn_at is null)
    and not exists (select from mark where mark.child_id = child and mark.unit_id = sick.unit_id and mark.day = on_day)
    and not exists (select from mark where mark.child_id = child and mark.day > sick.day and mark.day < on_day
      and mark.standing = 'PRESENT')
    and exists (select from access.enrolment e
      where e.child_id = child and e.unit_id = sick.unit_id and e.from_day <= on_day and (e.to_day is null or on_day < e.to_day))
$$;
revoke all on function still_sick_since(uuid, date, jsonb) from public;
grant execute on function still_sick_since(uuid, date, jsonb) to {{worker}};
