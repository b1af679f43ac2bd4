-- What staff announce to the guardians of some children, and ask them to answer: an event to come to, or a slip with choices. There
-- is no free text in an answer; it would be a way around the guard (MSG-08).
create table unit_event (
  id uuid primary key,
  unit_id uuid not null,
  -- Null once whoever announced it has been erased (RET-08).
  announced_by uuid,
  title text not null check (length(title) between 1 and 120),
  place text check (length(place) between 1 and 60),
  bring text check (length(bring) between 1 and 500),
  -- Both null for a slip, which is about no time.
  starts_at timestamptz,
  ends_at timestamptz,
  check ((starts_at is null) = (ends_at is null) and (starts_at is null or starts_at < ends_at)),
  answer_until timestamptz not null check (starts_at is null or answer_until <= starts_at),
  -- What can be answered; empty: yes or no, and with how many adults.
  choices text[] not null check (cardinality(choices) = 0 or cardinality(choices) between 2 and 10),
  adults_max int not null check (adults_max between 0 and 6),
  -- How many may come, adults and children.
  capacity int check (capacity between 1 and 10000),
  is_full boolean not null default false,
  announced_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  unique (announced_by, idempotency_key),
  unique (id, unit_id)
);

-- Whom it is for: frozen, and a row for each child (GUA-13).
create table unit_event_invitation (
  event_id uuid not null,
  child_id uuid not null,
  unit_id uuid not null,
  primary key (event_id, child_id),
  foreign key (event_id, unit_id) references unit_event (id, unit_id) on delete cascade
);
create index unit_event_invitation_child on unit_event_invitation (child_id);

-- A child's answer, which both guardians see and change; of a protected child, a guardian's own (ADR-11).
create table unit_event_answer (
  event_id uuid not null,
  unit_id uuid not null,
  child_id uuid not null,
  party uuid not null,
  answered_by uuid,
  -- The place of the choice; 0 is no and 1 yes where nothing else can be chosen.
  choice int not null check (choice between 0 and 9),
  adults int not null check (adults between 0 and 6),
  answered_at timestamptz not null default now(),
  primary key (event_id, child_id, party),
  foreign key (event_id, unit_id) references unit_event (id, unit_id) on delete cascade,
  foreign key (event_id, child_id) references unit_event_invitation (event_id, child_id) on delete cascade
);
create index unit_event_answer_child on unit_event_answer (child_id);

create function places_of(choice int, adults int) returns int language sql immutable parallel safe
  as $$ select case choice when 1 then 1 + adults else 0 end $$;

-- Settles whose answer it is, and stores none that there is no room for. The event is locked, so that of many who come at once
-- each counts those before.
create function keep_within_capacity() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  event unit_event;
begin
  if tg_op = 'INSERT' then
    new.party := case
      when exists (select from access.enrolment where child_id = new.child_id and named_staff is not null)
      then new.answered_by else new.child_id end;
  end if;
  select * into event from unit_event where id = new.event_id for update;
  if event.capacity < public.places_of(new.choice, new.adults) + coalesce((
    select sum(public.places_of(choice, adults)) from unit_event_answer
    where event_id = new.event_id and (child_id, party) <> (new.child_id, new.party)), 0)
    and public.places_of(new.choice, new.adults) > 0 then
    return null;
  end if;
  return new;
end $$;
create trigger unit_event_answer_has_room before insert or update of choice, adults on unit_event_answer
  for each row execute function keep_within_capacity();
create function mark_full_event() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  of_event constant uuid := coalesce(new.event_id, old.event_id);
begin
  update unit_event set is_full = coalesce(capacity <= (
    select sum(public.places_of(choice, adults)) from unit_event_answer where event_id = of_event), false)
  where id = of_event and capacity is not null;
  return null;
end $$;
create trigger unit_event_answer_fills after insert or delete or update of choice, adults on unit_event_answer
  for each row execute function mark_full_event();

create function unit_events_seen() returns uuid[] language sql stable
  as $$ select coalesce(array_agg(distinct event_id), '{}') from unit_event_invitation $$;
