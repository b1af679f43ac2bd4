-- Parents of a child who hold no responsibility for it, by the register's word (GUA-07): by the keyed hash of their number
-- and not by a person, because being a parent makes nobody known here, and is no ground for anything (GUA-02).
create table register_parent (
  child_id uuid not null references person,
  lookup_hash bytea not null check (octet_length(lookup_hash) = 32),
  role text not null,
  primary key (child_id, lookup_hash)
);
create index register_parent_hash on register_parent (lookup_hash);

-- A question of a parent without responsibility, by barnelova § 47, and what is decided on it.
create table information_request (
  request_id uuid primary key,
  asker_id uuid not null references person,
  scope text not null check (scope in ('SCHOOL', 'KINDERGARTEN', 'AFTER_SCHOOL')),
  -- The form of Norwegian that it is decided in (LANG-05).
  form text not null check (form in ('nb', 'nn')),
  received_at timestamptz not null,
  state text not null default 'RECEIVED' check (state in ('RECEIVED', 'CHECKED', 'ANSWERED', 'REFUSED', 'WITHDRAWN')),
  route text not null default 'UNSORTED' check (route in ('UNSORTED', 'DESK', 'PROTECTION')),
  child_id uuid references person,
  unit_id uuid references unit,
  standing text check (standing in ('PARENT_BY_REGISTER', 'PARENT_BY_PROOF', 'HOLDER', 'NOT_SHOWN')),
  void_by text check (void_by in ('CHILD_WELFARE', 'COUNTY_GOVERNOR')),
  is_harmful boolean,
  is_secret boolean,
  checked_by uuid references person,
  draft_kind text check (draft_kind in ('ANSWER', 'REFUSAL')),
  ground text check (ground in ('NO_CHILD_HERE', 'NOT_A_PARENT', 'RIGHT_VOID', 'HARM', 'SECRECY', 'PROTECTED')),
  drafted_by uuid references person,
  released_by uuid references person,
  closed_at timestamptz,
  opened_at timestamptz,
  complained_at timestamptz,
  -- Its texts are gone from here; the archive has them (RET-02).
  forgotten_at timestamptz,
  check ((state in ('ANSWERED', 'REFUSED', 'WITHDRAWN')) = (closed_at is not null)),
  check ((state in ('ANSWERED', 'REFUSED')) = (released_by is not null)),
  check ((checked_by is null) = (standing is null) and (checked_by is null) = (is_harmful is null)
    and (checked_by is null) = (is_secret is null)),
  check ((draft_kind is null) = (drafted_by is null) and (draft_kind is not distinct from 'REFUSAL') = (ground is not null)),
  check (state <> 'CHECKED' or checked_by is not null),
  check (released_by is null or drafted_by is not null),
  -- Nobody releases alone what concerns a protected child.
  check (route <> 'PROTECTION' or released_by is distinct from drafted_by or released_by is null)
);
create index information_request_asker on information_request (asker_id, received_at);
create index information_request_route on information_request (route, received_at, request_id);
create index information_request_unit on information_request (unit_id) where unit_id is not null;
create index information_request_child on information_request (child_id) where child_id is not null;

-- Children whom the asker's words may mean. Found where no answer waits for it; nobody searches.
create table information_candidate (
  request_id uuid not null references information_request,
  child_id uuid not null references person,
  primary key (request_id, child_id)
);
create index information_candidate_child on information_candidate (child_id);

-- What was written, sealed for the request and its kind. Unlike what staff write of restrictions and grants, it goes when the
-- archive has it.
create table information_text (
  request_id uuid not null references information_request,
  kind text not null check (kind in
    ('ASKER', 'CHILD', 'QUESTION', 'PROOF', 'NOTE', 'ANSWER', 'REASONS', 'LETTER', 'AID', 'COMPLAINT')),
  key_id text not null,
  sealed text not null,
  primary key (request_id, kind)
);
create index information_text_key on information_text (key_id);

