-- Seats that exist, who holds each, offers of them, and places. No pool is ever over-committed, by construction (placement § 9, S-23): an
-- offer that waits for its answer, and a place that nobody has given up, hold a seat of their own; a seat is held once; what is held cannot be
-- taken away.
create extension if not exists btree_gist;

-- The seats of a unit for an age group in a year, or those among them that are held for somebody.
create table pool (
  id uuid primary key,
  admission_year int not null check (admission_year between 2000 and 2200),
  unit_id uuid not null,
  age_group text not null check (age_group in ('SMALL', 'LARGE', 'SFO')),
  reserve text check (length(reserve) between 1 and 60),
  -- A child has one place of a kind.
  care text not null generated always as (case age_group when 'SFO' then 'SFO' else 'KINDERGARTEN' end) stored,
  unique nulls not distinct (admission_year, unit_id, age_group, reserve),
  unique (id, unit_id, care)
);
create index pool_unit on pool (unit_id);

-- A row for each seat that there is: to decide on seats is to add rows and to take away such as nobody holds.
create table seat (
  pool_id uuid not null references pool (id),
  number int not null check (number > 0),
  primary key (pool_id, number)
);

-- How many seats case workers have decided on after a round was published, and why. Added and never changed.
create table seat_change (
  id uuid primary key,
  pool_id uuid not null references pool (id),
  unit_id uuid not null,
  before int not null check (before >= 0),
  after int not null check (after >= 0),
  reason text check (length(reason) between 1 and 2000),
  -- Null once they have been erased (RET-08). So are those below.
  changed_by uuid,
  changed_at timestamptz not null
);
create index seat_change_pool on seat_change (pool_id, changed_at);
create trigger seat_change_is_kept before update or delete on seat_change
  for each row execute function keep_as_added('changed_by');

-- An offer of a seat to a child, with the terms that it was made on.
create table offer (
  id uuid primary key,
  application_id uuid not null references placement_application (id),
  child_id uuid not null,
  pool_id uuid not null,
  unit_id uuid not null,
  care text not null,
  seat_number int not null,
  -- The run that it comes of; null for one that a case worker has made.
  run_id uuid,
  -- Which wish it meets; null for a place that was not wished for.
  wish int check (wish > 0),
  made_by uuid,
  made_at timestamptz not null,
  -- Why a case worker offers it to another one than who is next.
  reason text check (length(reason) between 1 and 2000),
  starts_on date not null,
  -- The last instant to answer: an answer at it counts.
  deadline timestamptz not null,
  -- Whether whoever accepts may wait on for a place that they wish more, and whether silence is a no: as the statutes had it (BHG-12).
  keeps_waiting boolean not null,
  silence_declines boolean not null,
  -- What the row of `offer_ending` has made of it.
  state text not null default 'SENT' check (state in ('SENT', 'ACCEPTED', 'ACCEPTED_KEEP', 'DECLINED', 'EXPIRED', 'WITHDRAWN')),
  held_seat int generated always as (case state when 'SENT' then seat_number end) stored,
  foreign key (pool_id, unit_id, care) references pool (id, unit_id, care),
  unique (id, child_id),
  unique (pool_id, held_seat, id, child_id)
);
-- A child has one offer of a kind to answer.
create unique index offer_to_answer on offer (child_id, care) where state = 'SENT';
create index offer_child on offer (child_id, made_at desc, id desc);
create index offer_application on offer (application_id);
create index offer_due on offer (deadline, id) where state = 'SENT';

