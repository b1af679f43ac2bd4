-- A claim waits for whoever decides on it as long as it can count: not for a unit that is wished for no more, nor with an application that is withdrawn or
-- over.
create or replace function claims_to_assign() returns table (id uuid, round_id uuid, claimed_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id, c.round_id, c.claimed_at from claim c
  where c.is_sensitive and c.verdict = 'UNDECIDED' and 'CASE_WORKER' = any ((select access.municipal())::text[])
    and c.child_id <> all ((select children_case_workers_do_not_meet())::uuid[])
    and exists (select from placement_application a where a.id = c.application_id and a.state in ('SUBMITTED', 'COMPLETE', 'PLACED', 'WAITING'))
    and (c.unit_id is null or exists (select from wish w where w.application_id = c.application_id and w.unit_id = c.unit_id))
    and not exists (select from access.municipal_role r where r.person_id = c.assigned_to and r.role = 'CASE_WORKER'
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day))
$$;