-- Every step of a case. Null for an actor: the service itself.
create table information_history (
  id bigint generated always as identity primary key,
  request_id uuid not null references information_request,
  step text not null check (step in ('RECEIVED', 'ROUTED', 'CHECKED', 'ANSWER_WRITTEN', 'REFUSAL_WRITTEN', 'RELEASED',
    'WITHDRAWN', 'OPENED', 'COMPLAINED', 'ARCHIVED', 'FORGOTTEN')),
  actor_id uuid references person,
  -- The actor's own key for the step, so that doing it again is no second step.
  idempotency_key text check (length(idempotency_key) between 1 and 64),
  -- What was decided, in codes.
  codes jsonb not null default '{}',
  at timestamptz not null,
  check ((actor_id is null) = (idempotency_key is null)),
  unique (actor_id, idempotency_key)
);
create index information_history_request on information_history (request_id);
create trigger information_history_is_kept before update or delete on information_history
  for each row execute function refuse_change();

-- What of a case goes to the archive, when it was last told, and under which id the archive has it (ARK-08).
create table information_entry (
  entry_id uuid primary key,
  request_id uuid not null references information_request,
  kind text not null check (kind in ('CASE', 'COMPLAINT')),
  submitted_at timestamptz,
  archive_id text,
  archived_at timestamptz,
  unique (request_id, kind),
  check ((archive_id is null) = (archived_at is null))
);
create index information_entry_open on information_entry (submitted_at) where archived_at is null;

-- A decision stands as it was made (ADM-10), what lies with the protection officers stays there (ADR-13), and nobody
-- handles a question of their own (GUA-24). Two ids of one human may turn out to be one later: that changes no step.
create function keep_decision() returns trigger language plpgsql as $$
begin
  if old.route = 'PROTECTION' and new.route <> 'PROTECTION' then
    raise exception 'a request stays with the protection officers' using errcode = 'restrict_violation';
  end if;
  if new.asker_id = old.asker_id and new.asker_id in (new.checked_by, new.drafted_by, new.released_by) then
    raise exception 'nobody handles a question of their own' using errcode = 'restrict_violation';
  end if;
  if old.closed_at is not null and
    row(new.scope, new.form, new.received_at, new.state, new.route, new.unit_id, new.standing, new.void_by, new.is_harmful,
        new.is_secret, new.checked_by, new.draft_kind, new.ground, new.drafted_by, new.released_by, new.closed_at)
    is distinct from
    row(old.scope, old.form, old.received_at, old.state, old.route, old.unit_id, old.standing, old.void_by, old.is_harmful,
        old.is_secret, old.checked_by, old.draft_kind, old.ground, old.drafted_by, old.released_by, old.closed_at) then
    raise exception 'a decision is not changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger information_request_keeps_its_decision before update on information_request
  for each row execute function keep_decision();

-- The second lock. Who asks does so as a guardian: a session of staff has no questions of its own (GUA-24).
create function access.asker() returns uuid language sql stable parallel safe
  as $$ select case when access.staff() is null then access.person() end $$;

-- Children who are anything to somebody: those they are or were a party to, and those whose parent they are.
create function access.related_children(who uuid) returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    select access.own_cases(who) || array(
      select p.child_id from register_parent p join person_number n using (lookup_hash)
      where n.person_id in (select ids_of_human(who)))
  $$;
revoke all on function access.related_children(uuid) from public;

-- The requests that the actor handles as staff: by a role in the municipality, or as the leader of the unit that one has
-- been found to be about. None of their own, and none that may be about a child who is anything to them (GUA-24).
-- Worked out once for a query that needs it; nobody else has any.
create function access.handled_requests() returns uuid[]
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  me constant uuid := access.staff();
  roles constant text[] := access.municipal();
  own uuid[];
begin
  if me is null or (not roles && '{CASE_WORKER,PROTECTION_OFFICER}' and access.led_units() = '{}') then
    return '{}';
  end if;
  own := access.related_children(me);
  return array(
    select r.request_id from information_request r
    where (('CASE_WORKER' = any (roles) and r.route = 'DESK') or ('PROTECTION_OFFICER' = any (roles) and r.route = 'PROTECTION')
        or (r.route = 'DESK' and r.unit_id = any (access.led_units())))
      and r.asker_id not in (select ids_of_human(me))
      and not exists (
        select from information_candidate k where k.request_id = r.request_id and k.child_id = any (own)));
