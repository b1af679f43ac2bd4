-- That a child is to come first at a unit, or at all that it wishes for, because of something that somebody decides on (BHG-09, BHG-10). A
-- flag and nothing of why: what shows it is for whoever decides, and of what says something of health or of child welfare nobody else of the
-- staff knows that it is claimed (P24).
create table claim (
  id uuid primary key,
  application_id uuid not null,
  child_id uuid not null,
  round_id uuid not null,
  -- Null: wherever the child applies.
  unit_id uuid,
  flag text not null check (flag ~ '^[A-Za-z][A-Za-z0-9_-]{0,39}$'),
  is_sensitive boolean not null generated always as (flag in ('law18', 'stress')) stored,
  -- What the rows of the three tables below have made of it.
  verdict text not null default 'UNDECIDED' check (verdict in ('UNDECIDED', 'GRANTED', 'REFUSED')),
  proven_at timestamptz,
  assigned_to uuid,
  -- Null once they have been erased (RET-08). So are those below.
  claimed_by uuid,
  claimed_at timestamptz not null default now(),
  unique nulls not distinct (application_id, unit_id, flag),
  unique (id, child_id, round_id, is_sensitive),
  foreign key (application_id, child_id, round_id) references placement_application (id, child_id, round_id) on delete cascade,
  foreign key (round_id, unit_id) references round_unit (round_id, unit_id)
);
create index claim_child on claim (child_id);
create index claim_assigned on claim (assigned_to) where assigned_to is not null;
create index claim_to_assign on claim (claimed_at, id) where is_sensitive and verdict = 'UNDECIDED';

-- Who decides on it: a case worker whom another one has named, and nobody by themself.
create table claim_assignment (
  id uuid primary key,
  claim_id uuid not null references claim (id) on delete cascade,
  assigned_to uuid,
  assigned_by uuid,
  assigned_at timestamptz not null default now(),
  check (assigned_to <> assigned_by)
);
create index claim_assignment_claim on claim_assignment (claim_id);

-- When it was shown, by whoever has seen the document.
create table claim_proof (
  id uuid primary key,
  claim_id uuid not null,
  child_id uuid not null,
  round_id uuid not null,
  is_sensitive boolean not null,
  proven_at timestamptz not null,
  noted_by uuid,
  noted_at timestamptz not null default now(),
  foreign key (claim_id, child_id, round_id, is_sensitive) references claim (id, child_id, round_id, is_sensitive) on delete cascade
);
create index claim_proof_claim on claim_proof (claim_id);

create table claim_verdict (
  id uuid primary key,
  claim_id uuid not null,
  child_id uuid not null,
  round_id uuid not null,
  is_sensitive boolean not null,
  verdict text not null check (verdict in ('GRANTED', 'REFUSED')),
  reason text check (length(reason) between 1 and 4000),
  decided_by uuid,
  decided_at timestamptz not null default now(),
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  check (verdict = 'GRANTED' or reason is not null),
  unique (claim_id, idempotency_key),
  foreign key (claim_id, child_id, round_id, is_sensitive) references claim (id, child_id, round_id, is_sensitive) on delete cascade
);
create index claim_verdict_claim on claim_verdict (claim_id, decided_at);

create trigger claim_assignment_is_kept before update on claim_assignment
  for each row execute function keep_as_added('assigned_to', 'assigned_by');
create trigger claim_proof_is_kept before update on claim_proof for each row execute function keep_as_added('noted_by');
create trigger claim_verdict_is_kept before update on claim_verdict for each row execute function keep_as_added('decided_by');

-- A claim is made with an application that stands, while the round takes any.
create function settle_claim() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from placement_application a join admission_round r on r.id = a.round_id
    where a.id = new.application_id and a.state = 'SUBMITTED' and r.state = 'OPEN' for share;
  if not found then
    raise exception 'nothing is claimed with application % now', new.application_id using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
create trigger claim_settles after insert on claim for each row execute function settle_claim();

-- Whoever is named works with admission, has not named themself, and is no guardian of the child (GUA-24). A protected child's is for
-- protection officers (ADR-04).
create function may_be_named_for_claim(claim uuid, person uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select person <> access.person() and 'CASE_WORKER' = any ((select access.municipal())::text[])
    and exists (select from access.municipal_role r where r.person_id = person and r.role = 'CASE_WORKER'
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day))
    and exists (select from public.claim c where c.id = claim and c.is_sensitive
      and c.child_id <> all ((select children_case_workers_do_not_meet())::uuid[])
      and not exists (select from access.guardian g where g.child_id = c.child_id and g.person_id = person))
$$;
revoke all on function may_be_named_for_claim(uuid, uuid) from public;
grant execute on function may_be_named_for_claim(uuid, uuid) to {{request}};
create function settle_claim_assignment() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not may_be_named_for_claim(new.claim_id, new.assigned_to) then
    raise exception 'claim % is not theirs to decide', new.claim_id using errcode = 'insufficient_privilege';
  end if;
  update claim set assigned_to = new.assigned_to where id = new.claim_id;
  return null;
end $$;
create trigger claim_assignment_settles after insert on claim_assignment
  for each row execute function settle_claim_assignment();

create function settle_claim_proof() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update claim set proven_at = new.proven_at where id = new.claim_id;
  return null;
