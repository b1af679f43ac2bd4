-- As before; of a school's class of which nobody has said the grade, nobody knows that it is not certified.
create or replace function forgettable(kinds text[], of_day date) returns table (child_id uuid, unit_id uuid)
  language sql stable set search_path = pg_catalog, public, pg_temp as $$
  select distinct e.child_id, e.unit_id from access.enrolment e join access.unit u on u.unit_id = e.unit_id and u.kind = any (kinds)
  left join lateral (
    select max(g.grade) as highest from access.enrolment c join group_grade g on g.unit_id = c.unit_id and g.group_id = any (c.group_ids)
    where c.child_id = e.child_id and g.school_year = extract(year from of_day - interval '7 months')) as class on u.kind = 'SCHOOL'
  where e.from_day <= of_day and (e.to_day is null or of_day < e.to_day)
    and (u.kind <> 'SCHOOL' or class.highest < 8)
    and not exists (
      select from follow_up f join access.enrolment still on still.child_id = f.child_id and still.unit_id = f.unit_id
        and (still.to_day is null or access.today() < still.to_day)
      where f.child_id = e.child_id and f.unit_id = e.unit_id and f.closed_at is null)
    and not exists (select from removal_request r where r.child_id = e.child_id and u.kind = 'SCHOOL' and r.outcome is null)
$$;
