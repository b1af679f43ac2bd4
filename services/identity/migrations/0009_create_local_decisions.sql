-- What the municipality itself decides, beside the register and out of its reach: roles, restrictions, grants by
-- document, and what two people decide together.

-- Local roles: a substitute for a day. Null: the roster said so, and the roster may end it.
alter table staff_role
  add column assigned_by uuid references person,
  add constraint staff_role_local_ends check (assigned_by is null or to_day is not null),
  drop constraint staff_role_person_id_unit_id_group_id_role_from_day_key;
create unique index staff_role_once on staff_role (person_id, unit_id, group_id, role, from_day, (assigned_by is null))
  nulls not distinct;

-- The highest protection that has concerned a child since staff last released it (ADR-04, ADR-13). It hangs on the child,
-- so that it outlives every grant. Also holds what a hold says: at which level it was met, and at which it was let through.
alter table person
  add column held_protection text not null default 'NONE'
    check (held_protection in ('NONE', 'CLIENT_ADDRESS', 'FORTROLIG', 'STRENGT_FORTROLIG'));
create index person_held on person (person_id) where held_protection in ('FORTROLIG', 'STRENGT_FORTROLIG');
create index person_merged on person (merged_into) where merged_into is not null;

alter table access_grant
  -- What a documented grant rests on (GUA-05, GUA-15, GUA-16); null for what the register says.
  add column basis text check (basis in ('DOCUMENTED_RESPONSIBILITY', 'DAILY_CARER', 'APPOINTED_GUARDIAN')),
  -- The first day that the decision of staff behind it does not cover. `ends_on` is never later.
  add column decided_until date,
  add column decision_id uuid;
-- What kind of protection was held is not known any more, so the stricter one is; what was let through was the lesser.
update access_grant set holds = array_replace(holds, 'PROTECTION', 'PROTECTION_STRENGT_FORTROLIG'),
  confirmed_for = array_replace(confirmed_for, 'PROTECTION', 'PROTECTION_FORTROLIG');
update person c set held_protection = case
    when 'STRENGT_FORTROLIG' = any (l.levels) or l.is_held then 'STRENGT_FORTROLIG'
    when 'FORTROLIG' = any (l.levels) then 'FORTROLIG' else 'NONE' end
  from (
    select n.child_id, array_agg(p.protection) as levels, bool_or(n.is_held) as is_held
    from (
      select child_id, child_id as person_id, false as is_held from access_grant where state <> 'ENDED'
      union all select child_id, person_id, 'PROTECTION_STRENGT_FORTROLIG' = any (holds) from access_grant where state <> 'ENDED'
      union all select child_id, holder_id, false from responsibility where holder_id is not null
      union all select person_id, person_id, false from person where is_child
    ) as n join person p on p.person_id = n.person_id group by n.child_id) as l
  where l.child_id = c.person_id;

-- What staff write in their own words, of whatever kind: encrypted, bound to its id (S-10). A row of its own, so that keys
-- can rotate while what it belongs to stays as it was.
create table confidential_text (
  text_id uuid primary key,
  key_id text not null,
  sealed text not null
);
create index confidential_text_key on confidential_text (key_id);

-- Every decision of a member of staff about access: proposed by one and decided by another where the rules ask for two,
-- by the same person otherwise. A decision is made once; rows are the history and stay.
create table proposal (
  proposal_id uuid primary key,
  kind text not null,
  child_id uuid references person,
  person_id uuid references person,
  grant_id uuid references access_grant deferrable initially deferred,
  restriction_id uuid,
  payload jsonb not null default '{}',
  -- The reason, or the proof that was seen.
  reason_id uuid references confidential_text,
  needs_two boolean not null,
  proposed_by uuid not null references person,
  proposed_at timestamptz not null default now(),
  -- The first day that it cannot be decided any more.
  expires_on date not null,
  -- The proposer's own key, so that sending it again is no second proposal; and what was sent under it, as a keyed hash.
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  request_hash bytea not null check (octet_length(request_hash) = 32),
  decided_by uuid references person,
  decided_at timestamptz,
  outcome text check (outcome in ('APPLIED', 'REJECTED', 'EXPIRED')),
  unique (proposed_by, idempotency_key),
  check ((outcome is null) = (decided_at is null)),
  check ((decided_by is null) = (outcome is null or outcome = 'EXPIRED')),
  check (outcome is distinct from 'APPLIED' or not needs_two or decided_by <> proposed_by),
  check (needs_two or kind not in ('GRANT_ACCESS', 'ASSIGN_ROLE')),
  check (reason_id is not null or kind not in
    ('GRANT_ACCESS', 'CONFIRM_GRANT', 'LIFT_RESTRICTION', 'RELEASE_PROTECTION', 'CLOSE_WORK_ITEM'))
);
-- One that waits, of a kind and about the same thing.
create unique index proposal_open on proposal (kind, child_id, person_id, grant_id, restriction_id, (payload ->> 'role'))
  nulls not distinct where outcome is null;
