-- The lessons of a group week by week, as the unit's own data, until there is a service that makes timetables (T11). A lesson
-- ends and is never taken away: what was marked in it names it.
create extension if not exists btree_gist;

create table lesson (
  id uuid primary key,
  unit_id uuid not null,
  group_id uuid not null,
  weekday int not null check (weekday between 1 and 7),
  starts time not null,
  ends time not null check (starts < ends),
  from_day date not null,
  -- The first day without it. On its own first day: it was replaced before it was ever held.
  to_day date check (from_day <= to_day),
  constraint lesson_one_at_a_time exclude using gist (
    group_id with =, weekday with =, daterange(from_day, to_day) with &&,
    int4range(extract(epoch from starts)::int, extract(epoch from ends)::int) with &&)
);
create index lesson_unit on lesson (unit_id, weekday);

-- Units at which whoever asks has a role today, for whichever group.
create function staffed_units() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(distinct r.unit_id), '{}') from access.staff_role r
    where r.person_id = access.person()
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
  $$;
-- Units whose days whoever asks arranges: their leader and their office, for the whole unit.
create function arranged_units() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(distinct r.unit_id), '{}') from access.staff_role r
    where r.person_id = access.person() and r.group_id is null and r.role in ('LEADER', 'ADMINISTRATOR')
      and r.unit_id = any (access.units())
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
  $$;

alter table lesson enable row level security;
alter table lesson force row level security;
create policy of_the_staff on lesson for select to {{request}} using (unit_id = any ((select staffed_units())::uuid[]));
create policy of_the_arranger on lesson for insert to {{request}} with check (
  unit_id = any ((select arranged_units())::uuid[]));
create policy of_the_arranger_still on lesson for update to {{request}} using (
  unit_id = any ((select arranged_units())::uuid[]));
create policy unless_hidden on lesson as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[]));
create policy while_open on lesson as restrictive for insert to {{request}} with check (
  unit_id = any ((select units_open())::uuid[]));
create policy while_open_still on lesson as restrictive for update to {{request}} using (
  unit_id = any ((select units_open())::uuid[]));
create policy of_the_service on lesson for select to {{worker}} using (true);
grant select, insert, update (to_day) on lesson to {{request}};
grant select on lesson to {{worker}};
