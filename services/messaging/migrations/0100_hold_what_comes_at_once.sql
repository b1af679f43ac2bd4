-- A time that is taken back while somebody books it: of the two, whoever comes second sees the first. Without this, a booking could
-- be stored behind the back of whoever took the time back, and stand at a time that nobody keeps.
create function keep_from_withdrawn_times() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from meeting_time where id = new.time_id and withdrawn_at is null for update;
  return case when found then new end;
end $$;
create trigger meeting_booking_keeps_from_withdrawn_times before insert on meeting_booking
  for each row execute function keep_from_withdrawn_times();

-- The second lock on what is let go: nothing is sent where messages are not open, also what was written while they were (MSG-01).
create function release_while_open() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.unit_id <> all (public.units_open()) then
    raise exception 'messages are not open at the unit' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger message_is_released_while_open before update of state on message
  for each row when (old.state = 'HELD' and new.state = 'SENT') execute function release_while_open();

-- What lies unread in a thread beside what is put away stays unread: only whoever has nothing else to read there has read all.
create or replace function put_away(wanted uuid, because text, who uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  hidden message;
  is_first boolean;
begin
  select * into hidden from message where id = wanted and state in ('SENT', 'HELD') for update;
  if hidden.id is null then
    return false;
  end if;
  is_first := not exists (
    select from message m where m.thread_id = hidden.thread_id and (m.sent_at, m.id) < (hidden.sent_at, hidden.id));
  insert into put_away (message_id, why, body, subject, put_away_by)
    values (wanted, because, hidden.body,
      case when is_first then (select t.subject from thread t where t.id = hidden.thread_id) end, who);
  update message set state = because, body = null where id = wanted;
  if is_first then
    update thread set subject = null where id = hidden.thread_id;
  end if;
  update inbox_entry e set is_unread = exists (
    select from message m
    where m.thread_id = e.thread_id and m.state = 'SENT'
      and (e.capacity = 'staff' or e.person_id = any (m.home_readers))
      and m.sent_at > greatest(coalesce(e.read_at, '-infinity'), (
        select coalesce(max(own.sent_at), '-infinity') from message own
        where own.thread_id = e.thread_id and own.author_id = e.person_id and own.author_as = e.capacity)))
  where e.thread_id = hidden.thread_id and e.is_unread
    and (e.last_message_at = hidden.sent_at or hidden.sent_at > coalesce(e.read_at, '-infinity'));
  return true;
end $$;
