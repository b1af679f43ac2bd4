-- Messages between the guardians of some children and the staff of one unit. Whom of the guardians it is for is frozen when it
-- is opened and never grows (S-09, MSG-06).
create table thread (
  id uuid primary key,
  unit_id uuid not null,
  child_ids uuid[] not null check (cardinality(child_ids) between 1 and 20),
  home_readers uuid[] not null,
  started_at timestamptz not null default now(),
  -- What staff have to have in their charge, each of them, as `child:unit`.
  seats text[] not null check (cardinality(seats) = cardinality(child_ids))
);
create index thread_children on thread using gin (child_ids);

alter table thread enable row level security;
alter table thread force row level security;
create policy of_a_guardian on thread for select to {{request}} using (
  (select access.person()) = any (home_readers) and child_ids <@ ((select access.children())::uuid[]));
create policy of_the_staff on thread for select to {{request}} using (seats <@ ((select access.seats())::text[]));
grant select on thread to {{request}};

create policy of_the_owner on thread for select to {{owner}} using (true);
create policy erased on thread for delete to {{owner}} using (true);
create policy reader_erased on thread for update to {{owner}} using (true) with check (true);

-- Takes away what is kept under the id of somebody (RET-08).
create function erase_person(erased uuid) returns void
  language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  delete from thread where child_ids @> array[erased];
  update thread set home_readers = array_remove(home_readers, erased) where erased = any (home_readers);
$$;
revoke all on function erase_person(uuid) from public;
grant execute on function erase_person(uuid) to {{worker}};
