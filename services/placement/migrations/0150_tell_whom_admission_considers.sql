-- Of which children identity was told that admission has something open about them or a place for them, and under which number. It stays when that is
-- over: a later word has to be above it (S-24).
create table considered_child (
  child_id uuid primary key,
  revision bigint not null,
  is_waiting boolean not null,
  has_place boolean not null,
  told_at timestamptz not null
);

-- Children of whom that may have changed; one can stand here more than once. Rows are only added and taken away, so that nobody who applies or
-- answers waits for whoever tells.
create table child_to_consider (
  id bigint generated always as identity primary key,
  child_id uuid not null
);

do $$
declare
  name text;
begin
  foreach name in array array['considered_child', 'child_to_consider'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_owner on %I to {{owner}} using (true) with check (true)', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on %I to {{worker}}', name);
  end loop;
end $$;

-- Of some children, or of all, those about whom something is open and those who have a place or will have. Not a draft, which nobody but its writer
-- knows of (BHG-05); not an application by which the child has its place.
create function children_in_admission(asked uuid[]) returns table (child_id uuid, is_waiting boolean, has_place boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select c.child_id, bool_or(c.is_waiting), bool_or(c.has_place) from (
    select a.child_id, true as is_waiting, false as has_place from placement_application a where a.state in ('SUBMITTED', 'COMPLETE', 'WAITING')
    union all select e.child_id, true, false from waiting_entry e where e.is_active
    union all select o.child_id, true, false from offer o where o.state = 'SENT'
    union all select p.child_id, true, false from appeal p where p.state in ('RECEIVED', 'LATE', 'REJECTED', 'FORWARDED')
    union all select p.child_id, access.today() < p.from_day, true from place p where p.to_day is null or access.today() < p.to_day) as c
  where asked is null or c.child_id = any (asked)
  group by c.child_id
$$;
revoke all on function children_in_admission(uuid[]) from public;
grant execute on function children_in_admission(uuid[]) to {{worker}};

-- Once for a statement: publishing a round writes rows for all its children.
create function consider_later() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into child_to_consider (child_id) select distinct child_id from changed;
  return null;
end $$;
revoke all on function consider_later() from public;

do $$
declare
  name text;
begin
  foreach name in array array['placement_application', 'waiting_entry', 'offer', 'place', 'appeal'] loop
    execute format('create trigger is_considered_when_added after insert on %I
      referencing new table as changed for each statement execute function consider_later()', name);
    execute format('create trigger is_considered_when_changed after update on %I
      referencing new table as changed for each statement execute function consider_later()', name);
    execute format('create trigger is_considered_when_gone after delete on %I
      referencing old table as changed for each statement execute function consider_later()', name);
  end loop;
end $$;
