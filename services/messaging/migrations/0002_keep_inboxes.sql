-- What lies in somebody's inbox: one row for each thread that reached them, so that a page of it and the number of what is
-- unread cost the depth of an index, however many messages there are. Messages are as many as they are; these are read.
create table inbox_entry (
  person_id uuid not null,
  capacity text not null check (capacity in ('guardian', 'staff')),
  thread_id uuid not null,
  unit_id uuid not null,
  child_ids uuid[] not null,
  seats text[] not null,
  last_message_at timestamptz(3) not null,
  is_unread boolean not null,
  is_archived boolean not null default false,
  -- When they marked it as read last: what came since may still be on its way to them as a notice.
  read_at timestamptz(3),
  primary key (person_id, capacity, thread_id),
  foreign key (thread_id, unit_id) references thread (id, unit_id) on delete cascade
);
create index inbox_entry_box on inbox_entry (person_id, capacity, is_archived, last_message_at desc, thread_id desc);
create index inbox_entry_unread on inbox_entry (person_id, capacity, last_message_at desc) where is_unread and not is_archived;
create index inbox_entry_thread on inbox_entry (thread_id);
create index message_unit on message (unit_id, sent_at desc, id desc);

alter table inbox_entry enable row level security;
alter table inbox_entry force row level security;
create policy of_the_owner on inbox_entry to {{owner}} using (true) with check (true);
create policy of_the_service on inbox_entry to {{worker}} using (true) with check (true);
create policy of_a_guardian on inbox_entry for select to {{request}} using (
  person_id = (select access.person()) and capacity = 'guardian' and child_ids <@ ((select access.children())::uuid[]));
create policy of_the_staff on inbox_entry for select to {{request}} using (
  person_id = (select access.person()) and capacity = 'staff' and seats <@ ((select mail_seats())::text[]));
create policy unless_hidden on inbox_entry as restrictive for select to {{request}} using (
  unit_id <> all ((select units_hidden())::uuid[]));
create policy marked on inbox_entry for update to {{request}} using (
  person_id = (select access.person())) with check (person_id = (select access.person()));
grant select, update (is_unread, is_archived, read_at) on inbox_entry to {{request}};
grant select, insert, update on inbox_entry to {{worker}};

create or replace function erase_person(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from thread where child_ids @> array[erased];
  delete from left_out where person_id = erased;
  update left_out set left_out_by = null where left_out_by = erased;
  delete from inbox_entry where person_id = erased;
  delete from thread where home_readers = array[erased];
  update message set home_readers = array_remove(home_readers, erased) where erased = any (home_readers);
  update message set author_id = null where author_id = erased;
  update thread set home_readers = array_remove(home_readers, erased), guardians = array_remove(guardians, erased)
    where erased = any (guardians);
  update thread set addressed_staff = array_remove(addressed_staff, erased) where erased = any (addressed_staff);
  update thread set started_by = null where started_by = erased;
$$;
