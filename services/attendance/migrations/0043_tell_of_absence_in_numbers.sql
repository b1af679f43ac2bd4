-- By what a school's absence in a month is told in numbers (T30): of pupils who were there, each with its class, for whoever arranges the
-- school's days. Of a protected pupil nothing is counted (ADR-05, ADR-19). A class is a group whose grade the school has said.
create function absence_for_statistics(at_unit uuid, day_from date, day_to date) returns jsonb
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  with pupil as materialized (
    select (row_number() over (order by last.child_id))::int - 1 as place, last.child_id, last.group_ids
    from (select distinct on (e.child_id) e.child_id, e.group_ids
    from access.enrolment e join access.unit on unit.unit_id = e.unit_id and unit.kind = 'SCHOOL'
    where e.unit_id = at_unit and at_unit = any (arranged_units()) and at_unit <> all (units_hidden())
      and e.from_day < day_to and (e.to_day is null or e.to_day > day_from)
      and not exists (select from access.enrolment p where p.child_id = e.child_id and p.named_staff is not null)
    order by e.child_id, e.from_day desc) as last
  ), found as materialized (
    select * from school_absence((
      select coalesce(jsonb_agg(jsonb_build_object('place', place, 'childId', child_id, 'from', day_from, 'to', day_to)), '[]') from pupil))
  )
  select coalesce(jsonb_agg(jsonb_build_object('childId', pupil.child_id, 'days', (
        select coalesce(jsonb_agg(day), '[]') from jsonb_array_elements(found.days) as day where (day ->> 'unitId')::uuid = at_unit),
      'classIds', (select coalesce(jsonb_agg(g.group_id order by g.group_id), '[]') from group_grade g
        where g.unit_id = at_unit and g.group_id = any (pupil.group_ids)
          and g.school_year = extract(year from day_from - interval '7 months')::int))), '[]')
  from pupil join found using (place)
$$;
revoke all on function absence_for_statistics(uuid, date, date) from public;
grant execute on function absence_for_statistics(uuid, date, date) to {{request}};
