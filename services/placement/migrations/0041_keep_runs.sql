-- What somebody would like to know the outcome of: a round with other seats, other rules, another draw or other decisions by hand. A name that
-- is saved again is another version of it.
create table scenario (
  id uuid primary key,
  round_id uuid not null references admission_round,
  name text not null check (length(name) between 1 and 100),
  version int not null check (version > 0),
  seed text not null check (length(seed) between 1 and 100),
  -- Seats, rules and overrides, in the words of an instance.
  changes jsonb not null check (jsonb_typeof(changes) = 'object'),
  -- Null once they have been erased (RET-08). So are those below.
  saved_by uuid,
  saved_at timestamptz not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  unique (round_id, name, version),
  unique (id, round_id),
  unique (saved_by, idempotency_key)
);

-- A computation, and all that it takes to do it again in years (BHG-23): what was given as one text, and what came of it. Added and never
-- changed. The text holds applications and units by id, birth dates and flags, and of nobody who they are.
create table run (
  id uuid primary key,
  nth bigint generated always as identity unique,
  round_id uuid not null references admission_round,
  -- The number of the round's last move when it was made.
  round_version int not null,
  purpose text not null check (purpose in ('SIMULATION', 'FINAL')),
  scenario_id uuid,
  snapshot text not null,
  snapshot_hash text not null check (snapshot_hash = encode(sha256(convert_to(snapshot, 'UTF8')), 'hex')),
  engine_version text not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$'),
  -- Children who have their seat by hand, and whom the engine was not asked about.
  pinned jsonb not null check (jsonb_typeof(pinned) = 'array'),
  result jsonb not null check (jsonb_typeof(result) = 'object'),
  made_by uuid,
  made_at timestamptz not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  unique (made_by, idempotency_key),
  foreign key (scenario_id, round_id) references scenario (id, round_id),
  check (purpose = 'SIMULATION' or scenario_id is null)
);
create index run_round on run (round_id, nth desc);
create unique index run_final on run (round_id, round_version) where purpose = 'FINAL';

create trigger scenario_is_kept before update or delete on scenario for each row execute function keep_as_added('saved_by');
create trigger run_is_kept before update or delete on run for each row execute function keep_as_added('made_by');

-- Before a round is allocated nothing is drawn with its seed, so that nobody sees the draw beforehand; the final run is drawn with no other
-- (placement § 4).
create function draw_in_time() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  known admission_round;
  drawn text;
begin
  select * into known from admission_round r where r.id = new.round_id for share;
  if tg_table_name = 'scenario' then
    drawn := new.seed;
  else
    drawn := new.snapshot::jsonb ->> 'seed';
    if new.round_version <> known.version then
      raise exception 'round % stands elsewhere', new.round_id using errcode = 'insufficient_privilege';
    end if;
    if new.purpose = 'FINAL' then
      if known.state <> 'ALLOCATED' or encode(sha256(convert_to(drawn, 'UTF8')), 'hex') is distinct from known.seed_commitment then
        raise exception 'round % is allocated with its own seed alone', new.round_id using errcode = 'restrict_violation';
      end if;
      return new;
    end if;
  end if;
  if known.state not in ('DRAFT', 'OPEN', 'CLOSED', 'ALLOCATED') then
    raise exception 'nothing is simulated in round % any more', new.round_id using errcode = 'insufficient_privilege';
  end if;
  if (known.state <> 'ALLOCATED' or tg_table_name = 'scenario')
    and encode(sha256(convert_to(drawn, 'UTF8')), 'hex') = known.seed_commitment then
    raise exception 'the seed of round % is nobody''s yet', new.round_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
revoke all on function draw_in_time() from public;
create trigger scenario_in_time before insert on scenario for each row execute function draw_in_time();
create trigger run_in_time before insert on run for each row execute function draw_in_time();

do $$
declare
  name text;
