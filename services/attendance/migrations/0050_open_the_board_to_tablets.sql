-- At a unit's shared tablet there are its day board and its marks, and nothing else: neither causes nor leave, no calendars to be set and no
-- stays to be changed (T16, decision 0046). Somebody at a tablet is nobody to every other policy.
create policy at_a_tablet on access.staff_role for select to {{request}} using (
  person_id = (select access.tablet_person()) and unit_id = (select access.tablet_unit()));
create policy at_a_tablet on access.enrolment for select to {{request}} using (
  child_id = any ((select access.tablet_children())::uuid[]) and unit_id = (select access.tablet_unit()));

-- Of the children whom somebody sees at a tablet, those whom they mark there: by a role that is with the children.
create function tablet_marked() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(distinct e.child_id), '{}') from access.staff_role r
    join access.enrolment e on e.unit_id = r.unit_id and (r.group_id is null or r.group_id = any (e.group_ids))
    where r.role in ('LEADER', 'CONTACT_TEACHER', 'TEACHER', 'ASSISTANT', 'AFTER_SCHOOL', 'KINDERGARTEN')
      and r.person_id = access.tablet_person() and r.unit_id = access.tablet_unit() and e.child_id = any (access.tablet_children())
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
      and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
  $$;

-- Who has marked, and where: null where they had signed in themselves.
alter table mark add column tablet_id uuid;
grant insert (tablet_id) on mark to {{request}};
alter policy by_the_staff on mark with check (
  child_id || ':' || unit_id = any ((select marked_seats())::text[])
  and marked_by = (select access.person()) and not is_by_clock and tablet_id is null);
create policy by_the_staff_at_a_tablet on mark for insert to {{request}} with check (
  unit_id = (select access.tablet_unit()) and child_id = any ((select tablet_marked())::uuid[])
  and marked_by = (select access.tablet_person()) and tablet_id = (select access.tablet()) and not is_by_clock);

do $$
declare
  name text;
begin
  foreach name in array array['mark', 'absence', 'stay', 'unreported_alert'] loop
    execute format('create policy at_a_tablet on %I for select to {{request}} using (
      unit_id = (select access.tablet_unit()) and child_id = any ((select access.tablet_children())::uuid[]))', name);
  end loop;
  foreach name in array array['lesson', 'alert_setting'] loop
    execute format('create policy at_a_tablet on %I for select to {{request}} using (unit_id = (select access.tablet_unit()))', name);
  end loop;
end $$;
-- A child who is marked absent arms the alert, wherever the mark is made (ABS-12).
create policy armed_at_a_tablet on unreported_alert for insert to {{request}} with check (
  unit_id = (select access.tablet_unit()) and child_id = any ((select tablet_marked())::uuid[]) and state = 'WAITING' and not is_to_check);
create policy armed_again_at_a_tablet on unreported_alert for update to {{request}} using (
  unit_id = (select access.tablet_unit()) and child_id = any ((select tablet_marked())::uuid[]) and state = 'DROPPED')
  with check (state = 'WAITING');

create or replace function watchers_of(at_unit uuid, children uuid[]) returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    select coalesce(array_agg(distinct r.person_id), '{}') from access.enrolment e
    join access.staff_role r on r.unit_id = e.unit_id and (r.group_id is null or r.group_id = any (e.group_ids))
    where e.unit_id = at_unit and e.child_id = any (children)
      and (e.child_id = any (access.children()) or e.child_id || ':' || e.unit_id = any (access.seats())
        or (e.unit_id = access.tablet_unit() and e.child_id = any (access.tablet_children())))
      and (e.named_staff is null or access.is_named(e.named_staff, r.person_id, access.today()))
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
      and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
  $$;
