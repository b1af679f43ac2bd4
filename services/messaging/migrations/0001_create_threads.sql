-- Whom of the staff a unit's messages are open to, beside those who have the child in their charge: in a kindergarten
-- everybody who works there, as whoever writes to it is told (MSG-02). Of a protected child, again, who is named for it (ADR-10).
-- Runs once for a query. That seats are stated at all, be it none, is how access.enter tells staff from guardians (GUA-24).
create function mail_seats() returns text[]
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select array(
    select unnest(access.seats())
    union
    select e.child_id || ':' || e.unit_id
    from access.staff_role r
    join access.unit u on u.unit_id = r.unit_id and u.kind = 'KINDERGARTEN'
    join access.enrolment e on e.unit_id = r.unit_id
    where nullif(current_setting('app.seats', true), '') is not null and r.person_id = access.person()
      and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
      and e.from_day <= access.today() and (e.to_day is null or access.today() < e.to_day)
      and (e.named_staff is null or access.is_named(e.named_staff, access.person(), access.today())))
$$;
-- Who the guardians of some children are, for whoever has a ground for each of them; and who works at a unit, for its staff and
-- for guardians of its children. Nobody can be written to who is not known.
create function guardians_of(wanted uuid[]) returns table (child_id uuid, person_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select g.child_id, g.person_id from access.guardian g
  where g.child_id = any (wanted)
    and (g.child_id = any (access.children())
      or g.child_id = any (array(select split_part(seat, ':', 1)::uuid from unnest(mail_seats()) as seat)))
$$;
create function staff_of(wanted uuid) returns table (person_id uuid, role text, group_id uuid)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select r.person_id, r.role, r.group_id from access.staff_role r
  where r.unit_id = wanted and r.from_day <= access.today() and (r.to_day is null or access.today() < r.to_day)
    and exists (
      select from access.enrolment e where e.unit_id = wanted
        and (e.child_id = any (access.children()) or e.child_id || ':' || e.unit_id = any (mail_seats())))
$$;
revoke all on function mail_seats(), guardians_of(uuid[]), staff_of(uuid) from public;
grant execute on function mail_seats(), guardians_of(uuid[]), staff_of(uuid) to {{request}}, {{worker}};
create policy of_the_mail on access.enrolment for select to {{request}} using (
  child_id || ':' || unit_id = any ((select mail_seats())::text[]));
create function units_open() returns uuid[] language sql stable as $$ select access.units_open('MESSAGING') $$;
create function units_hidden() returns uuid[] language sql stable as $$ select access.units_hidden('MESSAGING') $$;

-- Messages between the guardians of some children and the staff of one unit. Who of the guardians it is for, and whom of the
-- staff it was written to, is frozen when it is opened and never grows (S-09, MSG-06).
create table thread (
  id uuid primary key,
  unit_id uuid not null,
  child_ids uuid[] not null check (cardinality(child_ids) between 1 and 10),
  -- What staff have to have in their charge, each of them, as `child:unit`.
  seats text[] not null check (cardinality(seats) = cardinality(child_ids)),
  -- Who the guardians of each of the children were. When these are others, the thread is closed (GUA-23).
  guardians uuid[] not null,
  home_readers uuid[] not null check (cardinality(home_readers) > 0 and home_readers <@ guardians),
  addressed_staff uuid[] not null,
  started_by uuid,
  started_as text not null check (started_as in ('guardian', 'staff')),
  started_at timestamptz(3) not null default now(),
  -- Null once the message that it came with has been withdrawn.
  subject text check (length(subject) between 1 and 120),
  -- Staff have begun it about a protected child, and nothing of it has been let go home yet (S-08).
  is_held boolean not null,
  last_message_at timestamptz(3) not null default now(),
  unique (id, unit_id)
);
create index thread_unit on thread (unit_id, last_message_at desc, id desc);
create index thread_children on thread using gin (child_ids);

-- What row-level security compares stands in each message, so that it looks nothing up for any of them.
create table message (
  id uuid primary key,
  thread_id uuid not null,
  unit_id uuid not null,
  child_ids uuid[] not null,
  seats text[] not null,
  -- The guardians it is for: whoever wrote it, and whom of the thread's they chose (MSG-05).
  home_readers uuid[] not null,
  author_id uuid,
  author_as text not null check (author_as in ('guardian', 'staff')),
  sent_at timestamptz(3) not null default now(),
  -- Held: staff have written it of a protected child, and nobody has let it go home yet (S-08).
  state text not null default 'SENT' check (state in ('SENT', 'HELD', 'WITHDRAWN', 'MOVED')),
  body text check (length(body) between 1 and 10000),
  check ((body is null) = (state in ('WITHDRAWN', 'MOVED'))),
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  search tsvector generated always as (to_tsvector('norwegian', coalesce(body, ''))) stored,
  foreign key (thread_id, unit_id) references thread (id, unit_id) on delete cascade,
  unique (author_id, idempotency_key)
);
create index message_thread on message (thread_id, sent_at desc, id desc);

-- That a guardian was left out of what staff told the others, why, and by whom: for whoever asks about it later (MSG-04).
create table left_out (
  thread_id uuid not null references thread on delete cascade,
  person_id uuid not null,
  cause text not null check (length(cause) between 1 and 500),
  left_out_by uuid,
  left_out_at timestamptz not null default now(),
  primary key (thread_id, person_id)
);

do $$
declare
  name text;
begin
  foreach name in array array['thread', 'message', 'left_out'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
  end loop;
end $$;

create policy of_a_guardian on thread for select to {{request}} using (
  (select access.person()) = any (home_readers) and child_ids <@ ((select access.children())::uuid[])
  and not is_held);
create policy of_the_staff on thread for select to {{request}} using (seats <@ ((select mail_seats())::text[]));
create policy unless_hidden on thread as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[]));
create policy by_a_guardian on thread for insert to {{request}} with check (
  started_as = 'guardian' and started_by = (select access.person()) and (select access.person()) = any (home_readers)
  and child_ids <@ ((select access.children())::uuid[]));
