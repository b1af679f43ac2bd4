-- Times that staff offer the guardians of some children for a talk (ASM-08), and which of them are booked. No two times of one
-- member of staff overlap, no time is booked twice, and no child has two talks of one offer: whatever happens at once.
create extension if not exists btree_gist;

create table meeting_offer (
  id uuid primary key,
  unit_id uuid not null,
  -- Null once whoever holds the talks has been erased (RET-08).
  held_by uuid,
  kind text not null check (kind in ('DEVELOPMENT_TALK', 'OTHER')),
  way text not null check (way in ('AT_THE_UNIT', 'PHONE', 'VIDEO')),
  room text check (length(room) between 1 and 60),
  booking_ends_days_before int not null check (booking_ends_days_before between 0 and 14),
  cancelling_ends_days_before int not null check (cancelling_ends_days_before between 0 and 14),
  -- Whether each guardian may have a talk of their own.
  is_separate boolean not null,
  published_at timestamptz not null default now(),
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  unique (held_by, idempotency_key),
  unique (id, unit_id)
);

-- Which children it is for: frozen when it is published, and a row each, so that a guardian sees no other child's (GUA-13).
create table meeting_invitation (
  offer_id uuid not null,
  child_id uuid not null,
  unit_id uuid not null,
  primary key (offer_id, child_id),
  foreign key (offer_id, unit_id) references meeting_offer (id, unit_id) on delete cascade
);
create index meeting_invitation_child on meeting_invitation (child_id);

create table meeting_time (
  id uuid primary key,
  offer_id uuid not null,
  unit_id uuid not null,
  held_by uuid,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (starts_at < ends_at),
  -- That it is booked, and not by whom: whoever is invited may know that much.
  is_taken boolean not null default false,
  withdrawn_at timestamptz,
  unique (id, offer_id, unit_id),
  foreign key (offer_id, unit_id) references meeting_offer (id, unit_id) on delete cascade,
  constraint meeting_time_of_one_holder
    exclude using gist (held_by with =, tstzrange(starts_at, ends_at) with &&) where (withdrawn_at is null)
);
create index meeting_time_offer on meeting_time (offer_id, starts_at);

create table meeting_booking (
  id uuid primary key,
  time_id uuid not null,
  offer_id uuid not null,
  unit_id uuid not null,
  child_id uuid not null,
  booked_by uuid,
  -- Whose talk it is: the child's, with whichever guardians come; or, of separate talks and of a protected child, the
  -- guardian's own, of which the other is told nothing (ADR-11).
  party uuid not null,
  booked_at timestamptz not null default now(),
  cancelled_at timestamptz,
  -- The notice that reminds of it, once that has been told.
  reminder_id uuid,
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  unique (booked_by, idempotency_key),
  foreign key (time_id, offer_id, unit_id) references meeting_time (id, offer_id, unit_id) on delete cascade,
  foreign key (offer_id, child_id) references meeting_invitation (offer_id, child_id) on delete cascade
);
create unique index meeting_booking_of_a_time on meeting_booking (time_id) where cancelled_at is null;
create unique index meeting_booking_of_a_child on meeting_booking (offer_id, child_id, party) where cancelled_at is null;
create index meeting_booking_child on meeting_booking (child_id);

-- Stays with what the tables know, whatever whoever inserts says.
create function settle_meeting_party() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.party := case
    when (select is_separate from meeting_offer where id = new.offer_id)
      or exists (select from access.enrolment where child_id = new.child_id and named_staff is not null)
    then new.booked_by else new.child_id end;
  return new;
end $$;
create trigger meeting_booking_party before insert on meeting_booking
  for each row execute function settle_meeting_party();

create function mark_meeting_time() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update meeting_time set is_taken = exists (
    select from meeting_booking where time_id = new.time_id and cancelled_at is null) where id = new.time_id;
  return null;
end $$;
create trigger meeting_booking_marks_its_time after insert or update of cancelled_at on meeting_booking
  for each row execute function mark_meeting_time();

-- What whoever asks may see or do, made once a query. All but the last stay within what access.enter has found.
create function meeting_own_seats() returns text[] language sql stable
  as $$
    select coalesce(array_agg(e.child_id || ':' || e.unit_id), '{}') from access.enrolment e
    where e.child_id = any (access.children())
      and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
  $$;
create function meeting_own_protected() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(distinct e.child_id), '{}') from access.enrolment e
    where e.child_id = any (access.children()) and e.named_staff is not null
  $$;
-- Seats of which whoever asks may publish times: those in their charge by a role that holds talks.
create function meeting_published_seats() returns text[] language sql stable
  as $$
    select coalesce(array_agg(distinct e.child_id || ':' || e.unit_id), '{}') from access.staff_role r
    join access.enrolment e on e.unit_id = r.unit_id and (r.group_id is null or r.group_id = any (e.group_ids))
    where r.role in ('LEADER', 'CONTACT_TEACHER', 'AFTER_SCHOOL', 'KINDERGARTEN') and r.person_id = access.person()
      and e.child_id || ':' || e.unit_id = any (access.seats())
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
      and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
  $$;
create function meeting_published_units() returns uuid[] language sql stable
  as $$ select coalesce(array_agg(distinct split_part(seat, ':', 2)::uuid), '{}') from unnest(meeting_published_seats()) seat $$;