create index proposal_child on proposal (child_id) where child_id is not null;

-- What the municipality knows and the register does not: who may not be near a child, or may not see it (GUA-12, GUA-15).
-- It only ever takes access away. It has a day to look at it again, and never ends by itself.
create table restriction (
  restriction_id uuid primary key,
  child_id uuid not null references person,
  -- Null: everybody whose ground is parental responsibility, by a care order.
  person_id uuid references person,
  kind text not null check (kind in ('CONTACT_BAN', 'COURT_ORDER', 'CARE_ORDER', 'THREAT', 'MAY_NOT_FETCH')),
  authority text not null check (authority in ('UNIT', 'COURT', 'CHILD_WELFARE', 'POLICE')),
  closes_access boolean not null,
  note_id uuid references confidential_text,
  review_on date not null,
  imposed_by uuid not null references person,
  imposed_at timestamptz not null default now(),
  lifted_by uuid references person,
  lifted_at timestamptz,
  lift_decision_id uuid references proposal,
  check ((kind = 'CARE_ORDER') = (person_id is null)),
  -- What is ordered elsewhere is not the unit's own, which one person may lift.
  check (kind <> 'COURT_ORDER' or authority = 'COURT'),
  check (kind <> 'CARE_ORDER' or authority in ('CHILD_WELFARE', 'COURT')),
  -- Whether parents keep their view beside a care order is the authority's to say; fetching is not seeing.
  check (kind = 'CARE_ORDER' or closes_access = (kind <> 'MAY_NOT_FETCH')),
  check ((lifted_at is null) = (lifted_by is null) and (lifted_at is null) = (lift_decision_id is null))
);
create index restriction_child on restriction (child_id) where lifted_at is null;
create index restriction_review on restriction (review_on) where lifted_at is null;
alter table proposal add foreign key (restriction_id) references restriction deferrable initially deferred;

alter table access_grant
  add foreign key (decision_id) references proposal,
  add check ((ground = 'MANUAL') = (basis is not null)),
  add check (ground <> 'MANUAL' or (decided_until is not null and decision_id is not null)),
  add check (decided_until is null or (ends_on is not null and ends_on <= decided_until)),
  -- What nobody knows yet, and what a restriction closes, is not for anybody to let through.
  add check (not confirmed_for && '{RESTRICTED,AWAITING_REGISTER,UNCLEAR}');
create index access_grant_decided_until on access_grant (decided_until) where state <> 'ENDED' and decided_until is not null;

-- What somebody is for the whole municipality, for a time.
create table municipal_role (
  role_id uuid primary key,
  person_id uuid not null references person,
  role text not null check (role in
    ('CASE_WORKER', 'PROTECTION_OFFICER', 'MUNICIPAL_ADMINISTRATOR', 'PRIVACY_OFFICER', 'ARCHIVIST', 'SUPPORT')),
  from_day date not null,
  to_day date check (to_day >= from_day),
  source text not null check (source in ('roster', 'operator', 'decision')),
  decision_id uuid references proposal,
  assigned_at timestamptz not null default now(),
  ended_by uuid references person,
  unique (person_id, role, from_day),
  check ((source = 'decision') = (decision_id is not null)),
  check (source = 'roster' or to_day is not null),
  -- The operator makes the first who can make others; nobody gets to see a child by it (security § 2).
  check (source <> 'operator' or role in ('MUNICIPAL_ADMINISTRATOR', 'PRIVACY_OFFICER'))
);

