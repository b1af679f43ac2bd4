-- A guardian takes back what they have claimed, as long as the application may be changed and nobody has decided on it: with it goes what showed it
-- (BHG-07, BHG-09). Once it is decided it stands (ADM-10).
create function claimant_is_gone(claim_id uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from claim c where c.id = claim_id and c.child_id = any ((select responsible_children())::uuid[])
      and not exists (select from access.guardian g
        where g.child_id = c.child_id and g.person_id = c.claimed_by and g.ground = 'PARENTAL_RESPONSIBILITY'))
$$;
create function claims_to_take_back() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(c.id), '{}') from claim c join placement_application a on a.id = c.application_id
  where c.child_id = any ((select responsible_children())::uuid[]) and c.round_id = any ((select rounds_taking_applications())::uuid[])
    and a.state = 'SUBMITTED' and (c.claimed_by = access.person() or claimant_is_gone(c.id))
$$;
revoke all on function claimant_is_gone(uuid), claims_to_take_back() from public;
grant execute on function claimant_is_gone(uuid), claims_to_take_back() to {{request}};

create policy taken_back on claim for delete to {{request}} using (
  verdict = 'UNDECIDED' and id = any ((select claims_to_take_back())::uuid[]));
grant delete on claim to {{request}};

-- And a document of their own, until somebody has decided by it.
create policy taken_back on claim_document for delete to {{request}} using (
  owner_id = (select access.person()) and child_id = any ((select responsible_children())::uuid[]));
grant delete on claim_document to {{request}};

-- What the service lets go of, and what goes with its claim, is no guardian's to take back.
create function keep_what_was_decided_by() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  with_it claim;
begin
  if access.person() is null or old.claim_id is null then
    return old;
  end if;
  select * into with_it from claim where id = old.claim_id for update;
  if with_it.id is null then
    return old;
  end if;
  perform from admission_round r where r.id = with_it.round_id and r.state in ('OPEN', 'CLOSED', 'ALLOCATED') for share;
  if not found or (with_it.verdict <> 'UNDECIDED' and old.state = 'READY') then
    raise exception 'document % was decided by', old.id using errcode = 'insufficient_privilege';
  end if;
  return old;
end $$;
create trigger claim_document_is_kept before delete on claim_document for each row execute function keep_what_was_decided_by();

-- What a document alone has shown is not shown without it: then it was from when the next one came, if any did.
create function hide_what_it_showed() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  noted timestamptz;
  sent_in timestamptz;
begin
  if access.person() is null or old.claim_id is null or not exists (select from claim where id = old.claim_id) then
    return null;
  end if;
  delete from claim_proof where claim_id = old.claim_id and noted_by is null and proven_at = old.received_at
    and not exists (select from claim_document d where d.claim_id = old.claim_id and d.state = 'READY' and d.received_at = old.received_at);
  select p.proven_at into noted from claim_proof p where p.claim_id = old.claim_id order by p.noted_at desc, p.id desc limit 1;
  select min(d.received_at) into sent_in from claim_document d where d.claim_id = old.claim_id and d.state = 'READY';
  if noted is not null or sent_in is null then
    update claim set proven_at = noted where id = old.claim_id;
  else
    insert into claim_proof (id, claim_id, child_id, round_id, is_sensitive, proven_at)
    select gen_random_uuid(), c.id, c.child_id, c.round_id, c.is_sensitive, sent_in from claim c where c.id = old.claim_id;
  end if;
  return null;
end $$;
create trigger claim_document_hides_what_it_showed after delete on claim_document for each row execute function hide_what_it_showed();
revoke all on function keep_what_was_decided_by(), hide_what_it_showed() from public;
