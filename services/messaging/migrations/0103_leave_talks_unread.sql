-- As before; and a talk that is asked for lies unread in a thread as a message does.
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
    or exists (
      select from talk_request q
      where q.thread_id = e.thread_id and q.state = 'OPEN' and q.asked_as <> e.capacity
        and (e.capacity = 'staff' or e.person_id = any (q.home_readers))
        and q.asked_at > coalesce(e.read_at, '-infinity'))
  where e.thread_id = hidden.thread_id and e.is_unread
    and (e.last_message_at = hidden.sent_at or hidden.sent_at > coalesce(e.read_at, '-infinity'));
  return true;
end $$;
