-- What the archive is to have, sealed as it came until the archive has it (ARK-01, RET-02).
create table archive_entry (
  entry_id uuid primary key,
  -- Null when the archive has it: nothing of it is kept here then.
  sealed text,
  heard_at timestamptz not null default now(),
  next_at timestamptz default now(),
  attempt integer not null default 0,
  filed_at timestamptz,
  archive_id text,
  case_number text,
  check ((sealed is null) = (filed_at is not null)),
  check (filed_at is null or next_at is null)
);
create index archive_entry_due on archive_entry (next_at) where next_at is not null;

-- A document of it, which is a message of its own. SENDING is written down before it is handed over: what the archive says to
-- a message that nobody knows may be about one of these.
create table archive_message (
  entry_id uuid not null references archive_entry on delete cascade,
  place smallint not null,
  state text not null check (state in ('SENDING', 'SENT', 'FILED', 'REFUSED')),
  message_id uuid,
  archive_id text,
  -- What the archive said no by, as a code: its text may repeat what was sent.
  code text,
  primary key (entry_id, place)
);
create index archive_message_id on archive_message (message_id) where message_id is not null;

do $$
declare
  name text;
begin
  foreach name in array array['archive_entry', 'archive_message'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on %I to {{worker}}', name);
  end loop;
end $$;
