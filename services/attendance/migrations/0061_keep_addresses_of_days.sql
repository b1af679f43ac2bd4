-- The secret address at which a program of a guardian's reads the days of one child: one each, and of the secret its hash.
create table days_feed (
  id uuid not null unique,
  person_id uuid not null,
  child_id uuid not null,
  secret_hash text not null unique,
  made_at timestamptz(3) not null default now(),
  read_on date,
  primary key (person_id, child_id)
);
create index days_feed_child on days_feed (child_id);
alter table days_feed enable row level security;
alter table days_feed force row level security;
create policy of_the_owner on days_feed to {{owner}} using (true) with check (true);
create policy of_the_service on days_feed to {{worker}} using (true) with check (true);
create policy own on days_feed for select to {{request}} using (
  person_id = (select access.person()) and child_id = any ((select access.children())::uuid[]));
grant select (id, person_id, child_id, made_at, read_on) on days_feed to {{request}};
grant select, insert, update, delete on days_feed to {{worker}};

create or replace function erase_person_from_asking(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from still_sick where child_id = erased;
  delete from days_feed where erased in (person_id, child_id);
$$;
