-- Of a protected child no guardian is told of another's complaint, nor when it was made (ADM-05, ADR-11).
create index leave_complaint_by on leave_complaint (complained_by);
create function children_unprotected() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(child), '{}') from unnest(access.children()) as child
  where not exists (select from access.enrolment e where e.child_id = child and e.named_staff is not null)
$$;
revoke all on function children_unprotected() from public;
grant execute on function children_unprotected() to {{request}};
alter policy of_a_guardian on leave_complaint using (
  child_id = any ((select children_unprotected())::uuid[])
  or (complained_by = (select access.person()) and child_id = any ((select access.children())::uuid[])));
alter policy of_a_guardian on leave_forwarding using (
  child_id = any ((select children_unprotected())::uuid[])
  or (complaint_id = any ((select own_leave_complaints())::uuid[]) and child_id = any ((select access.children())::uuid[])));
