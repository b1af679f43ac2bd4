-- A shared tablet is told of today alone: neither who was away yesterday, nor who will be tomorrow (T16, decision 0046).
do $$
declare
  name text;
begin
  foreach name in array array['mark', 'absence', 'unreported_alert'] loop
    execute format('alter policy at_a_tablet on %I using (
      unit_id = (select access.tablet_unit()) and child_id = any ((select access.tablet_children())::uuid[])
      and day = (select access.today()))', name);
  end loop;
end $$;
alter policy at_a_tablet on stay using (
  unit_id = (select access.tablet_unit()) and child_id = any ((select access.tablet_children())::uuid[])
  and (day is null or day = (select access.today())));
alter policy at_a_tablet on access.enrolment using (
  child_id = any ((select access.tablet_children())::uuid[]) and unit_id = (select access.tablet_unit())
  and from_day <= (select access.today()) and (to_day is null or (select access.today()) < to_day));

alter policy by_the_staff_at_a_tablet on mark with check (
  unit_id = (select access.tablet_unit()) and child_id = any ((select tablet_marked())::uuid[]) and day = (select access.today())
  and marked_by = (select access.tablet_person()) and tablet_id = (select access.tablet()) and not is_by_clock);
alter policy armed_at_a_tablet on unreported_alert with check (
  unit_id = (select access.tablet_unit()) and child_id = any ((select tablet_marked())::uuid[]) and day = (select access.today())
  and state = 'WAITING' and not is_to_check);
alter policy armed_again_at_a_tablet on unreported_alert using (
  unit_id = (select access.tablet_unit()) and child_id = any ((select tablet_marked())::uuid[]) and day = (select access.today())
  and state = 'DROPPED');
