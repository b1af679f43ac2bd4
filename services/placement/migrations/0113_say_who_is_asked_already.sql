-- Which applications of a round are of children who have an offer of the kind of care to answer: a child answers one at a time, so that nothing else is
-- offered to it meanwhile. Of those who take part, for whoever works with admission.
create function applications_answering(of_round uuid) returns table (application_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select a.id from placement_application a join admission_round r on r.id = a.round_id
  where a.round_id = of_round and 'CASE_WORKER' = any ((select access.municipal())::text[])
    and a.state in ('SUBMITTED', 'COMPLETE') and a.child_id <> all ((select children_kept_apart())::uuid[])
    and exists (
      select from offer o where o.child_id = a.child_id and o.state = 'SENT'
        and o.care = case r.kind when 'SFO' then 'SFO' else 'KINDERGARTEN' end)
  order by a.id
$$;
revoke all on function applications_answering(uuid) from public;
grant execute on function applications_answering(uuid) to {{request}}, {{worker}};
