-- A preview to a whole town stands in front of everybody who waits, and may take two seconds like any other. The groups of a unit
-- are few and its children many: they are found without each child's name for each of its groups.
create or replace function broadcast_places_of(who uuid) returns text[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with held as (
    select r.unit_id, r.group_id from access.staff_role r
    where r.person_id = who and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
      and case when r.group_id is null then r.role in ('LEADER', 'ADMINISTRATOR', 'AFTER_SCHOOL', 'KINDERGARTEN')
               else r.role in ('LEADER', 'CONTACT_TEACHER', 'TEACHER', 'AFTER_SCHOOL', 'KINDERGARTEN') end)
  select coalesce(array_agg(distinct place), '{}') from (
    select unit_id::text as place from held where group_id is null
    union all
    select at.unit_id || ':' || one
    from (
      select distinct e.unit_id, e.group_ids from access.enrolment e
      where e.unit_id in (select unit_id from held where group_id is null)) as at, unnest(at.group_ids) as one
    union all
    select unit_id || ':' || group_id from held where group_id is not null) as places
$$;

-- In one statement that the planner sees whole. Units and groups apart: of "the one or the other" it believes that it is hardly
-- ever so, and looks the guardians of a whole town up child by child.
create or replace function count_guardians_at(wanted text[], starting boolean) returns table (place text, count int)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp set work_mem = '32MB' as $$
  with places as materialized (
    select (row_number() over ())::int as number, one.place, split_part(one.place, ':', 1)::uuid as unit_id,
      split_part(one.place, ':', 2) as group_key
    from (select unnest(wanted) as place intersect select unnest(broadcast_places())) as one),
  children as (
    select p.number, e.child_id, e.from_day, e.to_day
    from places p join access.enrolment e on e.unit_id = p.unit_id
    where p.place not like '%:%' and e.named_staff is null
    union all
    select p.number, e.child_id, e.from_day, e.to_day
    from places p join access.enrolment e on e.unit_id = p.unit_id and p.group_key = any (e.group_ids::text[])
    where p.place like '%:%' and e.named_staff is null),
  told as materialized (
    select distinct g.person_id, children.number
    from children join access.guardian g using (child_id)
    where (g.ends_on is null or (select access.today()) < g.ends_on)
      and case when starting then (select access.today()) < from_day and from_day <= (select access.today()) + 14
               else from_day <= (select access.today()) and (to_day is null or (select access.today()) < to_day) end)
  select p.place, counted.count
  from (select told.number, count(*)::int as count from told group by told.number) as counted join places p using (number)
  union all
  select null, count(*)::int from (select from told group by told.person_id) as once
$$;
