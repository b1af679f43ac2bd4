-- Files go to the archive with what they belong to: with a contact form, or with a message that is moved to a case (MSG-12, MSG-13).
-- Until all of them are through, an entry is told to nobody: it has no time then.
alter table archive_entry
  alter column told_at drop not null,
  add column files smallint not null default 0 check (files between 0 and 10),
  -- How many of them were refused when they were looked at, and went nowhere.
  add column files_refused smallint not null default 0 check (files_refused between 0 and files);
grant select (files, files_refused) on archive_entry to {{request}};

-- A file of an entry, sealed for whoever brings it there: what opens it is in here, and nobody here can open that (decision 0040). Its
-- content lies where files are kept, until the archive has the entry (RET-02).
create table archive_file (
  -- The name of its content; made anew, so that it leads to nothing that anybody has seen.
  id uuid primary key,
  entry_id uuid not null references archive_entry,
  place smallint not null check (place between 1 and 10),
  sealed text not null,
  unique (entry_id, place)
);
alter table archive_file enable row level security;
alter table archive_file force row level security;
create policy of_the_owner on archive_file to {{owner}} using (true) with check (true);
create policy of_the_service on archive_file to {{worker}} using (true) with check (true);
grant select, insert, delete on archive_file to {{worker}};
create trigger archive_file_erases_the_file after delete on archive_file for each row execute function erase_the_file();

-- A file that waits to be sealed is nobody's any more, has no name, and goes with no message that could take it along when it is erased.
alter table attachment
  add column entry_id uuid references archive_entry,
  add column place smallint,
  drop constraint attachment_is_somebodys,
  add constraint attachment_is_somebodys check (num_nonnulls(message_id, bulletin_id, owner_id, entry_id) > 0),
  add constraint attachment_for_the_archive check (
    (entry_id is null) = (place is null) and (entry_id is null or num_nonnulls(message_id, bulletin_id, owner_id) = 0));
create index attachment_for_the_archive on attachment (look_at) where entry_id is not null;
create index attachment_of_entry on attachment (entry_id) where entry_id is not null;
grant select (entry_id, place) on attachment to {{worker}};

-- Whoever signs in as themself may send files in, to go with a contact form (MSG-13); staff who could write to nobody may not.
alter policy by_its_owner on attachment with check (
  message_id is null and owner_id = (select access.person()) and owner_as = (select acting_as())
  and ((select acting_as()) = 'guardian' or (select mail_seats())::text[] <> '{}'));

create or replace function go_with_the_message() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  with_it message;
begin
  if new.message_id is not distinct from old.message_id then
    return new;
  end if;
  if new.message_id is null and old.is_moved and old.entry_id is null and new.entry_id is not null then
    return new;
  end if;
  select * into with_it from message m where m.id = new.message_id;
  if old.message_id is not null or with_it.id is null or with_it.author_id is distinct from old.owner_id
    or with_it.author_as <> old.owner_as or old.state = 'REFUSED' then
    raise exception 'a file goes with a message of its owner, and with one' using errcode = 'insufficient_privilege';
  end if;
  new.unit_id := with_it.unit_id;
  new.child_ids := with_it.child_ids;
  new.seats := with_it.seats;
  new.home_readers := with_it.home_readers;
  new.is_held := with_it.state = 'HELD';
  return new;
end $$;

-- Has a sender's own files, which go with nothing, go with an entry, in the order given; answers how many there were.
create function bring_files_of_sender(entry uuid, sender uuid, wanted uuid[]) returns int
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with brought as (
    update attachment set entry_id = entry, place = array_position(wanted, id), owner_id = null, name = 'file',
      look_at = case state when 'READY' then now() else look_at end, looks = 0
    where id = any (wanted) and owner_id = sender and owner_as = 'guardian' and message_id is null and bulletin_id is null
      and state <> 'REFUSED'
    returning 1)
  select count(*)::int from brought
$$;
-- The same with those of a message that has been moved to a case.
create function bring_files_of_message(entry uuid, moved uuid, wanted uuid[]) returns int
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with brought as (
    update attachment set entry_id = entry, place = array_position(wanted, id), owner_id = null, name = 'file', message_id = null,
      unit_id = null, child_ids = null, seats = null, home_readers = null, is_held = null,
      look_at = case state when 'READY' then now() else look_at end, looks = 0
    where id = any (wanted) and message_id = moved and is_moved and state <> 'REFUSED'
    returning 1)
  select count(*)::int from brought
$$;
revoke all on function bring_files_of_sender(uuid, uuid, uuid[]), bring_files_of_message(uuid, uuid, uuid[]) from public;
grant execute on function bring_files_of_sender(uuid, uuid, uuid[]), bring_files_of_message(uuid, uuid, uuid[]) to {{worker}};