-- How an offer ended: once, because there is one row. Whoever is second is told so when they look again.
create table offer_ending (
  offer_id uuid primary key,
  child_id uuid not null,
  state text not null check (state in ('ACCEPTED', 'ACCEPTED_KEEP', 'DECLINED', 'EXPIRED', 'WITHDRAWN')),
  -- Whoever declines may wait on for all else that they wait for.
  stays boolean not null default false check (not stays or state = 'DECLINED'),
  -- The guardian who answered or the case worker who withdrew it; nobody where its time was over, or the application was withdrawn.
  ended_by uuid,
  ended_at timestamptz not null,
  reason text check (length(reason) between 1 and 2000),
  check (state <> 'WITHDRAWN' or reason is not null),
  foreign key (offer_id, child_id) references offer (id, child_id) on delete cascade
);
create index offer_ending_child on offer_ending (child_id);
create function refuse_change_of_ending() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - '{ended_by}'::text[] is distinct from to_jsonb(old) - '{ended_by}'::text[] or new.ended_by is not null then
    raise exception 'endings of offers are added and never changed' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger offer_ending_is_kept before update on offer_ending for each row execute function refuse_change_of_ending();

-- An answer counts until the deadline and nobody's silence is taken before it, whoever comes first.
create function end_offer() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update offer set state = new.state
  where id = new.offer_id and state = 'SENT' and case new.state
    when 'WITHDRAWN' then true
    when 'EXPIRED' then new.ended_at > deadline
    else new.ended_at <= deadline
  end;
  if not found then
    raise exception 'offer % has ended', new.offer_id using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
revoke all on function end_offer() from public;
create trigger offer_ending_ends after insert on offer_ending for each row execute function end_offer();

-- A child's place, for as long as it has it; `to_day` is the first day without it. One that another has taken over before it began has no days.
create table place (
  id uuid primary key,
  child_id uuid not null,
  care text not null,
  pool_id uuid not null,
  unit_id uuid not null,
  seat_number int not null,
  application_id uuid references placement_application (id),
  offer_id uuid unique,
  from_day date not null,
  to_day date,
  source text not null check (source in ('OFFER', 'TRANSFER', 'OVERRIDE', 'APPEAL')),
  made_at timestamptz not null,
  -- When it was known that and when it ends: from then on its seat may be promised to somebody else, from the day on which it is free.
  released_at timestamptz,
  held_seat int generated always as (case when released_at is null then seat_number end) stored,
  check (to_day >= from_day),
  check (released_at is null or to_day is not null),
  foreign key (pool_id, unit_id, care) references pool (id, unit_id, care),
  foreign key (offer_id, child_id) references offer (id, child_id),
  unique (id, child_id),
  unique (pool_id, held_seat, id, child_id),
  -- One place of a kind per child and day (BHG-13, S-23).
  constraint place_is_the_only_one exclude using gist (child_id with =, care with =, daterange(from_day, to_day) with &&),
  -- One child per seat and day.
  constraint place_has_its_seat exclude using gist (pool_id with =, seat_number with =, daterange(from_day, to_day) with &&)
);
create index place_child on place (child_id, from_day desc, id desc);
create index place_unit on place (unit_id, from_day);

-- Who holds a seat. The rows and those whose they are go together, in both directions, when a transaction ends: an offer that waits and a place
-- that nobody has given up have a seat, and nothing else has.
create table seat_hold (
  pool_id uuid not null,
  seat_number int not null,
  child_id uuid not null,
  offer_id uuid,
  place_id uuid,
  primary key (pool_id, seat_number),
  check (num_nonnulls(offer_id, place_id) = 1),
  foreign key (pool_id, seat_number) references seat (pool_id, number),
  unique (pool_id, seat_number, offer_id, child_id),
  unique (pool_id, seat_number, place_id, child_id),
  foreign key (pool_id, seat_number, offer_id, child_id) references offer (pool_id, held_seat, id, child_id) deferrable initially deferred,
  foreign key (pool_id, seat_number, place_id, child_id) references place (pool_id, held_seat, id, child_id) deferrable initially deferred
);
create index seat_hold_offer on seat_hold (offer_id);
create index seat_hold_place on seat_hold (place_id);
alter table offer add constraint offer_holds_its_seat foreign key (pool_id, held_seat, id, child_id)
  references seat_hold (pool_id, seat_number, offer_id, child_id) deferrable initially deferred;
alter table place add constraint place_holds_its_seat foreign key (pool_id, held_seat, id, child_id)
  references seat_hold (pool_id, seat_number, place_id, child_id) deferrable initially deferred;

