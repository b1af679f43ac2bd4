-- What is changed at a unit is held by the same lock as what is added there (X07); and a request for removal lies at a school that the
-- pupil goes to (S-12).
create policy while_open_still on health_note as restrictive for update to {{request}} using (
  unit_id = any ((select units_open())::uuid[]));
create policy while_open_still on removal_request as restrictive for update to {{request}} using (
  unit_id = any ((select units_open())::uuid[]));
create function own_school_seats() returns text[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(e.child_id || ':' || e.unit_id), '{}')
  from access.enrolment e join access.unit on unit.unit_id = e.unit_id and unit.kind = 'SCHOOL'
  where e.child_id = any ((select access.children())::uuid[])
    and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
$$;
revoke all on function own_school_seats() from public;
grant execute on function own_school_seats() to {{request}};
create policy at_its_school on removal_request as restrictive for insert to {{request}} with check (
  child_id || ':' || unit_id = any ((select own_school_seats())::text[]));

-- Whoever says a grade anew has said it now.
grant update (set_at) on group_grade to {{request}};

-- As before, with the children worked out once and not for each that is asked about.
create or replace function absence_to_count(wanted jsonb) returns table (place int, has_lessons boolean, is_hidden boolean, days jsonb)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select * from school_absence((
    select coalesce(jsonb_agg(asked), '[]') from jsonb_array_elements(wanted) as asked
    where (asked ->> 'childId')::uuid = any ((select counted_children())::uuid[])))
$$;
