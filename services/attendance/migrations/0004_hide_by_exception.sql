create function units_hidden() returns uuid[] language sql stable as $$ select access.units_hidden('ABSENCE') $$;
drop policy while_readable on absence;
drop policy while_readable on absence_cause;
drop function units_readable();
create policy unless_hidden on absence as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[]));
create policy unless_hidden on absence_cause as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[]));