-- That a guardian gives up a place (BHG-14). Added and never changed.
create table resignation (
  id uuid primary key,
  place_id uuid not null,
  child_id uuid not null,
  ends_on date not null,
  resigned_by uuid,
  resigned_at timestamptz not null,
  foreign key (place_id, child_id) references place (id, child_id) on delete cascade
);
create index resignation_place on resignation (place_id);

-- What a child waits for, and no word of which number it is: that is nobody's but case workers' (BHG-20).
create table waiting_entry (
  application_id uuid not null references placement_application (id) on delete cascade,
  child_id uuid not null,
  pool_id uuid not null,
  unit_id uuid not null,
  care text not null,
  -- The pools of an application by how much they are wanted, most first.
  wish_order int not null check (wish_order > 0),
  is_active boolean not null,
  ended_because text check (ended_because in
    ('ACCEPTED', 'DECLINED', 'EXPIRED', 'RESIGNED', 'PLACED', 'APPLICATION_WITHDRAWN')),
  check (is_active = (ended_because is null)),
  primary key (application_id, pool_id),
  unique (application_id, wish_order),
  foreign key (pool_id, unit_id, care) references pool (id, unit_id, care)
);
create index waiting_entry_child on waiting_entry (child_id);
create index waiting_entry_pool on waiting_entry (pool_id) where is_active;
create table waiting_position (
  application_id uuid not null,
  pool_id uuid not null,
  child_id uuid not null,
  unit_id uuid not null,
  position int not null check (position > 0),
  primary key (application_id, pool_id),
  unique (pool_id, position) deferrable initially immediate,
  foreign key (application_id, pool_id) references waiting_entry (application_id, pool_id) on delete cascade
);

-- What somebody asked for under a key of theirs, and what was answered: the same again is answered the same (placement § 9, S-22).
create table offer_command (
  person_id uuid not null,
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  command text not null check (length(command) between 1 and 400),
  -- Null: it was done. Otherwise which reason there was.
  refusal text check (length(refusal) between 1 and 60),
  -- What was made or changed.
  subject_id uuid,
  earliest date,
  answered_at timestamptz not null,
  primary key (person_id, idempotency_key)
);

-- Whoever withdraws an application has nothing to answer any more, and waits for nothing.
create function let_go_of_withdrawn() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  open record;
begin
  update waiting_entry set is_active = false, ended_because = 'APPLICATION_WITHDRAWN'
  where application_id = new.id and is_active;
  for open in select id, child_id from offer where application_id = new.id and state = 'SENT' for update loop
    insert into offer_ending (offer_id, child_id, state, ended_at, reason)
    values (open.id, open.child_id, 'WITHDRAWN', clock_timestamp(), 'the application was withdrawn');
    delete from seat_hold where offer_id = open.id;
  end loop;
  return null;
end $$;
revoke all on function let_go_of_withdrawn() from public;
create trigger placement_application_lets_go after update of state on placement_application
  for each row when (new.state = 'WITHDRAWN' and old.state <> 'WITHDRAWN') execute function let_go_of_withdrawn();

