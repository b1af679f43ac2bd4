-- A file goes with a message, or with something that is said to many.
alter table attachment
  add column bulletin_id uuid,
  add column bulletin_kind text check (bulletin_kind in ('BROADCAST', 'NEWS')),
  -- Its owner has said that no child can be seen in it.
  add column shows_no_child boolean not null default false,
  add constraint attachment_goes_with_one check (
    (bulletin_id is null) = (bulletin_kind is null) and (bulletin_id is null or message_id is null)),
  -- Whom a picture shows has to have agreed to it, and nothing here knows of anybody who has: until then nobody is shown (MSG-18,
  -- CON-02, ADR-06).
  add constraint attachment_shows_nobody check (bulletin_id is null or shows_no_child),
  drop constraint attachment_check2,
  add constraint attachment_is_somebodys check (message_id is not null or bulletin_id is not null or owner_id is not null);
create index attachment_bulletin on attachment (bulletin_id) where bulletin_id is not null;

create function news_seen() returns uuid[] language sql stable as $$ select coalesce(array_agg(id), '{}') from news $$;
create function broadcasts_seen() returns uuid[] language sql stable
  as $$ select coalesce(array_agg(id), '{}') from broadcast $$;
-- Whoever may see what it goes with. The kind comes first: nothing is looked up for the files of messages.
create policy of_a_broadcast on attachment for select to {{request}} using (
  bulletin_kind = 'BROADCAST' and bulletin_id = any ((select broadcasts_seen())::uuid[]));
create policy of_news on attachment for select to {{request}} using (
  bulletin_kind = 'NEWS' and bulletin_id = any ((select news_seen())::uuid[]));
alter policy of_its_owner on attachment using (
  message_id is null and bulletin_id is null and owner_id = (select access.person()) and owner_as = (select acting_as()));
alter policy by_its_owner_with_a_message on attachment
  using (message_id is null and bulletin_id is null and owner_id = (select access.person()) and owner_as = (select acting_as()))
  with check (owner_id = (select access.person()) and (message_id is not null or bulletin_id is not null));
grant select (bulletin_id, bulletin_kind), update (bulletin_id, bulletin_kind, shows_no_child) on attachment to {{request}};
grant select (bulletin_id) on attachment to {{worker}};

-- Goes with something of its owner's own that nobody has seen yet, so that whoever reads it reads the same (MSG-07).
create function go_with_the_bulletin() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.bulletin_id is not distinct from old.bulletin_id then
    return new;
  end if;
  if old.bulletin_id is not null or old.message_id is not null or old.owner_as <> 'staff' or old.state = 'REFUSED' or not (
    exists (select from broadcast where new.bulletin_kind = 'BROADCAST' and id = new.bulletin_id and author_id = old.owner_id
      and state = 'WAITING')
    or exists (select from news where new.bulletin_kind = 'NEWS' and id = new.bulletin_id and author_id = old.owner_id
      and state = 'WAITING')) then
    raise exception 'a file goes with what its owner has written, and before anybody reads it'
      using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger attachment_goes_with_the_bulletin before update of bulletin_id, bulletin_kind on attachment
  for each row execute function go_with_the_bulletin();

-- Is gone when what it went with is gone, or says nothing any more (MSG-17).
create function leave_with_the_bulletin() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  delete from attachment where bulletin_id = old.id;
  return null;
end $$;
create trigger attachment_leaves_with_the_broadcast after update of state on broadcast
  for each row when (new.state in ('UNDONE', 'NOT_SENT', 'WITHDRAWN')) execute function leave_with_the_bulletin();
create trigger attachment_leaves_with_a_broadcast after delete on broadcast
  for each row execute function leave_with_the_bulletin();
create trigger attachment_leaves_with_news after update of state on news
  for each row when (new.state in ('NOT_PUBLISHED', 'WITHDRAWN')) execute function leave_with_the_bulletin();
create trigger attachment_leaves_with_a_post after delete on news
  for each row execute function leave_with_the_bulletin();

create or replace function erase_files_of(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from attachment where owner_id = erased and message_id is null and bulletin_id is null;
  update attachment set owner_id = null where owner_id = erased;
$$;