-- What was said of the family when the item was opened: closed by staff, it opens again only when something else is.
alter table work_item add column about text;
create index work_item_child on work_item (child_id) where child_id is not null;

-- Of several ids of one human, the one that counts (FREG-09); and all that count as it.
create function human(id uuid) returns uuid language sql stable
  as $$ select coalesce(merged_into, person_id) from person where person_id = id $$;
create function ids_of_human(id uuid) returns setof uuid language sql stable
  as $$ select human(id) union all select person_id from person where merged_into = human(id) $$;

-- Some people with what hangs on ids of theirs that do not count any more.
create function with_merged(ids uuid[]) returns uuid[] language sql stable
  as $$ select ids || array(select person_id from person where merged_into = any (ids)) $$;

-- Whether a restriction in force closes such a grant. Compares humans and not ids, so that a merge frees nobody.
create function is_restricted(child uuid, adult uuid, ground text, basis text) returns boolean language sql stable
  as $$
    select exists (
      select from restriction r
      where r.child_id in (select ids_of_human(child)) and r.lifted_at is null and r.closes_access
        and (r.person_id in (select ids_of_human(adult))
          or (r.person_id is null and (ground = 'PARENTAL_RESPONSIBILITY' or basis = 'DOCUMENTED_RESPONSIBILITY'))))
  $$;

-- Waits for the turn that store/turn.ts takes: whoever opens access and whoever closes it never pass each other.
create function take_turn() returns void language plpgsql as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'access is decided on what has been committed' using errcode = 'invalid_transaction_state';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('guardianship', 0));
end $$;

create function refuse_restricted_grant() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform take_turn();
  if is_restricted(new.child_id, new.person_id, new.ground, new.basis) then
    raise exception 'grant % is closed by a restriction in force', new.grant_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger access_grant_is_not_restricted before insert or update on access_grant
  for each row when (new.state = 'ACTIVE') execute function refuse_restricted_grant();

create function refuse_open_grants(child_ids uuid[], adult_ids uuid[]) returns void language plpgsql as $$
declare
  found uuid;
begin
  perform take_turn();
  select g.grant_id into found from access_grant g
    where (g.child_id = any (child_ids) or g.person_id = any (adult_ids)) and g.state = 'ACTIVE'
      and is_restricted(g.child_id, g.person_id, g.ground, g.basis) limit 1;
  if found is not null then
    raise exception 'grant % is still active, and a restriction closes it', found using errcode = 'restrict_violation';
  end if;
end $$;

-- The other direction, when the transaction ends: whoever imposes a restriction has closed what it closes.
create function refuse_restriction_beside_grant() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform refuse_open_grants(array(select ids_of_human(new.child_id)), '{}');
  return null;
end $$;
create constraint trigger restriction_closes_grants after insert on restriction
  deferrable initially deferred for each row execute function refuse_restriction_beside_grant();

create function refuse_merge_beside_grant() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform refuse_open_grants(array(select ids_of_human(new.person_id)), array(select ids_of_human(new.person_id)));
  return null;
end $$;
create constraint trigger merge_frees_nobody after update of merged_into on person
  deferrable initially deferred for each row when (new.merged_into is distinct from old.merged_into)
  execute function refuse_merge_beside_grant();

-- A decision of a kind, applied in this transaction by the person it has entered as.
create function is_decided(decision uuid, kinds text[], by_two boolean) returns boolean language sql stable
  as $$
    select exists (
      select from proposal p
      where p.proposal_id = decision and p.kind = any (kinds) and p.outcome = 'APPLIED'
        and p.decided_by = access.staff() and p.decided_at = now() and (p.needs_two or not by_two))
  $$;

