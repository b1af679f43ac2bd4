-- Where the municipality has not opened absence, or has stopped it, nothing is reported; where it hides it, nothing is read
-- (X07, D02). By both locks: these hold whatever the code above forgets (S-12).
create function units_open() returns uuid[] language sql stable as $$ select access.units_open('ABSENCE') $$;
create function units_readable() returns uuid[] language sql stable as $$ select access.units_readable('ABSENCE') $$;

create policy while_open on absence as restrictive for insert to {{request}} with check (
  unit_id = any ((select units_open())::uuid[]));
create policy while_readable on absence as restrictive for select to {{request}} using (
  unit_id = any ((select units_readable())::uuid[]));
create policy while_readable on absence_cause as restrictive for select to {{request}} using (
  unit_id = any ((select units_readable())::uuid[]));