create function meeting_led_units() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(r.unit_id), '{}') from access.staff_role r
    where r.role = 'LEADER' and r.group_id is null and r.person_id = access.person() and r.unit_id = any (access.units())
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
  $$;
create function meeting_offers_seen() returns uuid[] language sql stable
  as $$ select coalesce(array_agg(distinct offer_id), '{}') from meeting_invitation $$;
create function meeting_invitations_seen() returns text[] language sql stable
  as $$ select coalesce(array_agg(offer_id || ':' || child_id), '{}') from meeting_invitation $$;
-- Sees past row-level security, and so no more than the own offers of whoever asks: one has no invitations yet when it is made.
create function meeting_offers_held() returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp
  as $$ select coalesce(array_agg(id), '{}') from meeting_offer where held_by = access.person() $$;
revoke all on function meeting_offers_held() from public;
grant execute on function meeting_offers_held() to {{request}};

do $$
declare
  name text;
begin
  foreach name in array array['meeting_offer', 'meeting_invitation', 'meeting_time', 'meeting_booking'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('create policy unless_hidden on %I as restrictive for select to {{request}}
      using (unit_id <> all ((select units_hidden())::uuid[]))', name);
    execute format('create policy while_open on %I as restrictive for insert to {{request}}
      with check (unit_id = any ((select units_open())::uuid[]))', name);
    execute format('grant select on %I to {{request}}, {{worker}}', name);
  end loop;
end $$;

create policy of_a_guardian on meeting_invitation for select to {{request}} using (
  child_id || ':' || unit_id = any ((select meeting_own_seats())::text[]));
create policy of_the_staff on meeting_invitation for select to {{request}} using (
  child_id || ':' || unit_id = any ((select access.seats())::text[]));
create policy by_the_staff on meeting_invitation for insert to {{request}} with check (
  child_id || ':' || unit_id = any ((select meeting_published_seats())::text[])
  and offer_id = any ((select meeting_offers_held())::uuid[]));

create policy of_the_invited on meeting_offer for select to {{request}} using (
  id = any ((select meeting_offers_seen())::uuid[]));
create policy by_the_staff on meeting_offer for insert to {{request}} with check (
  held_by = (select access.person()) and unit_id = any ((select meeting_published_units())::uuid[]));

create policy of_the_invited on meeting_time for select to {{request}} using (
  offer_id = any ((select meeting_offers_seen())::uuid[]));
create policy by_the_staff on meeting_time for insert to {{request}} with check (
  held_by = (select access.person()) and unit_id = any ((select meeting_published_units())::uuid[])
  and offer_id = any ((select meeting_offers_held())::uuid[]));
create policy taken_back on meeting_time for update to {{request}} using (
  held_by = (select access.person()) and unit_id = any ((select meeting_published_units())::uuid[])
  or unit_id = any ((select meeting_led_units())::uuid[]));

create policy of_a_guardian on meeting_booking for select to {{request}} using (
  child_id = any ((select access.children())::uuid[])
  and (booked_by = (select access.person())
    or party = child_id and child_id <> all ((select meeting_own_protected())::uuid[])));
create policy of_the_staff on meeting_booking for select to {{request}} using (
  child_id || ':' || unit_id = any ((select access.seats())::text[]));
create policy by_a_guardian on meeting_booking for insert to {{request}} with check (
  child_id = any ((select access.children())::uuid[]) and booked_by = (select access.person())
  and offer_id || ':' || child_id = any ((select meeting_invitations_seen())::text[]));
create policy by_a_guardian_still on meeting_booking for update to {{request}} using (
  child_id = any ((select access.children())::uuid[])
  and (booked_by = (select access.person())
    or party = child_id and child_id <> all ((select meeting_own_protected())::uuid[])));
create policy while_open_still on meeting_booking as restrictive for update to {{request}} using (
  unit_id = any ((select units_open())::uuid[]));

grant insert on meeting_invitation to {{request}};
grant insert (id, unit_id, held_by, kind, way, room, booking_ends_days_before, cancelling_ends_days_before, is_separate, idempotency_key)
  on meeting_offer to {{request}};
grant insert (id, offer_id, unit_id, held_by, starts_at, ends_at) on meeting_time to {{request}};
grant insert (id, time_id, offer_id, unit_id, child_id, booked_by, idempotency_key) on meeting_booking to {{request}};
grant update (cancelled_at) on meeting_booking to {{request}};
grant update (withdrawn_at) on meeting_time to {{request}};
grant update (cancelled_at, reminder_id) on meeting_booking to {{worker}};

-- Takes away what is kept of meetings under the id of somebody (RET-08).
create function erase_person_from_meetings(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update meeting_booking set cancelled_at = coalesce(cancelled_at, now())
    where child_id = erased or (booked_by = erased and party = erased);
  delete from meeting_booking where child_id = erased or party = erased;
  delete from meeting_invitation where child_id = erased;
  update meeting_booking set booked_by = null where booked_by = erased;
  update meeting_time set held_by = null where held_by = erased;
  update meeting_offer set held_by = null where held_by = erased;
$$;
revoke all on function erase_person_from_meetings(uuid) from public;
grant execute on function erase_person_from_meetings(uuid) to {{worker}};
