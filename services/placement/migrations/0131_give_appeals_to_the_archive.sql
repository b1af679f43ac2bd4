-- What was written and decided about appeals, sealed for whoever brings it to the archive, until the archive has it (ADM-06, RET-02). Nobody here can
-- open it. It stays when the child goes: what was told to the archive is the archive's.
create table archive_entry (
  entry_id uuid primary key,
  -- The case: an appeal.
  case_id uuid not null,
  sealed text,
  told_at timestamptz not null default now(),
  first_told_at timestamptz not null default now(),
  filed_at timestamptz,
  archive_id text,
  check ((sealed is null) = (filed_at is not null))
);
create index archive_entry_case on archive_entry (case_id);
create index archive_entry_unheard on archive_entry (told_at) where filed_at is null;
alter table archive_entry enable row level security;
alter table archive_entry force row level security;
create policy of_the_owner on archive_entry to {{owner}} using (true) with check (true);
create policy of_the_service on archive_entry to {{worker}} using (true) with check (true);
grant select, insert (entry_id, case_id, sealed), update (sealed, told_at, filed_at, archive_id) on archive_entry to {{worker}};
