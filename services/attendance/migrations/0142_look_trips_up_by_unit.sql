-- As before, without reading the trips of other units.
create or replace function trips_in_charge() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(distinct trip_id), '{}') from trip
    where unit_id = any ((select staffed_units())::uuid[]) and child_id || ':' || unit_id = any ((select access.seats())::text[])
  $$;
create or replace function trips_marked() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(distinct trip_id), '{}') from trip
    where unit_id = any ((select staffed_units())::uuid[]) and child_id || ':' || unit_id = any ((select marked_seats())::text[])
  $$;