create policy by_the_staff on thread for insert to {{request}} with check (
  started_as = 'staff' and started_by = (select access.person()) and seats <@ ((select access.seats())::text[]));
create policy while_open on thread as restrictive for insert to {{request}} with check (
  unit_id = any ((select units_open())::uuid[]));

create policy of_a_guardian on message for select to {{request}} using (
  (select access.person()) = any (home_readers) and child_ids <@ ((select access.children())::uuid[]) and state <> 'HELD');
create policy of_the_staff on message for select to {{request}} using (seats <@ ((select mail_seats())::text[]));
create policy unless_hidden on message as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[]));
create policy by_a_guardian on message for insert to {{request}} with check (
  author_as = 'guardian' and author_id = (select access.person()) and (select access.person()) = any (home_readers)
  and child_ids <@ ((select access.children())::uuid[]));
create policy by_the_staff on message for insert to {{request}} with check (
  author_as = 'staff' and author_id = (select access.person()) and seats <@ ((select mail_seats())::text[]));
create policy while_open on message as restrictive for insert to {{request}} with check (
  unit_id = any ((select units_open())::uuid[]));

grant select on thread to {{request}};
grant insert (id, unit_id, child_ids, guardians, home_readers, addressed_staff, started_by, started_as, subject) on thread
  to {{request}};
grant select on message to {{request}};
grant insert (id, thread_id, unit_id, child_ids, seats, home_readers, author_id, author_as, state, body, idempotency_key) on message
  to {{request}};

-- What the service does itself with what was stored: it tells of it, and writes down who was left out.
create policy of_the_service on thread to {{worker}} using (true) with check (true);
create policy of_the_service on left_out for insert to {{worker}} with check (true);
create policy of_the_service on message to {{worker}} using (true) with check (true);
grant select, update (last_message_at, is_held) on thread to {{worker}};
grant select (id, thread_id, unit_id, child_ids, seats, home_readers, author_id, author_as, sent_at, state), update (state) on message
  to {{worker}};
grant insert on left_out to {{worker}};

-- The second lock on whom something goes to. A message stays within its thread, and goes to nobody at home who is not a
-- guardian of every child in it at this moment; not at all when the guardians are others than when it was opened (S-09,
-- GUA-23); and what staff write of a protected child is held (S-08).
create function keep_to_the_audience() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  within thread;
  child uuid;
begin
  select * into within from thread t where t.id = new.thread_id;
  if within.id is null or within.child_ids <> new.child_ids or within.seats <> new.seats
    or not new.home_readers <@ within.home_readers then
    raise exception 'a message goes to nobody outside of its thread' using errcode = 'insufficient_privilege';
  end if;
  foreach child in array within.child_ids loop
    if within.guardians is distinct from
      array(select g.person_id from access.guardian g where g.child_id = child order by g.person_id) then
      raise exception 'the guardians are others than when the thread was opened' using errcode = 'insufficient_privilege';
    end if;
  end loop;
  if new.author_as = 'staff' and new.state <> 'HELD' and exists (
    select from access.enrolment e where e.child_id = any (within.child_ids) and e.named_staff is not null) then
    raise exception 'what is written of a protected child is held' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger message_keeps_to_the_audience before insert on message
  for each row execute function keep_to_the_audience();
-- The seats are those of the children at the unit, and what staff begin about a protected child is held, whoever writes.
create function state_the_audience() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.seats := array(select child || ':' || new.unit_id from unnest(new.child_ids) as child);
  new.is_held := new.started_as = 'staff' and exists (
    select from access.enrolment e where e.child_id = any (new.child_ids) and e.named_staff is not null);
  return new;
end $$;
create trigger thread_states_the_audience before insert on thread for each row execute function state_the_audience();

-- Takes away what is kept under the id of somebody (RET-08): a child's threads; of those of others, that somebody took part.
create function erase_person(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from thread where child_ids @> array[erased];
  delete from left_out where person_id = erased;
  update left_out set left_out_by = null where left_out_by = erased;
  delete from thread where home_readers = array[erased];
  update message set home_readers = array_remove(home_readers, erased) where erased = any (home_readers);
  update message set author_id = null where author_id = erased;
  update thread set home_readers = array_remove(home_readers, erased), guardians = array_remove(guardians, erased)
    where erased = any (guardians);
  update thread set addressed_staff = array_remove(addressed_staff, erased) where erased = any (addressed_staff);
  update thread set started_by = null where started_by = erased;
$$;
revoke all on function erase_person(uuid) from public;
grant execute on function erase_person(uuid) to {{worker}};