-- That some of what whoever asks would be told of a child is hidden: then they are told so, and of nothing less (S-26).
create function is_any_offer_hidden(of_child uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select exists (
    select from offer where child_id = of_child and unit_id = any ((select units_hidden())::uuid[])
    union all
    select from place where child_id = of_child and unit_id = any ((select units_hidden())::uuid[])
    union all
    select from waiting_entry where child_id = of_child and unit_id = any ((select units_hidden())::uuid[]))
$$;
-- When each seat of a pool is free that nobody holds: null for one that was never anybody's. Whose it was is not told.
create function free_seats(of_pool uuid) returns table (number int, free_from date)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.number, (select max(p.to_day) from place p where p.pool_id = s.pool_id and p.seat_number = s.number)
  from seat s
  where s.pool_id = of_pool and ('CASE_WORKER' = any ((select access.municipal())::text[])
      or 'PROTECTION_OFFICER' = any ((select access.municipal())::text[]))
    and not exists (select from seat_hold h where h.pool_id = s.pool_id and h.seat_number = s.number)
  order by 2 nulls first, 1
$$;
-- How many seats of a pool are held, whoever's they are: also those of children whom whoever asks does not meet.
create function committed_seats(of_pools uuid[]) returns table (pool_id uuid, committed int)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select h.pool_id, count(*)::int from seat_hold h
  where h.pool_id = any (of_pools) and ('CASE_WORKER' = any ((select access.municipal())::text[])
      or exists (select from pool p where p.id = h.pool_id and p.unit_id = any ((select led_units())::uuid[]))
      or 'PROTECTION_OFFICER' = any ((select access.municipal())::text[]))
  group by h.pool_id
$$;
-- Seats of units that whoever asks leads.
create function led_pools() returns uuid[] language sql stable
  as $$ select coalesce(array_agg(id), '{}') from pool where unit_id = any ((select led_units())::uuid[]) $$;
do $$
declare
  name text;
begin
  foreach name in array array['is_any_offer_hidden(uuid)', 'free_seats(uuid)', 'committed_seats(uuid[])'] loop
    execute format('revoke all on function %s from public', name);
    execute format('grant execute on function %s to {{request}}', name);
  end loop;
end $$;

do $$
declare
  name text;
begin
  foreach name in array array['pool', 'seat', 'seat_change', 'offer', 'offer_ending', 'place', 'seat_hold', 'resignation',
    'waiting_entry', 'waiting_position', 'offer_command'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
  end loop;
  -- What follows from a decision is the service's own to carry out.
  foreach name in array array['pool', 'seat', 'offer', 'offer_ending', 'place', 'seat_hold', 'waiting_entry', 'waiting_position'] loop
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('grant select, insert on %I to {{worker}}', name);
  end loop;
  foreach name in array array['pool', 'seat', 'seat_change'] loop
    execute format($policy$create policy of_a_case_worker on %I for select to {{request}} using (
      'CASE_WORKER' = any ((select access.municipal())::text[]) or 'PROTECTION_OFFICER' = any ((select access.municipal())::text[]))$policy$, name);
  end loop;
  foreach name in array array['offer', 'offer_ending', 'place', 'resignation', 'waiting_entry', 'waiting_position'] loop
    execute format($policy$create policy of_a_case_worker on %I for select to {{request}} using (
      'CASE_WORKER' = any ((select access.municipal())::text[])
      and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]))$policy$, name);
    execute format('create policy of_an_officer on %I for select to {{request}} using (
      child_id = any ((select children_of_officers())::uuid[]))', name);
  end loop;
  foreach name in array array['offer', 'place', 'waiting_entry'] loop
    execute format('create policy of_a_guardian on %I for select to {{request}} using (
      child_id = any ((select responsible_children())::uuid[]))', name);
  end loop;
  -- Of a protected family nobody reads when the other one was up (ADR-11).
  execute 'create policy of_a_guardian on offer_ending for select to {{request}} using (
    child_id = any ((select responsible_children())::uuid[])
    and (ended_by = (select access.person()) or child_id <> all ((select children_kept_apart())::uuid[])))';
  execute 'create policy of_a_guardian on resignation for select to {{request}} using (
    child_id = any ((select responsible_children())::uuid[])
    and (resigned_by = (select access.person()) or child_id <> all ((select children_kept_apart())::uuid[])))';
  -- A leader knows who is there and who comes.
  execute 'create policy of_a_leader on place for select to {{request}} using (
    unit_id = any ((select led_units())::uuid[]) and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]))';
  execute 'create policy of_a_leader on pool for select to {{request}} using (unit_id = any ((select led_units())::uuid[]))';
  execute 'create policy of_a_leader on seat for select to {{request}} using (pool_id = any ((select led_pools())::uuid[]))';
  foreach name in array array['pool', 'seat_change', 'offer', 'place', 'waiting_entry', 'waiting_position'] loop
    execute format('create policy unless_hidden on %I as restrictive for select to {{request}} using (
      unit_id <> all ((select units_hidden())::uuid[]))', name);
  end loop;
  foreach name in array array['pool', 'seat', 'seat_change', 'offer', 'offer_ending', 'place', 'resignation', 'waiting_entry',
    'waiting_position'] loop
    execute format('grant select on %I to {{request}}', name);
  end loop;
  -- Where the municipality has stopped admission nothing is done.
  foreach name in array array['seat_change', 'offer'] loop
    execute format('create policy while_open on %I as restrictive for insert to {{request}} with check (
      unit_id = any ((select units_open())::uuid[]))', name);
  end loop;
