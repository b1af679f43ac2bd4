-- What a message said that was withdrawn, or moved to a case: kept apart, where no request and not the service's own work can
-- read it, as the trace that a withdrawal leaves (MSG-17) and until an archive has what was moved (MSG-12, RET-02).
create table put_away (
  message_id uuid primary key references message on delete cascade,
  why text not null check (why in ('WITHDRAWN', 'MOVED')),
  body text not null,
  -- Of the thread, where the message was the first in it.
  subject text,
  put_away_by uuid,
  put_away_at timestamptz(3) not null default now()
);
alter table put_away enable row level security;
alter table put_away force row level security;
create policy of_the_owner on put_away to {{owner}} using (true) with check (true);

-- Hides what a message says from everybody, at once; false when there is nothing to hide any more. Whoever it lies unread with
-- has nothing to read.
create function put_away(wanted uuid, because text, who uuid) returns boolean
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
  update inbox_entry set is_unread = false where thread_id = hidden.thread_id and last_message_at = hidden.sent_at;
  return true;
end $$;
revoke all on function put_away(uuid, text, uuid) from public;
grant execute on function put_away(uuid, text, uuid) to {{worker}};

create function forget_who_put_away() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  update put_away set put_away_by = null where message_id = new.id and put_away_by = old.author_id;
  return new;
end $$;
create trigger author_is_forgotten after update of author_id on message
  for each row when (new.author_id is null) execute function forget_who_put_away();
