-- How many have opened what was said to many is told where the municipality has opened that at the unit, as of messages (M16).
create or replace function count_readers(broadcasts uuid[]) returns table (broadcast_id uuid, count int)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.broadcast_id, count(*)::int from broadcast b join broadcast_recipient r on r.broadcast_id = b.id
  where b.id = any (broadcasts) and b.places <@ broadcast_places() and r.is_counted and r.read_at is not null
    and b.unit_id = any (access.units_open('READ_RECEIPTS'))
  group by r.broadcast_id
$$;