create function keep_restriction() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    new.child_id := human(new.child_id);
    new.person_id := human(new.person_id);
    return new;
  end if;
  if tg_op = 'DELETE' or old.lifted_at is not null or new.lifted_at is null
    or to_jsonb(new) - '{lifted_at,lifted_by,lift_decision_id}'::text[] <> to_jsonb(old) - '{lifted_at,lifted_by,lift_decision_id}'::text[] then
    raise exception 'a restriction is lifted once and not changed' using errcode = 'restrict_violation';
  end if;
  if not exists (select from proposal where proposal_id = new.lift_decision_id and restriction_id = new.restriction_id)
    or not is_decided(new.lift_decision_id, '{LIFT_RESTRICTION}', old.authority <> 'UNIT') then
    raise exception 'restriction % is lifted by a decision', new.restriction_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger restriction_is_kept before insert or update or delete on restriction
  for each row execute function keep_restriction();

create function keep_proposal() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE' or (tg_op = 'UPDATE' and (old.outcome is not null
    or to_jsonb(new) - '{outcome,decided_by,decided_at}'::text[] <> to_jsonb(old) - '{outcome,decided_by,decided_at}'::text[])) then
    raise exception 'a proposal is decided once and not changed' using errcode = 'restrict_violation';
  end if;
  if new.outcome = 'APPLIED' and new.needs_two and human(new.decided_by) = human(new.proposed_by) then
    raise exception 'proposal % needs somebody else', new.proposal_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger proposal_is_kept before insert or update or delete on proposal
  for each row execute function keep_proposal();

-- Access by document, and whatever staff let through, rests on a decision that was made in the same transaction.
create function refuse_undecided_grant() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  before constant text[] := case when tg_op = 'UPDATE' then old.confirmed_for else '{}' end;
  let_through constant text[] := array(select unnest(new.confirmed_for) except select unnest(before));
  is_documented constant boolean := new.ground = 'MANUAL'
    and (tg_op = 'INSERT' or new.decided_until > old.decided_until or new.decision_id <> old.decision_id);
begin
  if is_documented and not is_decided(new.decision_id, '{GRANT_ACCESS}', true) then
    raise exception 'grant % rests on no decision', new.grant_id using errcode = 'restrict_violation';
  end if;
  if let_through <> '{}' and not is_decided(new.decision_id, '{CONFIRM_GRANT,GRANT_ACCESS}',
    let_through && '{PROTECTION_STRENGT_FORTROLIG,D_NUMBER,FALSE_IDENTITY,BIRTH_DATE_MISSING,NOT_IN_REGISTER}') then
    raise exception 'grant % is let through by no decision', new.grant_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger access_grant_is_decided before insert or update on access_grant
  for each row execute function refuse_undecided_grant();

-- Protection that has concerned a child goes down when staff release it, and by nothing else (ADR-13).
create function keep_held_protection() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (
    select from proposal p where p.child_id = new.person_id
      and is_decided(p.proposal_id, '{RELEASE_PROTECTION}', old.held_protection = 'STRENGT_FORTROLIG')) then
    raise exception 'protection of % is released by no decision', new.person_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create function protection_rank(level text) returns integer language sql immutable
  as $$ select array_position('{NONE,CLIENT_ADDRESS,FORTROLIG,STRENGT_FORTROLIG}'::text[], level) $$;
create trigger person_protection_is_held before update of held_protection on person
  for each row when (protection_rank(new.held_protection) < protection_rank(old.held_protection))
  execute function keep_held_protection();

create function keep_municipal_role() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    if new.source = 'decision' and not (is_decided(new.decision_id, '{ASSIGN_ROLE}', true) and exists (
      select from proposal where proposal_id = new.decision_id and person_id = new.person_id)) then
      raise exception 'role % rests on no decision', new.role_id using errcode = 'restrict_violation';
    end if;
    return new;
  end if;
  -- A role can end sooner than it was to, and its holder can turn out to have two ids. A new time is a new role.
  if new.person_id <> human(old.person_id) or (old.source <> 'roster' and new.to_day is distinct from old.to_day
    and (new.to_day > old.to_day or new.ended_by is distinct from access.staff())) then
    raise exception 'role % ends by itself or by somebody', new.role_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger municipal_role_is_kept before insert or update on municipal_role
  for each row execute function keep_municipal_role();

create function keep_local_role() returns trigger language plpgsql as $$
begin
  raise exception 'role % ends when it was said to, or sooner', new.role_id using errcode = 'restrict_violation';