create function unit_event_invitations_seen() returns text[] language sql stable
  as $$ select coalesce(array_agg(event_id || ':' || child_id), '{}') from unit_event_invitation $$;
create function unit_events_announced() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select coalesce(array_agg(id), '{}') from unit_event where announced_by = access.person() $$;
revoke all on function unit_events_announced() from public;
grant execute on function unit_events_announced() to {{request}};

do $$
declare
  name text;
begin
  foreach name in array array['unit_event', 'unit_event_invitation', 'unit_event_answer'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy unless_hidden on %I as restrictive for select to {{request}}
      using (unit_id <> all ((select units_hidden())::uuid[]))', name);
    execute format('create policy while_open on %I as restrictive for insert to {{request}}
      with check (unit_id = any ((select units_open())::uuid[]))', name);
    execute format('grant select on %I to {{request}}', name);
  end loop;
end $$;

create policy of_a_guardian on unit_event_invitation for select to {{request}} using (
  child_id || ':' || unit_id = any ((select meeting_own_seats())::text[]));
create policy of_the_staff on unit_event_invitation for select to {{request}} using (
  child_id || ':' || unit_id = any ((select access.seats())::text[]));
create policy by_the_staff on unit_event_invitation for insert to {{request}} with check (
  child_id || ':' || unit_id = any ((select meeting_published_seats())::text[])
  and event_id = any ((select unit_events_announced())::uuid[]));

create policy of_the_invited on unit_event for select to {{request}} using (
  id = any ((select unit_events_seen())::uuid[]));
create policy by_the_staff on unit_event for insert to {{request}} with check (
  announced_by = (select access.person()) and unit_id = any ((select meeting_published_units())::uuid[]));
create policy taken_back on unit_event for update to {{request}} using (
  announced_by = (select access.person()) and unit_id = any ((select meeting_published_units())::uuid[])
  or unit_id = any ((select meeting_led_units())::uuid[]));

create policy of_a_guardian on unit_event_answer for select to {{request}} using (
  child_id = any ((select access.children())::uuid[])
  and (answered_by = (select access.person())
    or party = child_id and child_id <> all ((select meeting_own_protected())::uuid[])));
create policy of_the_staff on unit_event_answer for select to {{request}} using (
  child_id || ':' || unit_id = any ((select access.seats())::text[]));
create policy by_a_guardian on unit_event_answer for insert to {{request}} with check (
  child_id = any ((select access.children())::uuid[]) and answered_by = (select access.person())
  and event_id || ':' || child_id = any ((select unit_event_invitations_seen())::text[]));
create policy by_a_guardian_again on unit_event_answer for update to {{request}} using (
  child_id = any ((select access.children())::uuid[])
  and event_id || ':' || child_id = any ((select unit_event_invitations_seen())::text[])
  and (answered_by = (select access.person())
    or party = child_id and child_id <> all ((select meeting_own_protected())::uuid[])))
  with check (answered_by = (select access.person()));
create policy while_open_again on unit_event_answer as restrictive for update to {{request}} using (
  unit_id = any ((select units_open())::uuid[]));

grant insert (id, unit_id, announced_by, title, place, bring, starts_at, ends_at, answer_until, choices, adults_max, capacity,
  idempotency_key) on unit_event to {{request}};
grant update (withdrawn_at) on unit_event to {{request}};
grant insert on unit_event_invitation to {{request}};
grant insert (event_id, unit_id, child_id, answered_by, choice, adults) on unit_event_answer to {{request}};
grant update (answered_by, choice, adults, answered_at) on unit_event_answer to {{request}};

-- Takes away what is kept of events under the id of somebody (RET-08).
create function erase_person_from_events(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from unit_event_answer where child_id = erased or party = erased;
  delete from unit_event_invitation where child_id = erased;
  update unit_event_answer set answered_by = null where answered_by = erased;
  update unit_event set announced_by = null where announced_by = erased;
$$;
revoke all on function erase_person_from_events(uuid) from public;
grant execute on function erase_person_from_events(uuid) to {{worker}};