end $$;

-- Nobody decides or answers in another's name (S-20).
create policy by_a_case_worker on seat_change for insert to {{request}} with check (
  'CASE_WORKER' = any ((select access.municipal())::text[]) and changed_by = (select access.person()));
create policy by_a_case_worker on offer for insert to {{request}} with check (
  'CASE_WORKER' = any ((select access.municipal())::text[]) and made_by = (select access.person()) and state = 'SENT'
  and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]));
create policy by_an_officer on offer for insert to {{request}} with check (
  child_id = any ((select children_of_officers())::uuid[]) and made_by = (select access.person()) and state = 'SENT');
create policy by_a_guardian on offer_ending for insert to {{request}} with check (
  child_id = any ((select responsible_children())::uuid[]) and ended_by = (select access.person())
  and state in ('ACCEPTED', 'ACCEPTED_KEEP', 'DECLINED'));
create policy by_a_case_worker on offer_ending for insert to {{request}} with check (
  'CASE_WORKER' = any ((select access.municipal())::text[]) and ended_by = (select access.person()) and state = 'WITHDRAWN'
  and child_id <> all ((select children_case_workers_do_not_meet())::uuid[]));
create policy by_an_officer on offer_ending for insert to {{request}} with check (
  child_id = any ((select children_of_officers())::uuid[]) and ended_by = (select access.person()) and state = 'WITHDRAWN');
create policy by_a_guardian on resignation for insert to {{request}} with check (
  child_id = any ((select responsible_children())::uuid[]) and resigned_by = (select access.person()));
create policy of_whose_it_is on offer_command for select to {{request}} using (person_id = (select access.person()));
create policy by_whose_it_is on offer_command for insert to {{request}} with check (person_id = (select access.person()));

grant select on offer_command to {{request}};
grant insert on seat_change, offer_ending, resignation, offer_command to {{request}};
grant insert (id, application_id, child_id, pool_id, unit_id, care, seat_number, wish, made_by, made_at, reason, starts_on, deadline,
  keeps_waiting, silence_declines) on offer to {{request}};
grant delete on seat, seat_hold to {{worker}};
grant update (offer_id, place_id) on seat_hold to {{worker}};
grant update (to_day, released_at, pool_id, seat_number) on place to {{worker}};
grant update (is_active, ended_because) on waiting_entry to {{worker}};
grant update (position) on waiting_position to {{worker}};
-- A clock looks for what is due where admission is not stopped.
create policy of_the_service on statute for select to {{worker}} using (true);
grant select (id, unit_id, version, from_day, notice_months, keep_waiting, answer_days, silence_declines) on statute to {{worker}};

-- A child's offers, places and entries go with the child; the seats are free then. Of others it is forgotten who they were (RET-08).
create function erase_person_from_offers(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from seat_hold where child_id = erased;
  delete from waiting_entry where child_id = erased;
  delete from place where child_id = erased;
  delete from offer where child_id = erased;
  update seat_change set changed_by = null where changed_by = erased;
  update offer set made_by = null where made_by = erased;
  update offer_ending set ended_by = null where ended_by = erased;
  update resignation set resigned_by = null where resigned_by = erased;
  delete from offer_command where person_id = erased;
$$;
revoke all on function erase_person_from_offers(uuid) from public;
grant execute on function erase_person_from_offers(uuid) to {{worker}};