end $$;

-- Of some requests, those that the actor must not handle, for the policy to know by itself.
create function access.involved_in(requests uuid[]) returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$
    with me (children) as (select access.related_children(access.person()))
    select array(
      select r.request_id from information_request r
      where r.request_id = any (requests) and (
        r.asker_id in (select ids_of_human(access.person()))
        or exists (select from information_candidate k cross join me
          where k.request_id = r.request_id and k.child_id = any (me.children))))
  $$;
revoke all on function access.involved_in(uuid[]) from public;
grant execute on function access.involved_in(uuid[]) to {{request}};

do $$
declare
  name text;
begin
  foreach name in array array['register_parent', 'information_request', 'information_candidate', 'information_text',
    'information_history', 'information_entry'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on %I to {{worker}}', name);
    execute format('create policy of_the_owner on %I for select to {{owner}} using (true)', name);
  end loop;
end $$;
revoke update, delete on information_history from {{worker}};

create policy of_the_asker on information_request for select to {{request}} using (
  asker_id = (select access.asker()));
create policy of_the_handlers on information_request for select to {{request}} using (
  request_id = any ((select access.handled_requests())::uuid[]));
create policy by_the_asker on information_request for insert to {{request}} with check (
  asker_id = (select access.asker()) and state = 'RECEIVED' and route = 'UNSORTED');
create policy change_by_the_asker on information_request for update to {{request}} using (
  asker_id = (select access.asker()));
create policy change_by_the_handlers on information_request for update to {{request}} using (
  request_id = any ((select access.handled_requests())::uuid[]));
grant select on information_request to {{request}};
grant insert (request_id, asker_id, scope, form, received_at) on information_request to {{request}};
grant update (state, child_id, unit_id, standing, void_by, is_harmful, is_secret, checked_by, draft_kind, ground, drafted_by,
  released_by, closed_at, opened_at, complained_at) on information_request to {{request}};

-- The requests of the asker, and those of them with a decision that can be read now. Each runs once a query, under the
-- policies above.
create function access.own_requests() returns uuid[] language sql stable as $$
  select coalesce(array_agg(request_id), '{}') from information_request where asker_id = access.asker()
$$;
create function access.told_requests() returns uuid[] language sql stable as $$
  select coalesce(array_agg(request_id), '{}') from information_request where asker_id = access.asker()
    and (state = 'REFUSED' or (state = 'ANSWERED' and closed_at > now() - interval '31 days'
      and (opened_at is null or opened_at > now() - interval '15 minutes')))
$$;
create policy of_the_handlers on information_candidate for select to {{request}} using (
  request_id = any ((select access.handled_requests())::uuid[]));
grant select on information_candidate to {{request}};

create policy of_the_asker on information_text for select to {{request}} using (
  (kind in ('ASKER', 'CHILD', 'QUESTION', 'COMPLAINT') and request_id = any ((select access.own_requests())::uuid[]))
  or (kind in ('LETTER', 'AID') and request_id = any ((select access.told_requests())::uuid[])));
create policy of_the_handlers on information_text for select to {{request}} using (
  request_id = any ((select access.handled_requests())::uuid[]));
create policy by_the_asker on information_text for insert to {{request}} with check (
  kind in ('ASKER', 'CHILD', 'QUESTION', 'COMPLAINT') and request_id = any ((select access.own_requests())::uuid[]));
create policy by_the_handlers on information_text for insert to {{request}} with check (
  kind in ('PROOF', 'NOTE', 'ANSWER', 'REASONS', 'LETTER', 'AID') and request_id = any ((select access.handled_requests())::uuid[]));
create policy replaced_by_the_handlers on information_text for delete to {{request}} using (
  kind in ('PROOF', 'NOTE', 'ANSWER', 'REASONS') and request_id = any ((select access.handled_requests())::uuid[]));
grant select, insert, delete on information_text to {{request}};

create policy of_the_asker on information_history for select to {{request}} using (
  actor_id = (select access.asker()));
create policy of_the_handlers on information_history for select to {{request}} using (
  request_id = any ((select access.handled_requests())::uuid[])
  or (actor_id = (select access.staff()) and step in ('CHECKED', 'ANSWER_WRITTEN', 'REFUSAL_WRITTEN', 'RELEASED')));
create policy by_the_asker on information_history for insert to {{request}} with check (
  actor_id = (select access.asker()) and step in ('RECEIVED', 'WITHDRAWN', 'OPENED', 'COMPLAINED')
  and request_id = any ((select access.own_requests())::uuid[]));
create policy by_the_handlers on information_history for insert to {{request}} with check (
  actor_id = (select access.staff()) and step in ('CHECKED', 'ANSWER_WRITTEN', 'REFUSAL_WRITTEN', 'RELEASED')
  and request_id = any ((select access.handled_requests())::uuid[]));
grant select on information_history to {{request}};
grant insert (request_id, step, actor_id, idempotency_key, codes, at) on information_history to {{request}};

create policy of_the_handlers on information_entry for select to {{request}} using (
  request_id = any ((select access.handled_requests())::uuid[]));
create policy of_a_closed_case on information_entry for insert to {{request}} with check (
  request_id = any ((select access.own_requests())::uuid[]) or request_id = any ((select access.handled_requests())::uuid[]));
grant select on information_entry to {{request}};
grant insert (entry_id, request_id, kind) on information_entry to {{request}};

-- What staff need of the register to check requests, and nothing else of it: of the children whom those requests may mean
-- that they handle. A family that is hidden is shown to the protection officers alone, from the instant that it is.
create function access.register_of(requests uuid[]) returns table (request_id uuid, facts jsonb)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.request_id, jsonb_build_object(
    'askerName', (
      select jsonb_build_object('given', a.given, 'middle', a.middle, 'family', a.family)
      from person a where a.person_id = r.asker_id and a.given is not null and a.family is not null),
    'candidates', coalesce((
      select jsonb_agg(jsonb_build_object(
        'childId', c.person_id,
        'name', case when c.given is not null and c.family is not null then
          jsonb_build_object('given', c.given, 'middle', c.middle, 'family', c.family) end,
        'birthDate', c.birth_date,
        'isParent', exists (
          select from register_parent p join person_number n on n.lookup_hash = p.lookup_hash
          where p.child_id = c.person_id and n.person_id = r.asker_id),
        'isAskerRestricted', exists (
          select from restriction x where x.child_id = any (with_merged(array[c.person_id])) and x.lifted_at is null
            and (x.person_id is null or x.person_id in (select ids_of_human(r.asker_id)))),
        'entries', coalesce((
          select jsonb_agg(jsonb_build_object('value', h.value, 'holderId', h.holder_id, 'kind', h.holder_kind,
            'name', case when a.given is not null and a.family is not null then
              jsonb_build_object('given', a.given, 'middle', a.middle, 'family', a.family) end) order by h.value, a.given, h.holder_id)
          from responsibility h left join person a on a.person_id = h.holder_id where h.child_id = c.person_id), '[]'),
        'places', coalesce((
          select jsonb_agg(jsonb_build_object('unitId', u.unit_id, 'kind', u.kind, 'unit', u.name, 'from', e.from_day, 'to', e.to_day,
            'groups', coalesce((select jsonb_agg(g.name) from child_group g where g.group_id = any (e.group_ids)), '[]'))
            order by e.from_day, u.name)
          from enrolment e join unit u on u.unit_id = e.unit_id where e.child_id = c.person_id), '[]')) order by c.person_id)
      from information_candidate k join person c on c.person_id = k.child_id
      where k.request_id = r.request_id
        and (r.route = 'PROTECTION' or c.held_protection not in ('FORTROLIG', 'STRENGT_FORTROLIG'))), '[]'))
  from information_request r
  where r.request_id = any (requests) and r.request_id = any ((select access.handled_requests())::uuid[])
$$;
revoke all on function access.register_of(uuid[]) from public;
grant execute on function access.register_of(uuid[]) to {{request}};
