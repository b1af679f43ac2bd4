-- Whom the municipality has a case for, as identity tells it. The number is encrypted, and found by its keyed hash (S-10).
create table followed_person (
  person_id uuid primary key,
  reason text not null check (reason in ('child', 'guardian', 'staff')),
  number_key_id text not null,
  number_ciphertext bytea not null,
  lookup_hash bytea not null,
  -- When identity told it: an older word never overwrites a newer one (S-24).
  told_at timestamptz not null
);
-- Not unique: until identity has merged them, two persons may have one number.
create index followed_person_lookup_hash on followed_person (lookup_hash);
create index followed_person_number_key on followed_person (number_key_id);

-- Reading of a register about a followed person: Folkeregisteret for everybody, the contact register for guardians.
create table reading (
  person_id uuid not null references followed_person on delete cascade,
  register text not null check (register in ('freg', 'krr')),
  -- When to read; null when nothing is to be read.
  due_at timestamptz,
  priority smallint not null default 3 check (priority between 0 and 3),
  -- Grows each time that reading is asked for: an answer that was under way when it was asked for again settles nothing.
  asked integer not null default 1,
  -- Readings in a row that gave nothing readable.
  attempts integer not null default 0,
  revision bigint not null default 0,
  -- Keyed hash of the record that was told last.
  told_hash bytea,
  read_at timestamptz,
  primary key (person_id, register)
);
-- Whoever is not due yet, such as every guardian until tomorrow, is not passed over on the way to who is.
create index reading_due on reading (register, due_at) include (priority, person_id) where due_at is not null;

create function notify_due() returns trigger language plpgsql as $$
begin
  perform pg_notify('due', '');
  return null;
end $$;
create trigger reading_notify after insert or update of asked on reading for each statement execute function notify_due();

do $$
declare
  name text;
begin
  foreach name in array array['followed_person', 'reading'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on %I to {{worker}}', name);
  end loop;
end $$;
