-- A round of admission: what it is for, until when one applies, and by which rules it is drawn. Its state is what the moves below have made
-- of it, and nothing else changes it.
create table admission_round (
  id uuid primary key,
  kind text not null check (kind in ('TRANSFER', 'MAIN', 'SUPPLEMENTARY', 'CONTINUOUS', 'SFO')),
  title text not null check (length(title) between 1 and 200),
  admission_year int not null check (admission_year between 2000 and 2200),
  state text not null default 'DRAFT'
    check (state in ('DRAFT', 'OPEN', 'CLOSED', 'ALLOCATED', 'PUBLISHED', 'APPEAL', 'FINISHED')),
  -- The last day to apply; null for a round that takes applications all the year (BHG-04, BHG-05).
  deadline date,
  -- More time for everybody, which is never taken back (BHG-05).
  grace_until timestamptz,
  grace_reason text,
  wish_limit int not null check (wish_limit between 1 and 10),
  -- The day and month on which the kindergarten year begins.
  year_begins text not null check (year_begins ~ '^08-(0[1-9]|[12][0-9]|3[01])$'),
  -- In the words of an instance (placement § 5), without the number of wishes.
  config jsonb not null check (jsonb_typeof(config) = 'object'),
  -- SHA-256 of the seed, published from when the round opens: nobody can choose another one later.
  seed_commitment text check (seed_commitment ~ '^[0-9a-f]{64}$'),
  -- The number of the last move.
  version int not null default 0,
  -- Null once they have been erased (RET-08). So are those below.
  planned_by uuid,
  planned_at timestamptz not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  unique (planned_by, idempotency_key),
  check (deadline is not null or kind in ('CONTINUOUS', 'SFO')),
  check ((grace_until is null) = (grace_reason is null)),
  check (state = 'DRAFT' or seed_commitment is not null)
);
create index admission_round_listed on admission_round (admission_year, id);

-- Units that take part, whatever else is open at them (P12), each with the statutes that were in force when the round opened.
create table round_unit (
  round_id uuid not null references admission_round,
  unit_id uuid not null,
  statute_id uuid references statute,
  primary key (round_id, unit_id)
);

-- The seed of the draw. Nobody reads it before the result is published.
create table round_seed (
  round_id uuid primary key references admission_round,
  seed text not null check (length(seed) >= 32),
  drawn_at timestamptz not null
);

-- That somebody wants a closed round opened again, as it stood after a move. Another person approves it (placement § 8).
create table round_reopening (
  id uuid primary key,
  round_id uuid not null references admission_round,
  round_version int not null,
  reason text not null check (length(reason) between 1 and 2000),
  proposed_by uuid,
  proposed_at timestamptz not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  unique (round_id, round_version),
  unique (proposed_by, idempotency_key)
);

-- What was done with a round, in order (placement § 8, § 10). To add a row is to do it; the next number is free for one alone, so that of two who
-- move a round at once one is told that it stands elsewhere by now.
create table round_move (
  round_id uuid not null references admission_round,
  nth int not null check (nth > 0),
  move text not null,
  from_state text not null,
  to_state text not null,
  reason text check (length(reason) between 1 and 2000),
  grace_until timestamptz,
  reopening_id uuid references round_reopening,
  -- What was planned, as it stood after the move.
  plan jsonb check (jsonb_typeof(plan) = 'object'),
  made_by uuid,
  approved_by uuid,
  made_at timestamptz not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  primary key (round_id, nth),
  check ((move, from_state, to_state) in (
    ('PLAN', 'DRAFT', 'DRAFT'), ('CHANGE', 'DRAFT', 'DRAFT'), ('OPEN', 'DRAFT', 'OPEN'), ('GRANT_GRACE', 'OPEN', 'OPEN'),
    ('CLOSE', 'OPEN', 'CLOSED'), ('REOPEN', 'CLOSED', 'OPEN'), ('ALLOCATE', 'CLOSED', 'ALLOCATED'),
    ('DISCARD', 'ALLOCATED', 'CLOSED'), ('PUBLISH', 'ALLOCATED', 'PUBLISHED'), ('OPEN_APPEALS', 'PUBLISHED', 'APPEAL'),
    ('FINISH', 'APPEAL', 'FINISHED'))),
  check (reason is not null or move not in ('GRANT_GRACE', 'REOPEN', 'DISCARD')),
  check ((move = 'GRANT_GRACE') = (grace_until is not null)),
  check ((move = 'REOPEN') = (reopening_id is not null)),
  check ((move in ('PLAN', 'CHANGE')) = (plan is not null)),
  check (approved_by <> made_by)
);
-- A key is of whoever asked, which for a second person's move is the second.
create unique index round_move_key on round_move ((coalesce(approved_by, made_by)), idempotency_key);
create trigger round_move_is_kept before update or delete on round_move
  for each row execute function keep_as_added('made_by', 'approved_by');
create trigger round_reopening_is_kept before update or delete on round_reopening
  for each row execute function keep_as_added('proposed_by');
create trigger round_seed_is_kept before update or delete on round_seed for each row execute function keep_as_added();

