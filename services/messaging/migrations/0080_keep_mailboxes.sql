-- That a thread is written to everybody who works with the group of its children, and not to the contact teacher alone (M27).
alter table thread add column to_mailbox boolean not null default false;
grant insert (to_mailbox) on thread to {{request}};

-- What waits in the mailbox of a unit and its groups for somebody of the staff to answer, and who has taken it: one row for each
-- thread that home has written in. It opens nothing to anybody: whoever reads the thread by their role sees it, and nobody else.
create table mailbox_entry (
  thread_id uuid primary key,
  unit_id uuid not null,
  child_ids uuid[] not null,
  seats text[] not null,
  -- Since when the oldest unanswered message waits; null when nothing does.
  waits_since timestamptz(3),
  -- Up to when somebody said that no answer is needed.
  settled_at timestamptz(3),
  taken_by uuid,
  taken_at timestamptz(3),
  check ((taken_by is null) = (taken_at is null)),
  foreign key (thread_id, unit_id) references thread (id, unit_id) on delete cascade
);
create index mailbox_entry_waiting on mailbox_entry (unit_id, waits_since, thread_id) where waits_since is not null;

alter table mailbox_entry enable row level security;
alter table mailbox_entry force row level security;
create policy of_the_owner on mailbox_entry to {{owner}} using (true) with check (true);
create policy of_the_service on mailbox_entry to {{worker}} using (true) with check (true);
create policy of_the_staff on mailbox_entry for select to {{request}} using (seats <@ ((select mail_seats())::text[]));
create policy unless_hidden on mailbox_entry as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[]));
grant select on mailbox_entry to {{request}};
grant select, insert, update on mailbox_entry to {{worker}};

-- What was written before: answered is what staff have answered to whoever wrote it.
insert into mailbox_entry (thread_id, unit_id, child_ids, seats, waits_since)
select t.id, t.unit_id, t.child_ids, t.seats, min(m.sent_at)
from thread t
join message m on m.thread_id = t.id and m.author_as = 'guardian' and m.author_id is not null and m.state = 'SENT'
where not exists (
  select from message a where a.thread_id = t.id and a.author_as = 'staff' and a.state = 'SENT'
    and a.sent_at > m.sent_at and m.author_id = any (a.home_readers))
group by t.id;

create function erase_person_from_mailboxes(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  update mailbox_entry set taken_by = null, taken_at = null where taken_by = erased;
$$;
revoke all on function erase_person_from_mailboxes(uuid) from public;
grant execute on function erase_person_from_mailboxes(uuid) to {{worker}};