end $$;
create trigger claim_proof_settles after insert on claim_proof for each row execute function settle_claim_proof();

-- Nothing is decided on once the round is published: then it is a matter of appeals.
create function settle_claim_verdict() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from admission_round r where r.id = new.round_id and r.state in ('OPEN', 'CLOSED', 'ALLOCATED') for share;
  if not found then
    raise exception 'the round of claim % is over', new.claim_id using errcode = 'insufficient_privilege';
  end if;
  update claim set verdict = new.verdict where id = new.claim_id;
  return null;
end $$;
create trigger claim_verdict_settles after insert on claim_verdict for each row execute function settle_claim_verdict();

create function claims_assigned() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select coalesce(array_agg(c.id), '{}') from claim c
  where c.assigned_to = access.person() and 'CASE_WORKER' = any ((select access.municipal())::text[])
    and c.child_id <> all ((select children_case_workers_do_not_meet())::uuid[])
$$;
-- What waits for somebody to be named, without a word of whom or what it is about; nobody reads that before they are named.
create function claims_to_assign() returns table (id uuid, round_id uuid, claimed_at timestamptz)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.id, c.round_id, c.claimed_at from claim c
  where c.is_sensitive and c.verdict = 'UNDECIDED' and 'CASE_WORKER' = any ((select access.municipal())::text[])
    and c.child_id <> all ((select children_case_workers_do_not_meet())::uuid[])
    and not exists (select from access.municipal_role r where r.person_id = c.assigned_to and r.role = 'CASE_WORKER'
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day))
$$;
revoke all on function claims_assigned(), claims_to_assign() from public;
grant execute on function claims_assigned(), claims_to_assign() to {{request}};

do $$
declare
  name text;
begin
  foreach name in array array['claim', 'claim_assignment', 'claim_proof', 'claim_verdict'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy of_the_service on %I for select to {{worker}} using (true)', name);
    execute format('grant select on %I to {{worker}}', name);
  end loop;
  foreach name in array array['claim', 'claim_proof', 'claim_verdict'] loop
    execute format('create policy of_a_guardian on %I for select to {{request}} using (
      child_id = any ((select responsible_children())::uuid[]))', name);
    execute format($policy$create policy of_a_case_worker on %I for select to {{request}} using (
      not is_sensitive and 'CASE_WORKER' = any ((select access.municipal())::text[])
      and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]))$policy$, name);
    execute format('create policy of_an_officer on %I for select to {{request}} using (
      child_id = any ((select children_of_officers())::uuid[]))', name);
    execute format('grant select on %I to {{request}}', name);
  end loop;
  foreach name in array array['claim_proof', 'claim_verdict'] loop
    execute format('create policy of_who_was_named on %I for select to {{request}} using (
      claim_id = any ((select claims_assigned())::uuid[]))', name);
  end loop;
end $$;
create policy of_who_was_named on claim for select to {{request}} using (id = any ((select claims_assigned())::uuid[]));
create policy unless_hidden on claim as restrictive for select to {{request}} using (
  application_id <> all ((select applications_hidden())::uuid[]));

create policy by_a_guardian on claim for insert to {{request}} with check (
  child_id = any ((select responsible_children())::uuid[]) and claimed_by = (select access.person())
  and round_id = any ((select rounds_taking_applications())::uuid[]));
create policy by_a_case_worker on claim_assignment for insert to {{request}} with check (
  assigned_by = (select access.person()) and 'CASE_WORKER' = any ((select access.municipal())::text[]));
create policy by_who_decides on claim_proof for insert to {{request}} with check (
  noted_by = (select access.person()) and (
    claim_id = any ((select claims_assigned())::uuid[])
    or child_id = any ((select children_of_officers())::uuid[])
    or (not is_sensitive and 'CASE_WORKER' = any ((select access.municipal())::text[])
      and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]))));
create policy by_who_decides on claim_verdict for insert to {{request}} with check (
  decided_by = (select access.person()) and (
    claim_id = any ((select claims_assigned())::uuid[])
    or child_id = any ((select children_of_officers())::uuid[])
    or (not is_sensitive and 'CASE_WORKER' = any ((select access.municipal())::text[])
      and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]))));

grant insert (id, application_id, child_id, round_id, unit_id, flag, claimed_by) on claim to {{request}};
grant insert (id, claim_id, assigned_to, assigned_by) on claim_assignment to {{request}};
grant insert (id, claim_id, child_id, round_id, is_sensitive, proven_at, noted_by) on claim_proof to {{request}};
grant insert (id, claim_id, child_id, round_id, is_sensitive, verdict, reason, decided_by, idempotency_key) on claim_verdict to {{request}};

create function erase_person_from_claims(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from claim where child_id = erased;
  update claim set assigned_to = null where assigned_to = erased;
  update claim set claimed_by = null where claimed_by = erased;
  update claim_assignment set assigned_to = null where assigned_to = erased;
  update claim_assignment set assigned_by = null where assigned_by = erased;
  update claim_proof set noted_by = null where noted_by = erased;
  update claim_verdict set decided_by = null where decided_by = erased;
$$;
revoke all on function erase_person_from_claims(uuid) from public;
grant execute on function erase_person_from_claims(uuid) to {{worker}};
