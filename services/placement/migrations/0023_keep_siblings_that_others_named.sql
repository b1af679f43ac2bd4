-- A guardian who changes what the other one has sent is not told of a brother or sister whom they do not apply for (GUA-13), and takes nothing away
-- that they could not see: where they wish for the same unit, it is still wished for by that child (P04).
create or replace function settle_application_receipt() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  is_settled boolean;
  unseen jsonb;
begin
  -- Until this is committed nobody closes the round.
  perform from placement_application a join admission_round r on r.id = a.round_id
    where a.id = new.application_id and r.state = 'OPEN' and r.kind = a.round_kind
      and jsonb_array_length(new.wishes) between 1 and r.wish_limit
    for share of r;
  if not found then
    raise exception 'the round of application % takes none', new.application_id using errcode = 'insufficient_privilege';
  end if;
  if exists (select from jsonb_to_recordset(new.wishes) as w("unitId" uuid)
             where w."unitId" <> all ((select units_open())::uuid[])) then
    raise exception 'placement is not open at a unit of application %', new.application_id using errcode = 'insufficient_privilege';
  end if;
  update placement_application set state = 'SUBMITTED', version = new.version, wanted_start = new.wanted_start, drafted_under = null,
    submitted_at = coalesce(submitted_at, new.received_at),
    submitted_by = case when submitted_at is null then new.received_by else submitted_by end
  where id = new.application_id and state in ('DRAFT', 'SUBMITTED') and version = new.version - 1
  returning true into is_settled;
  if is_settled is not true then
    raise exception 'application % is another by now', new.application_id using errcode = 'insufficient_privilege';
  end if;
  select coalesce(jsonb_object_agg(unit_id, sibling_child_id), '{}') into unseen from wish
  where application_id = new.application_id and sibling_child_id <> all ((select responsible_children())::uuid[]);
  delete from wish where application_id = new.application_id;
  insert into wish (application_id, child_id, round_id, rank, unit_id, sibling_child_id)
  select a.id, a.child_id, a.round_id, w.rank, w."unitId", coalesce(w."siblingChildId", (unseen ->> w."unitId"::text)::uuid)
  from placement_application a, jsonb_to_recordset(new.wishes) as w(rank int, "unitId" uuid, "siblingChildId" uuid)
  where a.id = new.application_id;
  delete from application_guardian where application_id = new.application_id;
  insert into application_guardian (application_id, child_id, person_id)
  select new.application_id, new.child_id, person_id from unnest(new.guardian_ids) as person_id;
  return null;
exception when unique_violation then
  raise exception 'child of application % has one already', new.application_id using errcode = 'insufficient_privilege';
end $$;