begin
  foreach name in array array['scenario', 'run'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy of_the_service on %I for select to {{worker}} using (true)', name);
    execute format($policy$create policy of_a_case_worker on %I for select to {{request}} using (
      'CASE_WORKER' = any ((select access.municipal())::text[]))$policy$, name);
    execute format('grant select on %I to {{worker}}', name);
  end loop;
end $$;
create policy by_a_case_worker on scenario for insert to {{request}} with check (
  'CASE_WORKER' = any ((select access.municipal())::text[]) and saved_by = (select access.person()));
grant select, insert on scenario to {{request}};
-- What was given and what came of it is read through the function below. Nothing runs in another's name, by the service neither.
grant select (id, nth, round_id, round_version, purpose, scenario_id, snapshot_hash, engine_version, digest, made_by, made_at, idempotency_key)
  on run to {{request}};
create policy by_a_case_worker on run for insert to {{worker}} with check (
  'CASE_WORKER' = any ((select access.municipal())::text[]) and made_by = (select access.person()));
grant insert on run to {{worker}};

-- A run as it was given and came out, for whoever works with admission. It holds what is decided of others' claims, and is told to nobody as
-- it is (P24); nor is the seed in it, before the round is published.
create function run_given(wanted uuid) returns table (snapshot text, pinned jsonb, result jsonb)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select run.snapshot, run.pinned, run.result from run
  where run.id = wanted and 'CASE_WORKER' = any ((select access.municipal())::text[])
$$;

-- Where children have a place on a day, at units of the kind that a round is about: by what was given here, and else where they are enrolled.
-- One for each child.
create function places_on(wanted date, unit_kind text) returns table (child_id uuid, unit_id uuid, is_given boolean)
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  return query select distinct on (there.child_id) there.child_id, there.unit_id, there.is_given from (
    select p.child_id, p.unit_id, p.from_day, true as is_given from place p
    where p.care = case unit_kind when 'AFTER_SCHOOL' then 'SFO' else 'KINDERGARTEN' end
      and p.from_day <= wanted and (p.to_day is null or wanted < p.to_day)
    union all
    select e.child_id, e.unit_id, e.from_day, false from access.enrolment e join access.unit u on u.unit_id = e.unit_id
    where u.kind = unit_kind and e.from_day <= wanted and (e.to_day is null or wanted < e.to_day)) as there
  order by there.child_id, there.is_given desc, there.from_day desc, there.unit_id;
end $$;

-- All that a round is allocated from, but for its seed: of children who are not kept apart. For whoever works with admission; it holds what
-- is claimed of children, and is told to nobody as it is (ADR-03, P24).
create function round_facts(wanted uuid) returns jsonb
  language plpgsql stable security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  r admission_round;
  starts date;
  facts jsonb;
begin
  select * into r from admission_round where id = wanted and 'CASE_WORKER' = any ((select access.municipal())::text[]);
  if not found then
    return null;
  end if;
  starts := (r.admission_year || '-' || r.year_begins)::date;
  with placed as materialized (
    select * from places_on(starts, case when r.kind = 'SFO' then 'AFTER_SCHOOL' else 'KINDERGARTEN' end)),
  applying as materialized (
    select a.* from placement_application a
    where a.round_id = wanted and a.state in ('SUBMITTED', 'COMPLETE') and a.child_id <> all ((select children_kept_apart())::uuid[]))
  select jsonb_build_object(
    'units', (
      select coalesce(jsonb_agg(jsonb_build_object('id', u.unit_id, 'priority', s.priority, 'convertible', coalesce(s.convertible, false),
        'maxSeats', coalesce(s.max_seats, '{}'), 'showRank', coalesce(s.show_rank, false),
        'seats', (
          select coalesce(jsonb_agg(jsonb_build_object('group', lower(d.age_group), 'seats', d.seats, 'occupied', d.occupied,
            'reserved', d.reserved, 'area', d.area, 'adults', d.adults)), '[]')
          from (select distinct on (d.age_group) d.* from seat_decision d where d.round_id = wanted and d.unit_id = u.unit_id
            order by d.age_group, d.nth desc) as d))), '[]')
      from round_unit u left join statute s on s.id = coalesce(u.statute_id, (
        select f.id from statute f where f.unit_id = u.unit_id and f.id = any ((select statutes_in_force())::uuid[])))
      where u.round_id = wanted),
    'overrides', (
      select coalesce(jsonb_agg(jsonb_build_object('kind', o.kind, 'applicationId', o.application_id, 'unitId', o.unit_id,
        'group', lower(o.age_group), 'seats', o.seats) order by o.nth), '[]')
      from round_override o join round_unit u on u.round_id = o.round_id and u.unit_id = o.unit_id
      where o.round_id = wanted
        and not exists (select from round_override_withdrawal w where w.override_id = o.id)
        and (coalesce(r.config ->> 'overridesByTwo', 'false') = 'false'
          or exists (select from round_override_approval p where p.override_id = o.id))),
    'applicants', (
      select coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'childId', a.child_id, 'born', c.born_on, 'livesHere', c.lives_here,
        'wantedStart', a.wanted_start, 'submittedAt', a.submitted_at,
        'hasRight', (select d.has_right from right_decision d where d.application_id = a.id order by d.nth desc limit 1),
        'currentUnitId', (select p.unit_id from placed p where p.child_id = a.child_id),
        'hasPlaceHere', coalesce((select p.is_given from placed p where p.child_id = a.child_id), false),
        'guardianIds', (
          select coalesce(jsonb_agg(g.person_id), '[]') from access.guardian g
          where g.child_id = a.child_id and g.ground = 'PARENTAL_RESPONSIBILITY'),
        'claims', (
          select coalesce(jsonb_agg(jsonb_build_object('flag', k.flag, 'unitId', k.unit_id, 'verdict', lower(k.verdict))), '[]')
          from claim k where k.application_id = a.id),
        'wishes', (
          select coalesce(jsonb_agg(jsonb_build_object('unitId', w.unit_id, 'rank', w.rank,
            'hasSibling', exists (select from placed p where p.child_id = w.sibling_child_id and p.unit_id = w.unit_id))
            order by w.rank), '[]')
          from wish w where w.application_id = a.id)) order by a.id), '[]')
      from applying a left join child_facts c on c.child_id = a.child_id)) into facts;
  return facts;
end $$;

-- From here on the round stands as it does, and its applications with it, until the transaction ends.
create function hold_round(wanted uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if 'CASE_WORKER' = any ((select access.municipal())::text[]) then
    perform from admission_round where id = wanted for update;
    perform from placement_application where round_id = wanted order by id for share;
  end if;
end $$;
do $$
declare
  name text;
begin
  foreach name in array array['run_given(uuid)', 'round_facts(uuid)', 'hold_round(uuid)', 'places_on(date, text)'] loop
    execute format('revoke all on function %s from public', name);
  end loop;
end $$;
grant execute on function run_given(uuid), round_facts(uuid), hold_round(uuid) to {{request}}, {{worker}};