end $$;
create trigger staff_role_is_kept before update of to_day on staff_role
  for each row when (old.assigned_by is not null and (new.to_day is null or new.to_day > old.to_day))
  execute function keep_local_role();

-- The worker, which does the service's own work, writes these only in a transaction that a member of staff has entered, in
-- their name: no import, event, timer or merge can. What the timer may is to let a proposal run out.
do $$
declare
  name text;
begin
  foreach name in array array['proposal', 'restriction', 'municipal_role', 'confidential_text'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I for select to {{owner}} using (true)', name);
    execute format('create policy of_the_service on %I for select to {{worker}} using (true)', name);
    execute format('grant select, insert on %I to {{worker}}', name);
  end loop;
end $$;
grant update (outcome, decided_by, decided_at) on proposal to {{worker}};
create policy by_its_proposer on proposal for insert to {{worker}} with check (
  proposed_by = (select access.staff()) and (decided_by is null or decided_by = proposed_by));
create policy by_who_decides on proposal for update to {{worker}} using (outcome is null) with check (
  outcome = 'EXPIRED' or decided_by = (select access.staff()));
grant update (lifted_at, lifted_by, lift_decision_id) on restriction to {{worker}};
create policy by_who_imposes on restriction for insert to {{worker}} with check (
  imposed_by = (select access.staff()) and lifted_at is null);
create policy by_who_lifts on restriction for update to {{worker}} using (lifted_at is null) with check (
  lifted_by = (select access.staff()));
grant update (person_id, to_day, ended_by) on municipal_role to {{worker}};
create policy of_a_source on municipal_role for insert to {{worker}} with check (
  source <> 'decision' or (select access.staff()) is not null);
create policy at_an_end on municipal_role for update to {{worker}} using (true) with check (true);
create policy by_a_leader on staff_role as restrictive for insert to {{worker}} with check (
  assigned_by is null or assigned_by = (select access.staff()));
grant update (key_id, sealed) on confidential_text to {{worker}};
create policy by_the_service on confidential_text for insert to {{worker}} with check (true);
create policy under_a_new_key on confidential_text for update to {{worker}} using (true) with check (true);

-- The second lock, by parts: each can be replaced without the others. `enter` is what the kit calls.
create function access.municipal() returns text[] language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.municipal', true), '')::text[], '{}') $$;
-- Units that the person leads today, and the children who belong there.
create function access.led_units() returns uuid[] language sql stable parallel safe
  as $$ select access.uuids('app.led_units') $$;
create function access.led() returns uuid[] language sql stable parallel safe
  as $$ select access.uuids('app.led') $$;

create function access.enter_guardian(who uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  today constant date := access.today();
  own uuid[] := '{}';
begin
  select coalesce(array_agg(distinct g.child_id), '{}') into own from access_grant g
    where g.person_id = who and g.state = 'ACTIVE' and (g.ends_on is null or today < g.ends_on);
  perform set_config('app.children', own::text, true);
  -- A protected guardian is nobody to the other one (ADR-19).
  perform set_config('app.persons', (select array_agg(p) from (
    select who union select unnest(own) union
    select g.person_id from access_grant g join person a on a.person_id = g.person_id
      where g.child_id = any (own) and g.state = 'ACTIVE' and (g.ends_on is null or today < g.ends_on)
        and a.protection not in ('FORTROLIG', 'STRENGT_FORTROLIG')) as seen (p))::text, true);
  perform set_config('app.seen_units', coalesce(array_agg(distinct e.unit_id), '{}')::text, true),
          set_config('app.seen_groups', coalesce(array_agg(distinct g.group_id) filter (where g.group_id is not null), '{}')::text, true)
    from enrolment e left join lateral unnest(e.group_ids) as g (group_id) on true
    where e.child_id = any (own) and (e.to_day is null or today < e.to_day);
end $$;

create function access.enter_staff(who uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  today constant date := access.today();
  wide uuid[] := '{}';
  charged uuid[] := '{}';
begin
  perform set_config('app.staff', coalesce(who::text, ''), true);
  select coalesce(array_agg(distinct r.unit_id), '{}') into wide from staff_role r
    where r.person_id = who and r.group_id is null and r.from_day <= today and (r.to_day is null or today < r.to_day);
  perform set_config('app.units', wide::text, true);
  perform set_config('app.seats', coalesce(array_agg(distinct e.child_id || ':' || e.unit_id), '{}')::text, true),
          set_config('app.seat_children', coalesce(array_agg(distinct e.child_id), '{}')::text, true)
    from staff_role r join enrolment e on e.unit_id = r.unit_id and r.group_id = any (e.group_ids)
    where r.person_id = who and r.from_day <= today and (r.to_day is null or today < r.to_day)
      and e.from_day <= today and (e.to_day is null or today < e.to_day);
  select coalesce(array_agg(c), '{}') into charged from (
    select e.child_id from enrolment e
      where e.unit_id = any (wide) and e.from_day <= today and (e.to_day is null or today < e.to_day)
    union select unnest(access.seat_children())) as held (c);
  perform set_config('app.charges', charged::text, true);
  perform set_config('app.persons', (select array_agg(p) from (
    select who union select unnest(charged) union
    select g.person_id from access_grant g
      where g.child_id = any (charged) and g.state = 'ACTIVE' and (g.ends_on is null or today < g.ends_on)) as seen (p))::text, true);
  perform set_config('app.seen_units', coalesce(array_agg(distinct r.unit_id), '{}')::text, true) from staff_role r
    where r.person_id = who and r.from_day <= today and (r.to_day is null or today < r.to_day);
  perform set_config('app.seen_groups', coalesce(array_agg(distinct s.group_id), '{}')::text, true) from (
    select r.group_id from staff_role r
      where r.person_id = who and r.group_id is not null and r.from_day <= today and (r.to_day is null or today < r.to_day)
    union select g.group_id from child_group g where g.unit_id = any (wide)
    union select unnest(e.group_ids) from enrolment e
      where e.child_id = any (access.seat_children()) and e.child_id || ':' || e.unit_id = any (access.seats())
        and e.from_day <= today and (e.to_day is null or today < e.to_day)) as s (group_id);
end $$;

-- Children to whom somebody is or was a party: about these they decide nothing and are shown nothing that staff decide, for
-- it may be about them (GUA-20, GUA-24).
create function access.own_cases(who uuid) returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    select with_merged(array(
      select human(child_id) from access_grant where person_id in (select ids_of_human(who))
      union select human(child_id) from restriction where person_id in (select ids_of_human(who))
      union select human(child_id) from responsibility where holder_id in (select ids_of_human(who))))
  $$;

-- Whoever may decide about access: by a role for the municipality, or as the leader of a unit.
create function access.enter_decider(who uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  today constant date := access.today();
  units uuid[] := '{}';
begin
  perform set_config('app.municipal', coalesce(array_agg(distinct r.role), '{}')::text, true) from municipal_role r
    where r.person_id = who and r.from_day <= today and (r.to_day is null or today < r.to_day);
  select coalesce(array_agg(distinct r.unit_id), '{}') into units from staff_role r
    where r.person_id = who and r.role = 'LEADER' and r.group_id is null
      and r.from_day <= today and (r.to_day is null or today < r.to_day);
  perform set_config('app.led_units', units::text, true),
          set_config('app.led', with_merged(array(select distinct e.child_id from enrolment e
            where e.unit_id = any (units) and e.from_day <= today and (e.to_day is null or today < e.to_day)
              and e.child_id <> all (access.own_cases(who))))::text, true);
end $$;

create or replace function access.enter(who uuid, capacity text, max_age interval) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform set_config(name, '', true) from unnest(array[
    'app.staff', 'app.children', 'app.units', 'app.seat_children', 'app.seats', 'app.charges', 'app.seen_units',
    'app.seen_groups', 'app.municipal', 'app.led_units', 'app.led']) as name;
  perform set_config('app.person', coalesce(who::text, ''), true),
          set_config('app.persons', case when who is null then '' else '{' || who || '}' end, true);
  if capacity = 'guardian' then
    perform access.enter_guardian(who);
  elsif capacity = 'staff' then
    perform access.enter_staff(who);
    perform access.enter_decider(who);
  end if;
  return true;
end $$;
revoke all on function access.enter_guardian(uuid), access.enter_staff(uuid), access.enter_decider(uuid),
  access.own_cases(uuid) from public;

-- The cases of a role for the whole municipality: a protection officer's are the children who are protected or restricted,
-- a case worker's those with something open who are not protected. Worked out once for a query that needs it; nobody else
-- has any.
create function access.case_children() returns uuid[]
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  roles constant text[] := access.municipal();
begin
  if not roles && '{CASE_WORKER,PROTECTION_OFFICER}' then
    return '{}';
  end if;
  return with_merged(array(
    (select person_id from person
      where held_protection in ('FORTROLIG', 'STRENGT_FORTROLIG') and 'PROTECTION_OFFICER' = any (roles)
    union
    select human(child_id) from restriction where lifted_at is null and 'PROTECTION_OFFICER' = any (roles)
    union
    select p.person_id from person p join (
      select child_id from work_item where closed_at is null
      union select human(child_id) from proposal where outcome is null
      union select human(child_id) from restriction where lifted_at is null) as o on o.child_id = p.person_id
      where p.held_protection not in ('FORTROLIG', 'STRENGT_FORTROLIG') and 'CASE_WORKER' = any (roles))
    except select unnest(access.own_cases(access.staff()))));
end $$;
create function access.case_persons() returns uuid[]
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  children constant uuid[] := access.led() || access.case_children();
begin
  if children = '{}' then
    return children;
  end if;
  return array(
    select unnest(children)
    union select person_id from access_grant where child_id = any (children)
    union select person_id from restriction where child_id = any (children) and person_id is not null
    union select person_id from proposal where child_id = any (children) and person_id is not null);
end $$;
create function access.case_texts() returns uuid[]
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  children constant uuid[] := access.led() || access.case_children();
begin
  return array(
    select note_id from restriction where child_id = any (children) and note_id is not null
    union select reason_id from proposal where child_id = any (children) and reason_id is not null
    union select reason_id from proposal where kind = 'ASSIGN_ROLE' and reason_id is not null
      and access.municipal() && '{MUNICIPAL_ADMINISTRATOR,PRIVACY_OFFICER}');
end $$;

create policy of_a_case on person for select to {{request}} using (person_id = any ((select access.case_persons())::uuid[]));
create policy of_a_case on access_grant for select to {{request}} using (
  child_id = any ((select access.led())::uuid[]) or child_id = any ((select access.case_children())::uuid[]));
create policy of_a_case on restriction for select to {{request}} using (
  child_id = any ((select access.led())::uuid[]) or child_id = any ((select access.case_children())::uuid[]));
create policy of_a_case on work_item for select to {{request}} using (
  child_id = any ((select access.led())::uuid[]) or child_id = any ((select access.case_children())::uuid[])
  or (child_id is null and 'CASE_WORKER' = any ((select access.municipal())::text[])));
create policy of_a_case on proposal for select to {{request}} using (
  child_id = any ((select access.led())::uuid[]) or child_id = any ((select access.case_children())::uuid[])
  or (child_id is null and proposed_by = (select access.staff()))
  or (kind = 'ASSIGN_ROLE' and (select access.municipal())::text[] && '{MUNICIPAL_ADMINISTRATOR,PRIVACY_OFFICER}'));
create policy of_a_case on confidential_text for select to {{request}} using (
  text_id = any ((select access.case_texts())::uuid[]));
create policy own on municipal_role for select to {{request}} using (
  person_id = (select access.staff())
  or (select access.municipal())::text[] && '{MUNICIPAL_ADMINISTRATOR,PRIVACY_OFFICER}');
create policy at_a_unit_led on staff_role for select to {{request}} using (unit_id = any ((select access.led_units())::uuid[]));

grant select (held_protection, merged_into) on person to {{request}};
grant select (holds, basis, decided_until, opened_at) on access_grant to {{request}};
grant select (work_item_id, kind, child_id, opened_at, closed_at) on work_item to {{request}};
grant select on restriction, proposal, confidential_text, municipal_role to {{request}};
