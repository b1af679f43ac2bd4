-- As whom somebody asks. That seats are stated at all, be it none, is how access.enter tells staff from guardians (GUA-24).
create function acting_as() returns text language sql stable
  as $$ select case when nullif(current_setting('app.seats', true), '') is null then 'guardian' else 'staff' end $$;

-- What somebody has sent to go with a message. The content lies where files are kept; here is what it is, whose, and who may have
-- it: until it goes with a message its owner alone, in the capacity in which it was sent.
create table attachment (
  id uuid primary key,
  owner_id uuid,
  owner_as text not null check (owner_as in ('guardian', 'staff')),
  name text not null check (length(name) between 1 and 100),
  media_type text not null check (length(media_type) between 3 and 100),
  bytes int not null check (bytes > 0),
  -- SCANNING: nobody has looked at it yet, and nobody is given it.
  state text not null default 'SCANNING' check (state in ('SCANNING', 'READY', 'REFUSED')),
  refusal text,
  sent_in_at timestamptz(3) not null default now(),
  -- When it is to be looked at again, where that could not be done at once.
  look_at timestamptz not null default now() + interval '2 minutes',
  looks int not null default 0,
  message_id uuid references message on delete cascade,
  -- The same as in its message, and kept so: row-level security looks nothing up.
  unit_id uuid,
  child_ids uuid[],
  seats text[],
  home_readers uuid[],
  is_held boolean,
  -- Moved to a case with its message: kept for whoever takes it from here, and given to nobody (MSG-12).
  is_moved boolean not null default false,
  check ((refusal is null) = (state <> 'REFUSED')),
  check (num_nulls(message_id, unit_id, child_ids, seats, home_readers, is_held) in (0, 6)),
  check (message_id is not null or owner_id is not null)
);
create index attachment_message on attachment (message_id) where message_id is not null;
create index attachment_owner on attachment (owner_id) where message_id is null;
create index attachment_waiting on attachment (look_at) where state = 'SCANNING';
create index attachment_unused on attachment (sent_in_at) where message_id is null;
create index attachment_children on attachment using gin (child_ids) where media_type like 'image/%';

-- Files whose row is gone, whatever took it: their content goes next.
create table file_to_erase (
  id uuid primary key
);

do $$
declare
  name text;
begin
  foreach name in array array['attachment', 'file_to_erase'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
  end loop;
end $$;

create policy of_its_owner on attachment for select to {{request}} using (
  message_id is null and owner_id = (select access.person()) and owner_as = (select acting_as()));
create policy of_a_guardian on attachment for select to {{request}} using (
  (select access.person()) = any (home_readers) and child_ids <@ ((select access.children())::uuid[]) and not is_held);
create policy of_the_staff on attachment for select to {{request}} using (
  message_id is not null and seats <@ ((select mail_seats())::text[]));
create policy unless_hidden on attachment as restrictive for select to {{request}} using (
  unit_id is null or unit_id <> all ((select units_hidden())::uuid[]));
create policy unless_moved on attachment as restrictive for select to {{request}} using (not is_moved);
-- Only whoever could write to somebody sends anything in.
create policy by_its_owner on attachment for insert to {{request}} with check (
  message_id is null and owner_id = (select access.person()) and owner_as = (select acting_as())
  and ((select access.children())::uuid[] <> '{}' or (select mail_seats())::text[] <> '{}'));
create policy by_its_owner_with_a_message on attachment for update to {{request}} using (
  message_id is null and owner_id = (select access.person()) and owner_as = (select acting_as()))
  with check (owner_id = (select access.person()) and message_id is not null);

grant select (id, owner_id, owner_as, name, media_type, bytes, state, refusal, sent_in_at, message_id, unit_id, child_ids, home_readers,
  is_held, is_moved) on attachment to {{request}};
grant insert (id, owner_id, owner_as, name, media_type, bytes) on attachment to {{request}};
grant update (message_id) on attachment to {{request}};
-- The service looks at contents, and does not know what they are called.
grant select (id, media_type, state, sent_in_at, look_at, looks, message_id, child_ids), update (state, refusal, bytes, look_at, looks),
  delete on attachment to {{worker}};
grant select, delete on file_to_erase to {{worker}};

-- Goes with a message of its owner's own, once, and is from then on for whom the message is for.
create function go_with_the_message() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  with_it message;
begin
  if new.message_id is not distinct from old.message_id then
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
create trigger attachment_goes_with_the_message before update of message_id on attachment
  for each row execute function go_with_the_message();

-- Stays with it: let go when it is, for as many as it, moved with it, and gone when it is withdrawn (MSG-12, MSG-17).
create function stay_with_the_message() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.state = 'WITHDRAWN' then
    delete from attachment where message_id = new.id;
  else
    update attachment set home_readers = new.home_readers, is_held = (new.state = 'HELD'), is_moved = (new.state = 'MOVED')
      where message_id = new.id;
  end if;
  return null;
end $$;
create trigger attachment_stays_with_the_message after update of state, home_readers on message
  for each row execute function stay_with_the_message();

create function erase_the_file() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into file_to_erase values (old.id) on conflict do nothing;
  return null;
end $$;
create trigger attachment_erases_the_file after delete on attachment for each row execute function erase_the_file();

-- What somebody has sent in and not used goes with them; what goes with a message stays with its other readers (RET-08).
create function erase_files_of(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from attachment where owner_id = erased and message_id is null;
  update attachment set owner_id = null where owner_id = erased;
$$;
-- Pictures in what was written of children of whom each left everywhere a month ago (RET-04). Of a child whose places are not
-- known nothing is: that is no leaving.
create function drop_pictures_of_the_left() returns int
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with gone as (
    delete from attachment a where a.media_type like 'image/%' and a.message_id is not null
      and (select is_whole from access.copy_state) and not exists (
        select from unnest(a.child_ids) as child
        where not exists (select from access.enrolment e where e.child_id = child)
          or exists (select from access.enrolment e where e.child_id = child
            and (e.to_day is null or access.today() <= (e.to_day + interval '1 month')::date)))
    returning 1)
  select count(*)::int from gone
$$;
revoke all on function erase_files_of(uuid), drop_pictures_of_the_left(), acting_as() from public;
grant execute on function erase_files_of(uuid), drop_pictures_of_the_left() to {{worker}};
grant execute on function acting_as() to {{request}};