-- Whoever is barred here was overtaken: the round stands elsewhere by now, and they are told so when they look again.
create function move_round() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update admission_round r set state = new.to_state, version = new.nth,
    grace_until = coalesce(new.grace_until, r.grace_until),
    grace_reason = case when new.grace_until is null then r.grace_reason else new.reason end
  where r.id = new.round_id and r.state = new.from_state and r.version = new.nth - 1
    and (new.grace_until is null or r.grace_until is null or new.grace_until > r.grace_until);
  if not found then
    raise exception 'round % stands elsewhere', new.round_id using errcode = 'insufficient_privilege';
  end if;
  if new.move = 'OPEN' and (
    not exists (select from round_unit u where u.round_id = new.round_id)
    or exists (select from round_unit u where u.round_id = new.round_id and u.statute_id is null)
    or not exists (select from round_seed s join admission_round r on r.id = s.round_id
      where s.round_id = new.round_id and r.seed_commitment = encode(sha256(convert_to(s.seed, 'UTF8')), 'hex'))) then
    raise exception 'round % cannot be opened', new.round_id using errcode = 'restrict_violation';
  end if;
  if new.move = 'REOPEN' and not exists (
    select from round_reopening p where p.id = new.reopening_id and p.round_id = new.round_id and p.round_version = new.nth - 1
      and p.proposed_by is not distinct from new.made_by and p.reason = new.reason and new.approved_by is not null) then
    raise exception 'round % is reopened by no decision of two', new.round_id using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
revoke all on function move_round() from public;
create trigger round_move_moves before insert on round_move for each row execute function move_round();

do $$
declare
  name text;
begin
  foreach name in array array['admission_round', 'round_unit', 'round_seed', 'round_reopening', 'round_move'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy of_the_service on %I for select to {{worker}} using (true)', name);
    execute format('grant select on %I to {{request}}, {{worker}}', name);
  end loop;
  foreach name in array array['admission_round', 'round_reopening', 'round_move'] loop
    execute format($policy$create policy of_a_case_worker on %I for select to {{request}} using (
      'CASE_WORKER' = any ((select access.municipal())::text[]))$policy$, name);
  end loop;
end $$;

-- What is planned is for case workers; from when it is open, everybody who has signed in sees it. A machine has not, nor has a tablet.
create policy once_it_is_open on admission_round for select to {{request}} using (
  state <> 'DRAFT' and (select access.person()) is not null);
create function rounds_seen() returns uuid[] language sql stable
  as $$ select coalesce(array_agg(id), '{}') from admission_round $$;
create function rounds_drafted() returns uuid[] language sql stable
  as $$ select coalesce(array_agg(id), '{}') from admission_round where state = 'DRAFT' $$;
create function rounds_published() returns uuid[] language sql stable
  as $$ select coalesce(array_agg(id), '{}') from admission_round where state in ('PUBLISHED', 'APPEAL', 'FINISHED') $$;
create policy of_its_round on round_unit for select to {{request}} using (round_id = any ((select rounds_seen())::uuid[]));
create policy once_it_is_published on round_seed for select to {{request}} using (
  round_id = any ((select rounds_published())::uuid[]));

create policy by_a_case_worker on admission_round for insert to {{request}} with check (
  'CASE_WORKER' = any ((select access.municipal())::text[]) and planned_by = (select access.person()) and state = 'DRAFT');
create policy by_a_case_worker_still on admission_round for update to {{request}} using (
  state = 'DRAFT' and 'CASE_WORKER' = any ((select access.municipal())::text[]));
create policy by_a_case_worker on round_unit for insert to {{request}} with check (
  'CASE_WORKER' = any ((select access.municipal())::text[]) and round_id = any ((select rounds_drafted())::uuid[]));
create policy by_a_case_worker_still on round_unit for delete to {{request}} using (
  'CASE_WORKER' = any ((select access.municipal())::text[]) and round_id = any ((select rounds_drafted())::uuid[]));
create policy by_a_case_worker on round_reopening for insert to {{request}} with check (
  'CASE_WORKER' = any ((select access.municipal())::text[]) and proposed_by = (select access.person()));
-- A round is moved in nobody else's name, by the service neither; it is reopened by the second of two.
create policy by_a_case_worker on round_move for insert to {{request}}, {{worker}} with check (
  'CASE_WORKER' = any ((select access.municipal())::text[])
  and ((move = 'REOPEN' and approved_by = (select access.person()))
    or (move <> 'REOPEN' and made_by = (select access.person()))));

grant insert (id, kind, title, admission_year, deadline, wish_limit, year_begins, config, planned_by, planned_at, idempotency_key),
  update (kind, title, admission_year, deadline, wish_limit, year_begins, config) on admission_round to {{request}};
grant insert (round_id, unit_id), delete on round_unit to {{request}};
grant insert on round_reopening to {{request}};
grant insert on round_move to {{request}}, {{worker}};

-- What comes with opening, which no request may touch.
create policy when_it_opens on admission_round for update to {{worker}} using (state = 'DRAFT');
create policy when_it_opens on round_unit for update to {{worker}} using (true);
create policy when_it_opens on round_seed for insert to {{worker}} with check (true);
grant update (seed_commitment) on admission_round to {{worker}};
grant update (statute_id) on round_unit to {{worker}};
grant insert on round_seed to {{worker}};

-- By what children are admitted in a round stays to be checked when there are other statutes (BHG-08, BHG-10).
create function statutes_pinned() returns uuid[] language sql stable
  as $$ select coalesce(array_agg(statute_id), '{}') from round_unit where statute_id is not null $$;
create policy pinned on statute for select to {{request}} using (id = any ((select statutes_pinned())::uuid[]));

create function erase_person_from_rounds(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update admission_round set planned_by = null where planned_by = erased;
  update round_reopening set proposed_by = null where proposed_by = erased;
  update round_move set made_by = null where made_by = erased;
  update round_move set approved_by = null where approved_by = erased;
$$;
revoke all on function erase_person_from_rounds(uuid) from public;
grant execute on function erase_person_from_rounds(uuid) to {{worker}};
