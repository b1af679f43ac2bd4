-- What the archive is to have, sealed for whoever brings it there: nobody here can open it again (ARK-01). It names nobody, so
-- that it outlives whoever it is from until the archive has it (RET-02).
create table archive_entry (
  entry_id uuid primary key,
  -- Null when the archive has it.
  sealed text,
  made_at timestamptz not null default now(),
  told_at timestamptz not null default now(),
  filed_at timestamptz,
  archive_id text,
  case_number text,
  check ((sealed is null) = (filed_at is not null) and (filed_at is null) = (archive_id is null))
);
create index archive_entry_open on archive_entry (told_at) where filed_at is null;

-- That somebody has sent a contact form to a unit, and nothing of what it says, nor about which child.
create table contact_form (
  form_id uuid primary key,
  entry_id uuid not null unique references archive_entry,
  sender_id uuid not null,
  unit_id uuid not null,
  received_at timestamptz not null default now(),
  idempotency_key text not null check (length(idempotency_key) between 1 and 64),
  unique (sender_id, idempotency_key)
);
create index contact_form_sender on contact_form (sender_id, received_at desc, form_id desc);

-- That something written to a unit may be about a pupil who is not safe: its leader is to look at it in the archive (SKM-03).
-- Names neither child nor writer.
create table safety_concern (
  concern_id uuid primary key,
  entry_id uuid not null unique references archive_entry,
  unit_id uuid not null,
  raised_at timestamptz not null default now(),
  taken_on_at timestamptz,
  taken_on_by uuid,
  check (taken_on_by is null or taken_on_at is not null)
);
create index safety_concern_unit on safety_concern (unit_id, raised_at desc, concern_id desc);

do $$
declare
  name text;
begin
  foreach name in array array['archive_entry', 'contact_form', 'safety_concern'] loop
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('create policy of_the_service on %I to {{worker}} using (true) with check (true)', name);
    execute format('grant select, insert, update, delete on %I to {{worker}}', name);
  end loop;
end $$;

-- Units that whoever asks leads today, as a whole; within what access.enter has found for this request.
create function led_units() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(r.unit_id), '{}') from access.staff_role r
    where r.unit_id = any (access.units()) and r.group_id is null and r.role = 'LEADER'
      and r.person_id = access.person() and r.from_day <= access.today()
      and (r.to_day is null or access.today() < r.to_day)
  $$;

create policy of_the_sender on contact_form for select to {{request}} using (sender_id = (select access.person()));
create policy of_the_leader on safety_concern for select to {{request}} using (
  unit_id = any ((select led_units())::uuid[]));
-- How far an entry has come is seen with what it belongs to; never what it holds.
create function seen_entries() returns uuid[] language sql stable
  as $$
    select coalesce(array_agg(entry_id), '{}')
    from (select entry_id from contact_form union all select entry_id from safety_concern) as seen
  $$;
create policy of_what_is_seen on archive_entry for select to {{request}} using (
  entry_id = any ((select seen_entries())::uuid[]));
grant select on contact_form, safety_concern to {{request}};
grant select (entry_id, filed_at, case_number) on archive_entry to {{request}};
