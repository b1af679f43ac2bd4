-- What each source said last, in its own keys: so that a roster of changes can be read as a whole one, and somebody
-- without a national number is known again by the key alone. No names of people, no numbers.
create table roster_person (
  source text not null,
  source_key text not null,
  person_id uuid not null references person,
  login text,
  primary key (source, source_key)
);
create index roster_person_person on roster_person (person_id);
create table roster_group (
  source text not null,
  source_key text not null,
  kind text not null,
  name text not null,
  organisation_number text,
  parent_key text not null,
  from_day date,
  to_day date,
  primary key (source, source_key)
);
create table roster_place (
  source text not null,
  person_key text not null,
  target_key text not null,
  post text not null,
  from_day date,
  to_day date
);
create index roster_place_person on roster_place (source, person_key);
create index roster_place_target on roster_place (source, target_key);

-- SHOWN: read to say what it would change, and nothing more.
alter table roster_import
  add column type text not null default 'full' check (type in ('full', 'changes')),
  add column written_at timestamptz,
  drop constraint roster_import_state_check,
  add constraint roster_import_state_check check (state in ('READING', 'APPLYING', 'DONE', 'REFUSED', 'SHOWN'));

alter table staged_person
  alter column lookup_hash drop not null,
  alter column key_id drop not null,
  alter column ciphertext drop not null,
  alter column kind drop not null,
  add column file text,
  add column is_dropped boolean not null default false;
-- The id is the one that it has here, or gets; the unit is the nearest above a group, by key.
alter table staged_group
  add column our_id uuid,
  add column unit_key text,
  add column from_day date,
  add column to_day date,
  add column file text,
  add column is_dropped boolean not null default false;
alter table staged_member rename column role to post;
alter table staged_member
  alter column from_day drop not null,
  add column file text,
  add column is_dropped boolean not null default false;
-- Keys that the file says something went by before.
create table staged_former (
  kind text not null check (kind in ('person', 'group')),
  former_key text not null,
  source_key text not null,
  primary key (kind, former_key)
);

do $$
declare
  name text;
begin
  foreach name in array array['roster_person', 'roster_group', 'roster_place', 'staged_former'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on %I to {{worker}}', name);
    execute format('create policy of_the_owner on %I for select to {{owner}} using (true)', name);
  end loop;
  grant truncate on staged_former to {{worker}};
end $$;
