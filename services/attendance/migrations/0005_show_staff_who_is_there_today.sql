-- Staff see what is of children who are there today, and of protected ones only where they are named for them: also by a role
-- for the whole unit (S-12, ADR-10). A cause takes a role that may read it besides.
drop policy of_the_staff on absence;
create policy of_the_staff on absence for select to {{request}} using (
  child_id || ':' || unit_id = any ((select access.seats())::text[]));

drop policy of_the_staff on absence_cause;
create policy of_the_staff on absence_cause for select to {{request}} using (
  child_id || ':' || unit_id = any ((select access.seats())::text[])
  and (unit_id = any ((select cause_units())::uuid[]) or child_id || ':' || unit_id = any ((select cause_seats())::text[])));
