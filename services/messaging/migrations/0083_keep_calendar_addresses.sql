-- The secret address at which somebody's own calendar is read by a program of theirs (M36): one each, and of the secret its hash.
create table calendar_feed (
  id uuid not null unique,
  person_id uuid primary key,
  secret_hash text not null unique,
  -- The children by which it was made or last read. Who lost one of them has no address any more (GUA-10).
  child_ids uuid[] not null check (cardinality(child_ids) > 0),
  made_at timestamptz(3) not null default now(),
  read_on date
);
alter table calendar_feed enable row level security;
alter table calendar_feed force row level security;
create policy of_the_owner on calendar_feed to {{owner}} using (true) with check (true);
create policy of_the_service on calendar_feed to {{worker}} using (true) with check (true);
create policy own on calendar_feed for select to {{request}} using (
  person_id = (select access.person()) and child_ids <@ ((select access.children())::uuid[]));
grant select (id, person_id, child_ids, made_at, read_on) on calendar_feed to {{request}};
grant select, insert, update, delete on calendar_feed to {{worker}};
