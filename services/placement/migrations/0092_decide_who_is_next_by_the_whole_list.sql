-- Who is next is decided by all who are on a list, whomever the one who asks may meet: a child that is kept apart, or the own child of a case worker,
-- does not lose its turn, and jumps no queue (placement § 9, ADR-04, GUA-24). It says of nobody who they are.
create function list_of_pool(of_pool uuid)
  returns table (application_id uuid, place int, is_active boolean, is_answering boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select e.application_id, p.position, e.is_active,
    exists (select from offer o where o.child_id = e.child_id and o.care = e.care and o.state = 'SENT')
  from waiting_position p join waiting_entry e using (application_id, pool_id)
  where p.pool_id = of_pool
    and array['CASE_WORKER', 'PROTECTION_OFFICER'] && (select access.municipal())::text[]
$$;
revoke all on function list_of_pool(uuid) from public;
grant execute on function list_of_pool(uuid) to {{request}};
