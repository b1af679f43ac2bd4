-- The statutes of a private unit are its owner's, by whoever leads it: the municipality reads them, and adopts those of all others (P08, P12, BHG-11).
create function private_units() returns uuid[] language sql stable
  as $$ select coalesce(array_agg(unit_id), '{}') from access.unit where is_private $$;

alter policy by_a_case_worker on statute with check (
  'CASE_WORKER' = any ((select access.municipal())::text[]) and adopted_by = (select access.person())
  and unit_id <> all ((select private_units())::uuid[]));
create policy by_the_leader on statute for insert to {{request}} with check (
  unit_id = any ((select led_units())::uuid[]) and unit_id = any ((select private_units())::uuid[])
  and adopted_by = (select access.person()));
