-- What was written in another system and taken over from it: read by whom it reached there, and by nobody else of the staff whatever
-- their role (MSG-21). Null: written here, and read by role. Nobody writes in it any more.
alter table thread add column only_staff uuid[];
alter table message add column only_staff uuid[];
alter policy of_the_staff on thread using (
  coalesce(seats <@ ((select mail_seats())::text[]), false) and coalesce((select access.person()) = any (only_staff), true));
alter policy of_the_staff on message using (
  coalesce(seats <@ ((select mail_seats())::text[]), false) and coalesce((select access.person()) = any (only_staff), true));

-- What was taken over, by its id there, so that it is once. It outlives its thread: what was erased here does not come back.
create table imported_thread (
  source_id text primary key check (length(source_id) between 1 and 200),
  thread_id uuid references thread on delete set null,
  -- SHA-256 of the line it came in: another line under the same id is another word of the same thing.
  digest text not null,
  imported_at timestamptz not null default now()
);
create index imported_thread_thread on imported_thread (thread_id);
alter table imported_thread enable row level security;
alter table imported_thread force row level security;
create policy of_the_owner on imported_thread to {{owner}} using (true) with check (true);
create policy of_the_service on imported_thread for select to {{worker}} using (true);
grant select on imported_thread to {{worker}};

-- As in 0001; and what is taken over stays within what was, in a thread of its own kind. A request cannot state only_staff.
create or replace function keep_to_the_audience() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  within thread;
  child uuid;
begin
  select * into within from thread t where t.id = new.thread_id;
  if within.id is null or within.child_ids <> new.child_ids or within.seats <> new.seats
    or not new.home_readers <@ within.home_readers or (within.only_staff is null) <> (new.only_staff is null)
    or not coalesce(new.only_staff <@ within.only_staff, true) then
    raise exception 'a message goes to nobody outside of its thread' using errcode = 'insufficient_privilege';
  end if;
  if within.only_staff is not null then
    return new;
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
create or replace function state_the_audience() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  new.seats := array(select child || ':' || new.unit_id from unnest(new.child_ids) as child);
  new.is_held := new.only_staff is null and new.started_as = 'staff' and exists (
    select from access.enrolment e where e.child_id = any (new.child_ids) and e.named_staff is not null);
  return new;
end $$;

-- Takes a thread over, as one: its messages, each for its readers, and in their inboxes as they had it. Nobody is told. False where
-- it was taken over before.
create function take_over_thread(source text, line_digest text, given jsonb) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  stored thread;
begin
  insert into imported_thread (source_id, digest) values (source, line_digest) on conflict do nothing;
  if not found then
    return false;
  end if;
  insert into thread (id, unit_id, child_ids, guardians, home_readers, addressed_staff, started_by, started_as, started_at, subject,
    to_mailbox, last_message_at, only_staff)
  select t.id, t.unit_id, t.child_ids, t.home_readers, t.home_readers, t.only_staff, t.started_by, t.started_as, t.started_at, t.subject,
    false, t.last_message_at, t.only_staff
  from jsonb_to_record(given->'thread') as t(id uuid, unit_id uuid, child_ids uuid[], home_readers uuid[], only_staff uuid[],
    started_by uuid, started_as text, started_at timestamptz, subject text, last_message_at timestamptz)
  returning * into stored;
  update imported_thread set thread_id = stored.id where source_id = source;
  insert into message (id, thread_id, unit_id, child_ids, seats, home_readers, only_staff, author_id, author_as, sent_at, state, body,
    idempotency_key)
  select m.id, stored.id, stored.unit_id, stored.child_ids, stored.seats, m.home_readers, m.only_staff, m.author_id, m.author_as,
    m.sent_at, 'SENT', m.body, 'import:' || m.id
  from jsonb_to_recordset(given->'messages') as m(id uuid, home_readers uuid[], only_staff uuid[], author_id uuid, author_as text,
    sent_at timestamptz, body text);
  insert into inbox_entry (person_id, capacity, thread_id, unit_id, child_ids, seats, last_message_at, is_unread, read_at)
  select r.person_id, r.capacity, stored.id, stored.unit_id, stored.child_ids, stored.seats, r.last_message_at, r.is_unread, null
  from jsonb_to_recordset(given->'readers') as r(person_id uuid, capacity text, last_message_at timestamptz, is_unread boolean);
  return true;
end $$;

-- Nobody is a reader any more who has been erased (RET-08).
create function erase_earlier_reader(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update thread set only_staff = array_remove(only_staff, erased) where erased = any (only_staff);
  update message set only_staff = array_remove(only_staff, erased) where erased = any (only_staff);
$$;
create index thread_earlier on thread using gin (only_staff) where only_staff is not null;
create index message_earlier on message using gin (only_staff) where only_staff is not null;
revoke all on function take_over_thread(text, text, jsonb), erase_earlier_reader(uuid) from public;
grant execute on function take_over_thread(text, text, jsonb), erase_earlier_reader(uuid) to {{worker}};
